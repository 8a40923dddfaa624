"""Light, dark or as the system has it."""

import pytest

from tests.support.members_web import Browser


@pytest.mark.parametrize(("theme", "marks"), [("light", ['data-bs-theme="light"']), ("dark", ['data-bs-theme="dark"'])])
def test_a_choice_is_kept(stranger: Browser, theme: str, marks: list[str]) -> None:
    stranger.open("/password/forgotten")
    assert stranger.submit("/appearance", theme=theme, back="/password/forgotten").location == "/password/forgotten"
    stranger.arrive()
    assert all(mark in stranger.text for mark in marks)
    assert f'value="{theme}" aria-pressed="true"' in stranger.text


def test_the_system_decides_unless_somebody_does(stranger: Browser) -> None:
    stranger.submit("/appearance", theme="dark")
    stranger.submit("/appearance", theme="auto")
    stranger.open("/sign-in")
    assert "data-bs-theme" not in stranger.text
    assert 'value="auto" aria-pressed="true"' in stranger.text


@pytest.mark.parametrize("theme", ["", "red", "DARK", '"><script>', "light dark"])
def test_what_is_no_appearance_is_refused(stranger: Browser, theme: str) -> None:
    assert stranger.submit("/appearance", theme=theme).status_code == 400
    assert stranger.cookie("theme") is None


@pytest.mark.parametrize("value", ["red", '"><script>alert(1)</script>', ""])
def test_a_cookie_that_is_no_appearance_is_taken_for_none(stranger: Browser, value: str) -> None:
    stranger.set_cookie("theme", value)
    stranger.open("/sign-in")
    assert "data-bs-theme" not in stranger.text
    assert "alert(1)" not in stranger.text


def test_it_stays_where_one_is(adas: Browser) -> None:
    for path in ("/account", "/account/sessions", "/account/history"):
        adas.open(path)
        assert adas.press("Dark").location == path
    assert adas.is_in
