"""Whatever is typed or sent, the answer is a page with words, and never a fault."""

import io
from typing import Any
from urllib.parse import quote

import pytest

from app.web.access import TABLE, Who
from tests.support import routes
from tests.support.clock import TestClock
from tests.support.members_web import NEW_PASSWORD, Browser, Person
from tests.support.offices import Office
from tests.support.routes import Visit, cast_of, form_for, named, path_of
from tests.support.tables import dump

ODD = [
    "",
    " ",
    "\x00",
    "null",
    "true",
    "0",
    "-1",
    "1_23456",
    "+12345",
    "1e5",
    "NaN",
    "[]",
    '{"$ne": ""}',
    "' OR 1=1--",
    '"; DROP TABLE member; --',
    "%",
    "_",
    "${7*7}",
    "{{7*7}}",
    "{% include '/etc/passwd' %}",
    "../../etc/passwd",
    "\ud800",
    "\N{RIGHT-TO-LEFT OVERRIDE}gro",
    "é" * 2000,
    "9" * 5000,
    "\r\nSet-Cookie: a=b",
    "<script>alert(1)</script>",
    "=HYPERLINK()",
    "\N{KELVIN SIGN}7qm",
]

ANSWERS = {200, 303, 400, 410, 413, 415, 422, 429}
MAY_BE_NOT_THERE = {"/members/export", "/projects/<uuid:id>/removal"}
"""No such list; and no such project any more once the first of them has removed it."""

ADDRESSES = {
    "/members": ("search", "factor", "role", "status", "sort", "after", "before", "else"),
    "/members/export": ("search", "factor", "role", "status", "sort"),
    "/members/several": ("act", "else"),
    "/audit": ("person", "member", "act", "since", "until", "before", "else"),
}


@pytest.mark.parametrize("rule", [rule for rule, _ in named("POST")])
def test_odd_text_in_any_field_is_refused_in_words(office: Office, ada: Person, rule: str) -> None:
    browser, about = _for(rule)(office, ada), cast_of(office, ada).of(rule)
    browser.arrive()
    token = browser.csrf_token
    for odd in ODD:
        fields = dict.fromkeys([*form_for(rule, about), "proof", "code", "next", "back"], _sent(odd))
        reply = browser.post(path_of(rule, about), {**fields, "csrf_token": token})
        assert reply.status_code in ANSWERS | ({404} if rule in MAY_BE_NOT_THERE else set()), odd[:20]


@pytest.mark.parametrize("rule", [rule for rule, access in named("POST") if access.who in {Who.ADMIN, Who.OWNER}])
def test_odd_text_in_one_field_of_the_administration_is_refused_in_words(
    office: Office, ada: Person, rule: str
) -> None:
    """The others are filled in as they should be, so that it gets further than the first look at the form."""
    browser, about = routes.as_owner(office, ada), cast_of(office, ada).of(rule)
    for name in form_for(rule, about):
        for odd in ODD:
            browser.open("/members/export")
            form: dict[str, Any] = {**form_for(rule, about), name: _sent(odd), "csrf_token": browser.csrf_token}
            reply = browser.post(path_of(rule, about), form)
            assert reply.status_code in ANSWERS | {404}, (name, odd[:20])


@pytest.mark.parametrize("rule", [rule for rule, _ in named("POST")])
def test_a_file_in_place_of_text_is_refused(office: Office, ada: Person, rule: str) -> None:
    browser, about = _for(rule)(office, ada), cast_of(office, ada).of(rule)
    browser.arrive()
    for name in [*form_for(rule, about), "proof", "code"]:
        fields: dict[str, Any] = {**form_for(rule, about), "csrf_token": browser.csrf_token}
        fields.pop(name, None)
        file = (io.BytesIO(ada.shown_code().encode()), "code.txt")
        reply = browser.post(path_of(rule, about), {**fields, name: file}, content_type="multipart/form-data")
        assert reply.status_code in ANSWERS, name


def _for(rule: str) -> Visit:
    """Somebody to whom the route is open."""
    who = TABLE["POST", rule].who
    if who in {Who.ADMIN, Who.OWNER}:
        return routes.as_owner
    return routes.signed_in if who is Who.MEMBER else routes.past_the_password


