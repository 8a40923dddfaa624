"""Anything at all in any field of any form and in any address: never a fault of ours."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.web.access import TABLE
from tests.support import routes
from tests.support.members_web import Browser, Person
from tests.support.offices import Office
from tests.support.routes import Visit, form_for, named, path_of

_SETTINGS = settings(
    max_examples=40,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
FORMS = sorted(rule for rule, _ in named("POST"))
ANYTHING = st.one_of(st.text(max_size=200), st.binary(max_size=200), st.sampled_from(["1", "0", "y", "000000"]))
FIELDS = st.sampled_from(["proof", "code", "next", "back", "replace", "generation", "group", "saved", "identity", "x"])


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("visit", [routes.signed_in, routes.past_the_password, routes.yet_to_acknowledge])
def test_no_form_makes_a_fault(office: Office, ada: Person, visit: Visit) -> None:
    browser = visit(office, ada)
    browser.open("/password/forgotten")
    kept, token = browser.cookies, browser.csrf_token

    @_SETTINGS
    @given(st.sampled_from(FORMS), st.dictionaries(FIELDS, ANYTHING, max_size=4), st.lists(ANYTHING, max_size=4))
    def anything(rule: str, extra: dict[str, str | bytes], values: list[str | bytes]) -> None:
        if rule in {"/sign-out", "/sign-in/leave", "/account/panic", "/account/password"}:
            return
        browser.cookies = kept
        typed = dict(zip(form_for(rule, ada), map(_bytes, values), strict=False))
        fields = {"csrf_token": token, **{name: _bytes(value) for name, value in extra.items()}, **typed}
        assert browser.post(path_of(rule, ada.authenticator), fields).status_code < 500

    anything()


def test_no_address_makes_a_fault(adas: Browser) -> None:
    rules = sorted({rule for method, rule in TABLE if method == "GET" and rule != "/readyz"})

    @_SETTINGS
    @given(st.sampled_from(rules), ANYTHING, ANYTHING)
    def anything(rule: str, part: str | bytes, query: str | bytes) -> None:
        path = rule.replace("<uuid:id>", "<x>").replace("<path:name>", "<x>")
        for name in ("token", "slug", "digest", "x"):
            path = path.replace(f"<{name}>", quote(_bytes(part), safe=""))
        for name in ("before", "replace", "organization", "next", "text"):
            assert adas.open(f"{path}?{name}={quote(_bytes(query), safe='')}").status_code < 500

    anything()


def test_no_body_and_no_header_makes_a_fault(adas: Browser) -> None:
    kinds = [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json",
        "text/plain",
        "x",
    ]
    headers = ["Cookie", "Accept-Encoding", "Range", "If-None-Match", "X-Forwarded-For", "User-Agent", "Sec-Fetch-Site"]

    @_SETTINGS
    @given(
        st.sampled_from(FORMS), st.binary(max_size=400), st.sampled_from(kinds), st.sampled_from(headers), st.binary()
    )
    def anything(rule: str, body: bytes, kind: str, header: str, value: bytes) -> None:
        sent = {header: value.decode("latin-1").replace("\r", "").replace("\n", "")}
        assert adas.post(path_of(rule), body, content_type=kind, headers=sent).status_code < 500

    anything()
