"""Nothing about a person is kept by a browser or by anything on the way to it."""

import pytest

from tests.support import routes
from tests.support.members_web import Browser, Person
from tests.support.offices import Office
from tests.support.routes import Visit, cast_of, form_for, named, path_of

VISITORS = [
    routes.nobody,
    routes.past_the_password,
    routes.signed_in,
    routes.as_owner,
    routes.yet_to_acknowledge,
    routes.with_a_pass,
]


@pytest.mark.parametrize("visit", VISITORS, ids=lambda visit: visit.__name__)
def test_no_page_is_kept(office: Office, ada: Person, visit: Visit) -> None:
    browser, cast = visit(office, ada), cast_of(office, ada)
    for rule, _ in named("GET"):
        reply = browser.open(path_of(rule, cast.of(rule)))
        assert reply.headers["Cache-Control"] == "no-store", rule
        assert "Cookie" in reply.headers["Vary"], rule
        assert "ETag" not in reply.headers, rule


@pytest.mark.parametrize("visit", [routes.signed_in, routes.as_owner], ids=lambda visit: visit.__name__)
def test_no_answer_to_a_form_is_kept(office: Office, ada: Person, visit: Visit) -> None:
    browser, cast = visit(office, ada), cast_of(office, ada)
    for rule, _ in sorted(named("POST"), reverse=True):
        reply = browser.submit(path_of(rule, cast.of(rule)), **form_for(rule, cast.of(rule)))
        assert reply.headers["Cache-Control"] == "no-store", rule


def test_secrets_are_never_compressed(office: Office, ada: Person, adas: Browser) -> None:
    wanted = {"Accept-Encoding": "gzip, br, zstd, deflate"}
    for path in ("shown", "download", "sheet"):
        reply = adas.submit(f"/account/recovery-codes/{path}", wanted)
        assert "Content-Encoding" not in reply.headers
    assert "Content-Encoding" not in adas.open("/account", headers=wanted).headers


def test_signing_out_clears_what_the_browser_kept(adas: Browser) -> None:
    kept = adas.cookies
    reply = adas.submit("/sign-out")
    assert reply.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert adas.open("/account").status_code == 303
    adas.cookies = kept
    assert not adas.is_in
