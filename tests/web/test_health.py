"""Health: one word for whoever balances the load, and nothing about the installation."""

import pytest

from app.domain.keyring import KeyRing
from app.portal import Portal
from app.storage import key_checks
from tests.support.members_web import Browser


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_probe_gets_one_word_of_plain_text(stranger: Browser, path: str) -> None:
    reply = stranger.open(path)
    assert (reply.status_code, reply.data, reply.mimetype) == (200, b"ok\n", "text/plain")
    assert "Set-Cookie" not in reply.headers


@pytest.mark.parametrize(("revision", "status"), [("0001", 503), ("9999", 200)])
def test_a_database_is_waited_for_until_it_is_migrated_and_may_be_newer(
    stranger: Browser, portal: Portal, revision: str, status: int
) -> None:
    """While nodes are upgraded one after the other, those with older code go on with what a newer one has migrated."""
    with portal.writing() as tx:
        tx.db.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")  # noqa: S608
    assert stranger.open("/readyz").status_code == status
    assert stranger.open("/healthz").status_code == 200


def test_a_node_that_lacks_a_key_is_not_ready(stranger: Browser, portal: Portal) -> None:
    key_checks.admit(portal.database, portal.keys, portal.clock.now())
    assert stranger.open("/readyz").status_code == 200
    both = KeyRing(portal.keys.current, {**portal.keys.keys, 7: bytes(32)})
    key_checks.admit(portal.database, both, portal.clock.now())
    assert stranger.open("/readyz").status_code == 503
