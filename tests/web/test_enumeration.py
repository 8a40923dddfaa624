"""Who has an account, and of what kind, is not told to somebody who does not know its password."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import event

from app.domain.members import Status
from app.domain.passwords import PasswordHasher
from app.storage.tables import member
from tests.support.members_web import Browser, Person
from tests.support.offices import Office

CHANGING = re.compile(r'(name="csrf_token" value=")[^"]+|(request-id"[^>]*>)[^<]+')
KINDS = ("unknown", "wrong password", "invited", "suspended", "removed", "no password", "locked", "not enrolled")


def _whoever(office: Office, kind: str) -> Person:
    """Somebody of that kind under the same address, so that the answers may be compared letter by letter."""
    if kind == "unknown":
        return Person("Nobody", "carol@example.org", office.person("Ada Example").id, office.clock)
    carol = office.person("Carol Example", enrolled=kind != "not enrolled")
    kinds: dict[str, dict[str, object]] = {
        "invited": {"status": Status.INVITED},
        "suspended": {"status": Status.SUSPENDED},
        "removed": {"status": Status.REMOVED},
        "no password": {"password_hash": None},
        "locked": {"lock_reason": "panic"},
    }
    if changes := kinds.get(kind):
        with office.portal.writing() as tx:
            tx.db.execute(member.update().where(member.c.public_id == carol.id).values(**changes))
    return carol


@pytest.fixture
def work(office: Office, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """What has been done since it was last asked: hashes looked at, and statements by their kind and tables."""
    done: list[str] = []
    verify = PasswordHasher.verify

    def noted(self: PasswordHasher, kept: str | None, password: str) -> bool:
        done.append("verify")
        return verify(self, kept, password)

    def executed(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        words = re.findall(r"^\w+|(?<=FROM )\w+|(?<=INTO )\w+|(?<=UPDATE )\w+", statement)
        done.append(" ".join(words))

    monkeypatch.setattr(PasswordHasher, "verify", noted)
    event.listen(office.portal.database.engine, "before_cursor_execute", executed)

    def taken() -> list[str]:
        found, done[:] = list(done), []
        return found

    return taken


def _answer(browser: Browser, person: Person) -> tuple[int, str, list[str]]:
    reply = browser.enter_password(person, "certainly not the password")
    text = CHANGING.sub(r"\1\2", reply.get_data(as_text=True))
    names = sorted(value.partition("=")[0] for value in reply.headers.getlist("Set-Cookie"))
    return reply.status_code, text, names


@pytest.mark.parametrize("kind", KINDS[1:])
def test_the_answer_is_the_same_letter_by_letter(office: Office, kind: str) -> None:
    unknown = _answer(office.browser(), _whoever(office, "unknown"))
    known = _answer(office.browser(address="198.51.100.1"), _whoever(office, kind))
    assert unknown == known
    assert unknown[0] == 422


@pytest.mark.parametrize("kind", ["invited", "suspended", "removed"])
def test_with_the_right_password_too_whoever_may_not_sign_in_seems_unknown(office: Office, kind: str) -> None:
    carol = _whoever(office, kind)
    reply = office.browser().enter_password(carol)
    assert reply.status_code == 422
    assert "do not fit together" in reply.get_data(as_text=True)


@pytest.mark.parametrize("kind", KINDS[1:])
def test_the_work_behind_the_answer_is_the_same(office: Office, work: Callable[[], list[str]], kind: str) -> None:
    people = {which: _whoever(office, which) for which in ("unknown", kind)}
    done = {}
    for number, (which, person) in enumerate(people.items()):
        browser = office.browser(address=f"198.51.{number}.1")
        browser.open("/sign-in")
        work()
        browser.submit("/sign-in", email=person.email, password="certainly not the password")
        done[which] = work()
    assert done["unknown"].count("verify") == done[kind].count("verify") == 1
    assert _without_the_event(done["unknown"]) == _without_the_event(done[kind])


def _without_the_event(done: list[str]) -> list[str]:
    """The log names whose password it was where there is somebody: one statement more or less, without a hash."""
    return [statement for statement in done if "event" not in statement]


def test_waiting_is_the_same_for_who_is_known_and_who_is_not(office: Office) -> None:
    answers = []
    for number, kind in enumerate(("unknown", "wrong password")):
        person = _whoever(office, kind)
        browser = office.browser(address=f"198.51.{number}.1")
        answers.append([_answer(browser, person)[0] for _ in range(8)])
    assert answers[0] == answers[1]
    assert 429 in answers[0]


def test_whether_there_is_an_authenticator_shows_only_after_the_password(office: Office, ada: Person) -> None:
    nora = office.person("Nora New", enrolled=False)
    assert office.browser().enter_password(nora, "wrong").status_code == 422
    assert office.browser().enter_password(nora).location == "/welcome"
    assert office.browser().enter_password(ada).location == "/sign-in/code"


def test_whose_link_it_was_is_told_to_nobody_without_it(office: Office, ada: Person) -> None:
    token = office.password_link_for(ada)
    answers = set()
    for wrong in (token[:-1], token + "x", "unknown"):
        browser = office.browser()
        browser.open(f"/password/{wrong}")
        browser.arrive()
        answers.add(CHANGING.sub(r"\1\2", browser.text))
        assert ada.email not in browser.text
    assert len(answers) == 1
