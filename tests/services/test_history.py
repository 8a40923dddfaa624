"""Records: what is written down of every act, and what never is."""

import base64
import json
from collections.abc import Callable

import pytest
from sqlalchemy import inspect, text

from app.domain.events import Act
from app.portal import Portal
from app.services import account, authenticators, history, password_link, recovery_codes, sign_in
from tests.support.people import AT_HOME, NEW_PASSWORD, PASSWORD, People, Person, granted


def test_history_is_newest_first_and_in_pages(ada: Person, portal: Portal) -> None:
    whole = [event.public_id for event in ada.history[::-1]]
    first = history.page(portal, ada.session, length=2)
    assert [event.public_id for event in first.events] == whole[:2]
    rest = history.page(portal, ada.session, before=first.older, length=100)
    assert [event.public_id for event in rest.events] == whole[2:]
    assert rest.older is None


def test_a_page_that_ends_with_the_first_event_has_none_older(ada: Person, portal: Portal) -> None:
    assert history.page(portal, ada.session, length=len(ada.history)).older is None


def test_the_event_of_another_member_begins_from_the_top(people: People, ada: Person, portal: Portal) -> None:
    bobs = people.ready("bob@example.org").history[-1].public_id
    page = history.page(portal, ada.session, before=bobs, length=100)
    assert [event.act for event in page.events] == ada.acts[::-1]


def test_an_event_says_where_it_came_from(ada: Person) -> None:
    assert {event.origin for event in ada.history} == {AT_HOME}


def test_an_act_that_is_rolled_back_leaves_no_event(ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last thing that signing in does fails; the code, spent before that with its event, is as it was."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    begun = ada.begin()
    before = ada.history
    monkeypatch.setattr(sign_in, "record", fail)
    with pytest.raises(RuntimeError):
        ada.try_code(begun, ada.codes[0])
    monkeypatch.undo()
    assert ada.history == before
    assert ada.row.codes_left == 10
    granted(ada.try_code(begun, ada.codes[0]))


def test_a_refused_try_keeps_its_event_and_its_count(ada: Person) -> None:
    ada.fail(1)
    assert ada.acts[-1] is Act.CODE_REFUSED
    assert ada.row.failures_in_row == 1


def a_whole_life(people: People) -> tuple[Person, list[str]]:
    """One of everything; also every secret that was ever told."""
    secrets: list[str] = [PASSWORD, NEW_PASSWORD]
    owner, begun = people.founded()
    secrets.append(begun.token)
    app = owner.scan(begun.sign_in)
    granted(owner.try_confirm(begun.sign_in, app.code(owner.clock.now())))
    owner.apps.append(app)
    note(owner, secrets)
    owner.acknowledge()
    portal = owner.portal
    account.rename(portal, owner.session, name="Olivia", origin=AT_HOME)
    owner.try_password("wrong password here")
    owner.fail(3)
    recovery_codes.prove(portal, owner.session, generation=1, group="0000", origin=AT_HOME)
    owner.sign_in(owner.codes[0])
    note(owner, secrets)
    owner.regenerate()
    note(owner, secrets)
    granted(recovery_codes.show(portal, owner.session, proof="", act=Act.CODES_SHOWN, origin=AT_HOME))
    owner.acknowledge()
    owner.enrol(owner.session, replacing=owner.authenticators[0].public_id)
    owner.apps = owner.apps[1:]
    note(owner, secrets)
    authenticators.rename(portal, owner.session, owner.authenticators[0].public_id, name="Tablet", origin=AT_HOME)
    proof = owner.next_totp()
    owner.clock.advance(minutes=6)
    token = owner.given_password_link()
    spelled = owner.given_pass()
    secrets += [proof, token, spelled]
    granted(password_link.use(portal, token, NEW_PASSWORD, AT_HOME))
    owner.password = NEW_PASSWORD
    used = granted(owner.use_pass(spelled))
    secrets += [used.holder_token]
    owner.enrol(owner.session)
    owner.apps = owner.apps[1:]
    note(owner, secrets)
    owner.acknowledge()
    note(owner, secrets)
    owner.elsewhere().sign_in()
    sign_in.sign_out(portal, owner.session, AT_HOME)
    return owner, secrets


def note(person: Person, secrets: list[str]) -> None:
    secrets += [*person.codes, *(app.secret.hex() for app in person.apps)]
    secrets += [token for token in (person.token, person.browser_token) if token]


def spellings(secret: str) -> list[bytes]:
    """Everything by which it could be found: as told, without dashes, and the bytes of what is hexadecimal."""
    found = [secret.encode(), secret.replace("-", "").encode()]
    if len(secret) == 40:
        raw = bytes.fromhex(secret)
        found += [raw, base64.b32encode(raw)]
    return found


def dump(portal: Portal, keep: Callable[[str], bool]) -> bytes:
    with portal.reading() as tx:
        tables = [name for name in inspect(tx.db).get_table_names() if keep(name)]
        assert len(tables) > 10
        rows = [row for table in tables for row in tx.db.execute(text(f"SELECT * FROM {table}"))]  # noqa: S608
    values = [value for row in rows for value in row]
    return b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in values)


def test_no_secret_is_kept_anywhere_in_clear(people: People, portal: Portal) -> None:
    _, secrets = a_whole_life(people)
    kept = dump(portal, lambda _: True)
    assert len(secrets) > 40
    codes = [secret for secret in secrets if len(secret) > 6]
    assert [secret for secret in codes if any(spelling in kept for spelling in spellings(secret))] == []


def test_no_address_is_kept_outside_of_the_member(people: People, portal: Portal) -> None:
    owner, _ = a_whole_life(people)
    outside = dump(portal, lambda table: table != "member")
    assert owner.email.encode() not in outside.lower()
    assert owner.email.encode() in dump(portal, lambda _: True)


def test_events_hold_no_address_no_name_of_a_person_and_no_place(people: People, portal: Portal) -> None:
    owner, secrets = a_whole_life(people)
    told = json.dumps([event.details for event in owner.history])
    assert len(owner.history) > 25
    for marker in [owner.email, "Olivia", "Olive", AT_HOME.address, *secrets]:
        assert marker not in told
