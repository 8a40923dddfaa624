"""Every page that there is, in every state, goes through the checker of pages, which minds."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from tests.support import routes
from tests.support.members_web import Browser, Person
from tests.support.offices import Office
from tests.support.pages import problems
from tests.support.routes import Visit, cast_of, form_for, named, path_of


@pytest.mark.parametrize("visit", routes.VISITS, ids=lambda visit: visit.__name__)
def test_every_page_is_a_good_page(office: Office, ada: Person, visit: Visit) -> None:
    browser, cast = visit(office, ada), cast_of(office, ada)
    pages = set()
    for rule, _ in named("GET"):
        reply = browser.open(path_of(rule, cast.of(rule)))
        pages |= {rule} if reply.mimetype == "text/html" and reply.status_code != 303 else set()
    assert len(pages) >= 5


@pytest.mark.parametrize("rule", [rule for rule, _ in named("POST")])
def test_every_answer_to_a_form_is_a_good_page(office: Office, ada: Person, rule: str) -> None:
    cast = cast_of(office, ada)
    sitting = {"Una": routes.signed_in, "Duo": routes.past_the_password, "Tre": routes.with_a_pass}
    for name, visit in (sitting | {"Owen": routes.as_owner}).items():
        person = office.person(f"{name} Example")
        browser, about = visit(office, person), replace(cast, oneself=person).of(rule)
        for fields in ({}, {"proof": "x", "code": "x"}, form_for(rule, about)):
            browser.submit(path_of(rule, about), **fields)
            browser.arrive()
            if not browser.is_in:
                break


def test_a_page_that_is_not_good_does_not_get_past(
    app: Flask, stranger: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.view_functions, "account.panicked", lambda: "<p style='color: red'>Hello")
    with pytest.raises(AssertionError, match="has an inline style"):
        stranger.open("/locked")


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        (lambda page: page.replace("<h1>", "<p>").replace("</h1>", "</p>"), "0 h1"),
        (lambda page: re.sub(r'<input type="hidden" name="csrf_token"[^>]*>', "", page), "posts without a csrf_token"),
        (lambda page: re.sub(r"<label.*?</label>", "", page, flags=re.DOTALL), "has no label"),
        (lambda page: page.replace("<body ", '<body id="content" '), "have the id"),
        (lambda page: page.replace("<h1", "<h1 onclick='x()'"), "inline onclick"),
        (lambda page: page.replace("<!doctype html>", ""), "doctype"),
    ],
)
def test_the_checker_minds_each_fault_in_a_page_of_ours(
    stranger: Browser, ada: Person, fault: Callable[[str], str], complaint: str
) -> None:
    stranger.open("/sign-in")
    assert stranger.reply is not None
    page = stranger.reply.get_data(as_text=True)
    assert problems(page, stranger.reply.headers) == []
    assert any(complaint in found for found in problems(fault(page), stranger.reply.headers))
