"""Signing in: the password, then one field for either kind of code."""

from tests.support.members_web import Browser, Person


def test_a_password_and_a_code_lead_to_the_account(stranger: Browser, ada: Person) -> None:
    stranger.sign_in(ada)
    assert stranger.arrive().request.path == "/account"
    assert "Your account" in stranger.text
