"""What the operator and a load balancer ask."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from app.config import Settings
from app.portal import Portal, SystemClock
from app.services import checks, health
from tests.support.people import Person


def findings(portal: Portal) -> dict[str, bool]:
    return {finding.about: finding.good for finding in checks.check(portal)}


def with_settings(portal: Portal, **changed: object) -> Portal:
    settings: Settings = portal.settings.model_copy(update=changed)
    return Portal(settings, portal.database, portal.keys, SystemClock(), portal.hasher)


def test_a_sound_installation_is_found_sound(portal: Portal) -> None:
    found = findings(with_settings(portal))
    expected = {"settings": True, "keys": True, "database": True, "clock": True, "proxies": True}
    if not portal.settings.on_sqlite:  # and the tests' own server is in such haste that it keeps nothing safe
        expected |= {"connections": True, "durability": False}
    assert found == expected


def test_a_portal_on_a_database_of_an_older_form_is_not_ready(portal: Portal) -> None:
    assert health.is_ready(portal)
    with portal.writing() as tx:
        tx.db.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert not health.is_ready(portal)


def test_a_clock_that_went_back_is_found(ada: Person, portal: Portal) -> None:
    ada.clock.set(SystemClock().now() + timedelta(days=1))
    ada.sign_in()
    assert not findings(with_settings(portal))["clock"]


@pytest.mark.parametrize(
    ("public_url", "proxies", "good"),
    [("https://keys.example.org", 0, False), ("https://keys.example.org", 1, True), ("", 1, False), ("", 0, True)],
)
def test_proxies_must_fit_the_address(portal: Portal, public_url: str, proxies: int, good: bool) -> None:  # noqa: FBT001
    assert findings(with_settings(portal, public_url=public_url, proxies=proxies))["proxies"] is good
