"""Names that are not ours are not answered to, and never come back in a link."""

from dataclasses import replace

import pytest
from flask import Flask

from app import create_app
from app.portal import Portal
from tests.support.members_web import Browser, Person
from tests.support.offices import Office

EVIL = "evil.example"
CLAIMS = [
    {"X-Forwarded-Host": EVIL},
    {"X-Host": EVIL},
    {"X-Original-Host": EVIL},
    {"X-Forwarded-Server": EVIL},
    {"Forwarded": f"for=127.0.0.1;host={EVIL};proto=https"},
    {"X-Forwarded-Prefix": f"//{EVIL}"},
    {"X-Original-URL": f"https://{EVIL}/"},
    {"X-Rewrite-URL": "/account"},
    {"X-Script-Name": f"//{EVIL}"},
]


@pytest.mark.parametrize(
    "host",
    [
        EVIL,
        f"127.0.0.1:8000.{EVIL}",
        f"127.0.0.1.{EVIL}",
        f"127.0.0.1@{EVIL}",
        "10.0.0.1",
        "127.0.0.1, evil.example",
        "127.0.0.1/evil",
        "[::2]",
        "",
        "localhost.evil.example:8000",
    ],
)
def test_another_host_is_refused(app: Flask, host: str) -> None:
    for path in ("/", "/sign-in", "/account", "/setup/token", "/no/such/page"):
        reply = app.test_client().get(path, headers={"Host": host})
        assert reply.status_code == 400, path
        assert EVIL not in reply.text
        assert "Location" not in reply.headers


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "[::1]:8000", "localhost"])
def test_this_machine_has_several_names(app: Flask, host: str) -> None:
    assert app.test_client().get("/password/forgotten", headers={"Host": host}).status_code == 200


def test_probes_may_ask_by_any_name(app: Flask) -> None:
    for path in ("/healthz", "/readyz"):
        reply = app.test_client().get(path, headers={"Host": "10.1.2.3:8000"})
        assert (reply.status_code, reply.text) == (200, "ok\n")


@pytest.mark.parametrize("claim", CLAIMS, ids=str)
@pytest.mark.parametrize("which", ["app", "secure_app"])
def test_what_a_client_claims_of_the_host_appears_nowhere(
    request: pytest.FixtureRequest, which: str, claim: dict[str, str], office: Office, ada: Person
) -> None:
    app: Flask = request.getfixturevalue(which)
    browser = Browser(app)
    for path in ("/", "/account", "/sign-in", "/no/such/page", "/account/"):
        reply = browser.open(path, headers=claim)
        assert EVIL not in reply.text
        assert EVIL not in reply.headers.get("Location", "")
        assert reply.status_code in {200, 303, 400, 404}
    browser.sign_in(ada)
    text = browser.submit("/account/recovery-codes/download", claim).get_data(as_text=True)
    assert f"Sign in at {browser.origin}" in text
    assert EVIL not in text


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "keys.example.org.evil.example", "10.0.0.1"])
def test_behind_a_proxy_only_the_public_name_counts(secure_app: Flask, host: str) -> None:
    client = secure_app.test_client()
    assert client.get("/sign-in", headers={"Host": host}).status_code == 400
    assert client.get("/password/forgotten", headers={"Host": "keys.example.org"}).status_code == 200


def test_one_proxy_is_believed_for_one_address_and_no_more(secure_app: Flask, office: Office, ada: Person) -> None:
    browser = Browser(secure_app, address="10.0.0.2")
    browser.enter_password(ada)
    browser.submit("/sign-in/code", {"X-Forwarded-For": "192.0.2.66, 198.51.100.4"}, code=ada.code())
    browser.open("/account/sessions")
    assert "198.51.100.4" in browser.told
    assert "192.0.2.66" not in browser.told


def test_without_a_proxy_redirects_stay_on_the_path(app: Flask) -> None:
    for path in ("/", "/account", "/sign-in/code", "/setup/x"):
        assert Browser(app).open(path).headers["Location"].startswith("/")


@pytest.fixture
def app_of_two_names(portal: Portal) -> Flask:
    """Behind a proxy with TLS, by a public name and two further ones."""
    further = {"public_url": "https://keys.example.org", "trusted_hosts": "keys.internal, [2001:db8::5]", "proxies": 1}
    app = create_app(replace(portal, settings=portal.settings.model_copy(update=further)))
    app.testing = True
    return app


@pytest.mark.parametrize("host", ["keys.example.org", "keys.internal", "KEYS.internal:8443", "[2001:db8::5]"])
def test_further_names_are_answered_to(app_of_two_names: Flask, host: str) -> None:
    assert app_of_two_names.test_client().get("/password/forgotten", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["internal", "x.keys.internal", "keys.internal.example", "127.0.0.1", "[2001:db8::6]"])
def test_names_that_only_look_like_them_are_not(app_of_two_names: Flask, host: str) -> None:
    reply = app_of_two_names.test_client().get("/password/forgotten", headers={"Host": host})
    assert reply.status_code == 400
    assert reply.text == "This portal is reached at https://keys.example.org.\n"


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://keys.internal", 200),  # its own name, whether or not the proxy has passed the scheme on
        ("https://keys.example.org", 200),
        ("https://other.internal", 403),
        ("https://keys.internal:8443", 403),
        ("null", 403),
        ("https://keys.internal.evil.example", 403),
        ("http://keys.internal", 403),
        ("http://keys.example.org", 403),
    ],
)
@pytest.mark.parametrize("scheme", [{}, {"X-Forwarded-Proto": "https"}])
def test_forms_are_taken_from_the_name_they_were_read_at(
    app_of_two_names: Flask, origin: str, status: int, scheme: dict[str, str]
) -> None:
    client = app_of_two_names.test_client()
    headers = {"Host": "keys.internal", "X-Forwarded-For": "192.0.2.1", **scheme}
    client.get("/password/forgotten", headers=headers)
    reply = client.post("/appearance", headers={**headers, "Origin": origin})
    told_apart = "came from another site" in reply.text
    assert told_apart is (status == 403)


def test_links_name_the_public_address_whoever_asks_by_another(
    app_of_two_names: Flask, office: Office, olga: Person
) -> None:
    browser = Browser(app_of_two_names, address="10.0.0.2")
    browser.sign_in(olga)
    for name, value in browser.cookies.items():
        browser.client.set_cookie(name, value, domain="keys.internal")
    reply = browser.open("/organization", headers={"Host": "keys.internal"})
    assert "https://keys.example.org/o/" in reply.text
    assert "keys.internal" not in reply.text
