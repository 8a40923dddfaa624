"""How hard the search for a counterexample is: the same everywhere, and never a matter of a slow machine."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "sparekey",
    deadline=None,
    print_blob=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("sparekey")
