"""Anything at all in any field of any form and in any address: never a fault of ours."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.web.access import TABLE
from tests.support import routes
from tests.support.members_web import Browser, Person
from tests.support.offices import Office
from tests.support.routes import Visit, cast_of, form_for, named, path_of

_SETTINGS = settings(
    max_examples=40,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
FORMS = sorted(rule for rule, _ in named("POST"))
ANYTHING = st.one_of(st.text(max_size=200), st.binary(max_size=200), st.sampled_from(["1", "0", "y", "000000"]))
FIELDS = st.sampled_from(["proof", "code", "next", "back", "replace", "generation", "group", "saved", "identity", "x"])


NAMES_IN_ADDRESSES: dict[Visit, list[str]] = {
    routes.signed_in: ["before", "replace", "organization", "next", "text"],
    routes.as_owner: ["before", "after", "search", "person", "member", "act", "since", "role", "status", "sort"],
}


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    "visit", [routes.signed_in, routes.as_owner, routes.past_the_password, routes.yet_to_acknowledge]
)
def test_no_form_makes_a_fault(office: Office, ada: Person, visit: Visit) -> None:
    browser, cast = visit(office, ada), cast_of(office, ada)
    browser.open("/password/forgotten")
    kept, token = browser.cookies, browser.csrf_token

    @_SETTINGS
    @given(
        st.sampled_from(FORMS),
        st.dictionaries(FIELDS, ANYTHING, max_size=4),
        st.lists(ANYTHING, max_size=4),
        st.booleans(),
    )
    def anything(rule: str, extra: dict[str, str | bytes], values: list[str | bytes], keep: bool) -> None:  # noqa: FBT001
        if rule in {"/sign-out", "/sign-in/leave", "/account/panic", "/account/password"}:
            return
        browser.cookies = kept
        form = form_for(rule, cast.of(rule))
        typed = {**(form if keep else {}), **dict(zip(form, map(_bytes, values), strict=False))}
        fields = {"csrf_token": token, **{name: _bytes(value) for name, value in extra.items()}, **typed}
        assert browser.post(path_of(rule, cast.of(rule)), fields).status_code < 500

    anything()


@pytest.mark.parametrize("visit", [routes.signed_in, routes.as_owner])
def test_no_address_makes_a_fault(office: Office, ada: Person, visit: Visit) -> None:
    browser = visit(office, ada)
    browser.arrive()
    rules = sorted({rule for method, rule in TABLE if method == "GET" and rule != "/readyz"})

    @_SETTINGS
    @given(st.sampled_from(rules), ANYTHING, ANYTHING)
    def anything(rule: str, part: str | bytes, query: str | bytes) -> None:
        path = rule.replace("<uuid:id>", "<x>").replace("<path:name>", "<x>")
        for name in ("token", "slug", "digest", "wire", "operation", "x"):
            path = path.replace(f"<{name}>", quote(_bytes(part), safe=""))
        for name in NAMES_IN_ADDRESSES[visit]:
            assert browser.open(f"{path}?{name}={quote(_bytes(query), safe='')}").status_code < 500

    anything()


def test_no_body_and_no_header_makes_a_fault(olgas: Browser) -> None:
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
        assert olgas.post(path_of(rule), body, content_type=kind, headers=sent).status_code < 500

    anything()
