"""Health: one word for whoever balances the load, and nothing about the installation."""

import pytest

from app.portal import Portal
from tests.support.members_web import Browser


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_probe_gets_one_word_of_plain_text(stranger: Browser, path: str) -> None:
    reply = stranger.open(path)
    assert (reply.status_code, reply.data, reply.mimetype) == (200, b"ok\n", "text/plain")
    assert "Set-Cookie" not in reply.headers


def test_a_database_of_another_form_is_not_ready(stranger: Browser, portal: Portal) -> None:
    with portal.writing() as tx:
        tx.db.exec_driver_sql("UPDATE alembic_version SET version_num = 'older'")
    assert stranger.open("/readyz").status_code == 503
    assert stranger.open("/healthz").status_code == 200