def _sent(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_text_in_any_address_of_the_administration_is_refused_in_words(olgas: Browser, odd: str) -> None:
    quoted = quote(_sent(odd), safe="")[:3000]
    for path in ("/members/", "/invitations/", "/members/several/", "/organization/", "/audit/", "/projects/"):
        assert olgas.open(f"{path}{quoted or '-'}").status_code < 500, path
    for path, names in ADDRESSES.items():
        for name in names:
            assert olgas.open(f"{path}?{name}={quoted}").status_code in {200, 303, 404, 422}, (path, name)


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_text_in_any_address_is_refused_in_words(adas: Browser, odd: str) -> None:
    quoted = quote(_sent(odd), safe="")[:3000]
    for path in ("/setup/", "/password/", "/o/", "/assets/x/", "/account/authenticators/", "/", "/api/docs/"):
        assert adas.open(f"{path}{quoted or '-'}").status_code < 500, path
    for path in ("/account/history?before=", "/account/authenticators/new?replace=", "/sign-in?organization=", "/?"):
        assert adas.open(f"{path}{quoted}").status_code < 500, path


@pytest.mark.parametrize("order", [("right", "wrong"), ("wrong", "right"), ("right", "right")])
def test_a_field_sent_twice_is_refused(office: Office, ada: Person, order: tuple[str, str]) -> None:
    browser = office.past_the_password(ada)
    browser.arrive()
    codes = [ada.shown_code() if which == "right" else ada.wrong_code() for which in order]
    body = [("csrf_token", browser.csrf_token), *(("code", code) for code in codes)]
    reply = browser.post(
        "/sign-in/code",
        "&".join(f"{name}={value}" for name, value in body),
        content_type="application/x-www-form-urlencoded",
    )
    assert reply.status_code == 400
    assert not browser.is_in
    assert office.member(ada).failures_in_row == 0


def test_a_field_in_the_address_does_not_count(office: Office, ada: Person) -> None:
    browser = office.past_the_password(ada)
    assert browser.submit(f"/sign-in/code?code={ada.shown_code()}").status_code == 422
    assert not browser.is_in
    assert browser.open("/sign-in/code?text=1&text=2").status_code == 400


@pytest.mark.parametrize("size", [66_000, 1_000_000])
def test_a_body_larger_than_any_form_is_refused(adas: Browser, size: int) -> None:
    adas.arrive()
    reply = adas.post("/account/name", {"csrf_token": adas.csrf_token, "name": "x" * size})
    assert reply.status_code == 413
    assert "More was sent than any form here needs" in adas.told


def test_a_body_of_many_fields_is_refused(adas: Browser) -> None:
    adas.arrive()
    reply = adas.post(
        "/account/name", "&".join(f"f{n}=" for n in range(20_000)), content_type="application/x-www-form-urlencoded"
    )
    assert reply.status_code == 413
    many = {f"f{number}": "x" for number in range(200)}
    assert adas.post("/account/name", many, content_type="multipart/form-data").status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe\x00",
        b"[" * 60_000,
        b"csrf_token=%ff%fe&name=%80",
        b"--x\r\nbroken",
        b"\x1f\x8b" + b"\x00" * 5000,
        b"=",
    ],
    ids=["bytes", "nested", "not UTF-8", "multipart", "gzip", "nameless"],
)
@pytest.mark.parametrize(
    "content_type",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "application/json",
        "",
    ],
)
def test_a_body_that_is_no_form_is_refused(adas: Browser, body: bytes, content_type: str) -> None:
    reply = adas.post("/account/name", body, content_type=content_type, headers={"Content-Encoding": "gzip"})
    assert reply.status_code in {400, 413, 415}


def test_a_code_with_leading_zeros_is_a_code(office: Office, ada: Person, clock: TestClock) -> None:
    while not ada.shown_code().startswith("0"):
        clock.advance(seconds=30)
    office.signed_in(ada)


def test_without_an_authenticator_no_code_is_right(office: Office) -> None:
    nora = office.person("Nora New", enrolled=False)
    for code in ("", "000000", "null", "0000-0000-0000-0000"):
        browser = office.past_the_password(nora)
        assert browser.submit("/sign-in/code", code=code).status_code in {303, 422}
        assert not browser.is_in


@pytest.mark.parametrize("length", [257, 1025, 60_000])
def test_an_endless_password_is_refused_before_it_is_hashed(
    office: Office, ada: Person, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    adas, arriving = office.signed_in(ada), office.browser()
    link = office.browser()
    link.open(f"/password/{office.password_link_for(ada)}")
    link.arrive()
    monkeypatch.setattr(type(office.portal.hasher), "hash", _must_not_run)
    if length > 1024:
        monkeypatch.setattr(type(office.portal.hasher), "verify", _must_not_run)
    assert adas.submit("/account/password", password="x" * length).status_code == 422
    assert link.submit("/password", password="x" * length).status_code == 422
    assert arriving.enter_password(ada, "x" * length).status_code == 422


def _must_not_run(*_: object) -> None:
    raise AssertionError("something endless was hashed")


@pytest.mark.parametrize(
    "typed",
    ["ADA@example.org", "Ada@Example.Org", " ada@example.org ", "\uff41da@example.org", "ada@\uff45xample.org"],
)
def test_an_address_is_found_in_any_case_and_width(office: Office, ada: Person, typed: str) -> None:
    ada.email = typed
    office.signed_in(ada)


@pytest.mark.parametrize(
    "typed", ["ada@example.org.", "a\u200bda@example.org", "ad\u0430@example.org", "ada @example.org"]
)
def test_an_address_that_only_looks_alike_is_another(office: Office, ada: Person, typed: str) -> None:
    ada.email = typed
    assert office.browser().enter_password(ada).status_code == 422


def test_a_password_is_the_same_however_its_accents_are_typed(office: Office, ada: Person, adas: Browser) -> None:
    composed, apart = "caf\u00e9 under seven bridges ", "cafe\u0301 under seven bridges "
    assert adas.submit("/account/password", password=composed).status_code == 303
    for typed, status in ((apart.strip(), 422), (apart.upper(), 422), (apart, 303)):
        assert office.browser().enter_password(ada, typed).status_code == status


@pytest.mark.parametrize("text", ["' OR '1'='1", "%", "_", "ada@example.org' --", "*", "ada%@example.org"])
def test_nothing_typed_is_read_as_a_pattern_or_a_statement(office: Office, ada: Person, text: str) -> None:
    ada.email = text
    assert office.browser().enter_password(ada).status_code == 422


def test_what_a_form_does_not_have_is_not_changed(office: Office, ada: Person, adas: Browser) -> None:
    adas.arrive()
    before = dump(office.portal)["member"]
    extra = {
        "role": "owner",
        "is_admin": "1",
        "organization_id": "2",
        "email": "m@example.org",
        "status": "removed",
        "password_hash": "x",
        "authenticator_count": "0",
        "codes_pending": "0",
    }
    adas.submit("/account/name", name=ada.name, **extra)
    assert dump(office.portal)["member"] == before
    adas.submit("/account/password", password=NEW_PASSWORD, **extra)
    changed = {
        key
        for old, new in zip(before, dump(office.portal)["member"], strict=True)
        for key in old
        if old[key] != new[key]
    }
    assert changed <= {"password_hash", "password_changed_at"}
