"""Forms that somebody else's page sends in our member's name."""

from urllib.parse import urlencode

import pytest
from werkzeug.test import TestResponse

from tests.support import routes
from tests.support.members_web import Browser, Person
from tests.support.offices import Office
from tests.support.routes import Visit, cast_of, form_for, named, path_of
from tests.support.tables import dump

VISITORS = [
    routes.nobody,
    routes.past_the_password,
    routes.signed_in,
    routes.as_owner,
    routes.yet_to_acknowledge,
    routes.with_a_pass,
]


def _posts(office: Office, person: Person) -> list[tuple[str, dict[str, str]]]:
    cast = cast_of(office, person)
    return [(path_of(rule, cast.of(rule)), form_for(rule, cast.of(rule))) for rule, _ in named("POST")]


def _assert_all_refused(office: Office, replies: dict[str, TestResponse], before: object) -> None:
    """Also where the gate sends somebody elsewhere who has no business there, which changes nothing either."""
    wrong = {
        path: reply.status_code for path, reply in replies.items() if reply.status_code not in {303, 400, 403, 415}
    }
    assert wrong == {}
    assert dump(office.portal) == before


@pytest.mark.parametrize("visit", VISITORS, ids=lambda visit: visit.__name__)
def test_without_a_token_no_form_does_anything(office: Office, ada: Person, visit: Visit) -> None:
    browser, posts = visit(office, ada), _posts(office, ada)
    before = dump(office.portal)
    replies = {path: browser.post(path, fields) for path, fields in posts}
    _assert_all_refused(office, replies, before)


def test_a_member_is_told_to_open_the_page_again(office: Office, adas: Browser) -> None:
    assert adas.post("/account/name", {"name": "Mallory"}).status_code == 400
    assert "Nothing was changed" in adas.told


@pytest.mark.parametrize("visit", VISITORS, ids=lambda visit: visit.__name__)
def test_the_token_of_another_browser_does_not_count(office: Office, ada: Person, bob: Person, visit: Visit) -> None:
    other = office.signed_in(bob)
    other.arrive()
    browser, posts = visit(office, ada), _posts(office, ada)
    before = dump(office.portal)
    replies = {path: browser.post(path, {**fields, "csrf_token": other.csrf_token}) for path, fields in posts}
    _assert_all_refused(office, replies, before)


def test_a_token_from_before_signing_in_does_not_count_after(office: Office, ada: Person) -> None:
    browser = office.past_the_password(ada)
    browser.arrive()
    earlier = browser.csrf_token
    browser.submit("/sign-in/code", code=ada.code())
    posts = _posts(office, ada)
    before = dump(office.portal)
    replies = {path: browser.post(path, {**fields, "csrf_token": earlier}) for path, fields in posts}
    _assert_all_refused(office, replies, before)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://127.0.0.1:8000.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_a_request_from_another_site_is_refused_whatever_it_holds(
    office: Office, ada: Person, olgas: Browser, headers: dict[str, str]
) -> None:
    olgas.arrive()
    token, posts = olgas.csrf_token, _posts(office, ada)
    before = dump(office.portal)
    for path, fields in posts:
        reply = olgas.post(path, {**fields, "csrf_token": token}, headers=headers)
        assert reply.status_code == 403, path
    assert dump(office.portal) == before


@pytest.mark.parametrize("content_type", ["text/plain", "application/json", "application/xml", "text/html", "x/y"])
def test_only_what_a_form_sends_is_read(office: Office, ada: Person, olgas: Browser, content_type: str) -> None:
    olgas.arrive()
    posts = _posts(office, ada)
    before = dump(office.portal)
    for path, fields in posts:
        body = "&".join(f"{name}={value}" for name, value in {**fields, "csrf_token": olgas.csrf_token}.items())
        reply = olgas.post(path, body, content_type=content_type)
        assert reply.status_code == 415, path
    assert dump(office.portal) == before


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW"])
def test_what_is_posted_has_no_other_way_in(office: Office, ada: Person, olgas: Browser, method: str) -> None:
    olgas.arrive()
    cast = cast_of(office, ada)
    also_pages = {rule for rule, _ in named("GET")}
    before = dump(office.portal)
    for rule, _ in named("POST"):
        if method == "GET" and rule in also_pages:
            continue
        query = urlencode(form_for(rule, cast.of(rule)))
        reply = olgas.open(f"{path_of(rule, cast.of(rule))}?{query}", method=method)
        expected = {405} if method != "GET" else {405, 404, 303}
        assert reply.status_code in expected, rule
    assert dump(office.portal) == before
