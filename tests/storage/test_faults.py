"""When the database fails at any statement of an act: nothing is half done, and the next try succeeds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, inspect, text
from sqlalchemy.exc import OperationalError

from app.domain.events import OPERATOR, Act
from app.domain.invitations import Row
from app.domain.members import Role
from app.domain.organizations import policy_of
from app.domain.recovery_codes import Visibility
from app.portal import Portal
from app.services import (
    account,
    authenticators,
    copies,
    enrolment,
    invitations,
    locks,
    membership,
    organization,
    passes,
    password_link,
    recovery_codes,
    sessions,
    setup,
    sign_in,
)
from app.services.invitations import Invitation
from app.services.setup import Founding
from app.storage import organizations
from app.storage.database import UnavailableError
from tests.support.keeping import keeps
from tests.support.people import AT_HOME, NEW_PASSWORD, PASSWORD, People, Person, granted

MOST_STATEMENTS = 120
ASKED: dict[str, Any] = {"reason": "asked", "proof": "", "origin": AT_HOME}

Flow = Callable[[Person], Callable[[], object]]


@contextmanager
def failing_at(portal: Portal, statement: int) -> Iterator[None]:
    """The database fails at this statement, counted from 1; what was asked before it succeeds."""
    asked = 0

    def fail(_connection: Any, _cursor: Any, sql: str, *_: Any) -> None:
        nonlocal asked
        asked += 1
        if asked == statement:
            raise OperationalError(sql, None, Exception("disk I/O error"))

    engine = portal.database.engine
    event.listen(engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", fail)


@contextmanager
def failing_to_commit(portal: Portal) -> Iterator[None]:
    def fail(_connection: Any) -> None:
        raise OperationalError("COMMIT", None, Exception("disk full"))

    event.listen(portal.database.engine, "commit", fail)
    try:
        yield
    finally:
        event.remove(portal.database.engine, "commit", fail)


def everything(portal: Portal) -> dict[str, list[Any]]:
    """All rows of all tables, but for the password waits: they are counted before anything is decided."""
    with portal.reading() as tx:
        tables = sorted(set(inspect(tx.db).get_table_names()))
        return {table: sorted(map(repr, tx.db.execute(text(f"SELECT * FROM {table}")))) for table in tables}  # noqa: S608


def signing_in_by_password(ada: Person) -> Callable[[], object]:
    return lambda: granted(ada.try_password())


def signing_in_by_totp(ada: Person) -> Callable[[], object]:
    begun, code = ada.begin(), ada.next_totp()
    return lambda: granted(ada.try_code(begun, code))


def signing_in_by_recovery_code(ada: Person) -> Callable[[], object]:
    begun = ada.begin()
    return lambda: granted(ada.try_code(begun, ada.codes[0]))


def failing_for_the_last_time(ada: Person) -> Callable[[], object]:
    begun = ada.begin()
    ada.fail(9, begun)
    return lambda: ada.try_code(begun, ada.wrong_totp())


def beginning_to_enrol(ada: Person) -> Callable[[], object]:
    session, proof = ada.session, ada.next_totp()
    ada.clock.advance(minutes=5)
    proof = ada.next_totp()
    return lambda: granted(enrolment.start(ada.portal, session, replace=None, proof=proof, origin=AT_HOME))


def confirming(ada: Person) -> Callable[[], object]:
    session = ada.session
    app = ada.start_enrolment(session)
    code = app.code(ada.clock.now())
    return lambda: granted(
        enrolment.confirm(ada.portal, session, code=code, name="", browser_token=None, origin=AT_HOME)
    )


def replacing(ada: Person) -> Callable[[], object]:
    session = ada.session
    app = ada.start_enrolment(session, replacing=ada.authenticators[0].public_id)
    code = app.code(ada.clock.now())
    return lambda: granted(
        enrolment.confirm(ada.portal, session, code=code, name="", browser_token=None, origin=AT_HOME)
    )


def confirming_after_a_pass(ada: Person) -> Callable[[], object]:
    granted(ada.use_pass(ada.given_pass()))
    return confirming(ada)


def using_a_pass(ada: Person) -> Callable[[], object]:
    spelled, begun = ada.given_pass(), ada.begin()
    return lambda: granted(passes.use(ada.portal, begun, spelled, holder_token=None, origin=AT_HOME))


def regenerating(ada: Person) -> Callable[[], object]:
    session = ada.session
    return lambda: granted(recovery_codes.regenerate(ada.portal, session, generation=1, proof="", origin=AT_HOME))


def acknowledging(ada: Person) -> Callable[[], object]:
    ada.regenerate()
    session = ada.session
    return lambda: granted(recovery_codes.acknowledge(ada.portal, session, generation=2, origin=AT_HOME))


def regenerating_what_is_shown_once(ada: Person) -> Callable[[], object]:
    keeps(ada.portal, Visibility.ONCE)
    return regenerating(ada)


def acknowledging_where_copies_end_with_it(ada: Person) -> Callable[[], object]:
    keeps(ada.portal, Visibility.UNTIL_ACKNOWLEDGED)
    return acknowledging(ada)


def giving_back_what_was_shown_once(ada: Person) -> Callable[[], object]:
    keeps(ada.portal, Visibility.ONCE)
    given = [code.replace("-", "") for code in ada.regenerate()]
    ada.clock.advance(minutes=5)
    session, proof = ada.session, ada.codes[0]
    return lambda: granted(
        recovery_codes.repeat(
            ada.portal, session, generation=2, given=given, proof=proof, act=Act.CODES_PRINTED, origin=AT_HOME
        )
    )


def choosing_a_stricter_mode(ada: Person) -> Callable[[], object]:
    owner = _owner(ada)
    with ada.portal.reading() as tx:
        seen = policy_of(organizations.find(tx.db, ada.organization_id))
    wanted, session = replace(seen, code_visibility=Visibility.ONCE), owner.session
    return lambda: granted(organization.change(ada.portal, session, seen=seen, wanted=wanted, proof="", origin=AT_HOME))


def sweeping_copies(ada: Person) -> Callable[[], object]:
    choosing_a_stricter_mode(ada)()
    with ada.portal.writing() as tx:  # one of the two lags behind, and is brought into line as well
        tx.db.execute(text("UPDATE recovery_code_set SET visibility = 'viewable' WHERE id = 1"))
    return lambda: copies.sweep(ada.portal)


def showing(ada: Person) -> Callable[[], object]:
    session = ada.session
    return lambda: granted(recovery_codes.show(ada.portal, session, proof="", act=Act.CODES_SHOWN, origin=AT_HOME))


def removing(ada: Person) -> Callable[[], object]:
    ada.enrol(ada.session)
    session, mine = ada.session, ada.authenticators[0].public_id
    return lambda: granted(authenticators.remove(ada.portal, session, mine, proof="", origin=AT_HOME))


def changing_the_password(ada: Person) -> Callable[[], object]:
    session = ada.session
    return lambda: granted(
        account.change_password(ada.portal, session, password=NEW_PASSWORD, proof="", origin=AT_HOME)
    )


def using_a_password_link(ada: Person) -> Callable[[], object]:
    token = ada.given_password_link()
    return lambda: granted(password_link.use(ada.portal, token, NEW_PASSWORD, AT_HOME))


def panicking(ada: Person) -> Callable[[], object]:
    session = ada.session
    return lambda: account.panic(ada.portal, session, AT_HOME)


def unlocking(ada: Person) -> Callable[[], object]:
    ada.fail(10)
    return lambda: locks.unlock(ada.portal, ada.email, organization=None, reason="asked", by=OPERATOR)


def signing_out(ada: Person) -> Callable[[], object]:
    session = ada.session
    return lambda: sign_in.sign_out(ada.portal, session, AT_HOME)


def changing_a_role(ada: Person) -> Callable[[], object]:
    return _acting(ada, membership.change_role, role=Role.ADMIN)


def changing_an_address(ada: Person) -> Callable[[], object]:
    ada.given_pass()
    ada.given_password_link()
    return _acting(ada, membership.change_email, email="lovelace@example.org")


def suspending(ada: Person) -> Callable[[], object]:
    ada.given_pass()
    ada.given_password_link()
    ada.start_enrolment(ada.session)
    return _acting(ada, membership.suspend)


def reactivating(ada: Person) -> Callable[[], object]:
    owner = _owner(ada)
    granted(membership.suspend(ada.portal, owner.session, ada.row.public_id, **ASKED))
    return _acting(ada, membership.reactivate, by=owner)


def removing_a_member(ada: Person) -> Callable[[], object]:
    ada.given_pass()
    ada.given_password_link()
    ada.start_enrolment(ada.session)
    return _acting(ada, membership.remove)


def locking(ada: Person) -> Callable[[], object]:
    return _acting(ada, locks.lock)


def opening_for_a_member(ada: Person) -> Callable[[], object]:
    ada.fail(10)
    return _acting(ada, locks.open_for)


def making_a_pass(ada: Person) -> Callable[[], object]:
    granted(ada.use_pass(ada.given_pass()))  # the session of which ends with it
    return _acting(ada, passes.make_for, life=timedelta(hours=1))


def making_a_password_link(ada: Person) -> Callable[[], object]:
    ada.given_password_link()
    return _acting(ada, password_link.make_for)


def suspending_several(ada: Person) -> Callable[[], object]:
    return _acting_on_several(ada, membership.suspend_several)


def ending_sessions_of_several(ada: Person) -> Callable[[], object]:
    return _acting_on_several(ada, sessions.end_all_of_several)


def changing_the_organization(ada: Person) -> Callable[[], object]:
    owner = _owner(ada)
    with ada.portal.reading() as tx:
        seen = policy_of(organizations.find(tx.db, ada.organization_id))
    wanted = replace(seen, name="Harbour and Sons", code_count=12)
    session, proof = owner.session, _late_proof(owner)
    return lambda: granted(
        organization.change(ada.portal, session, seen=seen, wanted=wanted, proof=proof, origin=AT_HOME)
    )


def inviting(ada: Person) -> Callable[[], object]:
    owner = _owner(ada)
    session, proof = owner.session, _late_proof(owner)
    rows = [Row(number, name, f"{name}@example.org", Role.MEMBER) for number, name in enumerate(["bea", "cyd"])]
    return lambda: granted(invitations.invite(ada.portal, session, rows, proof=proof, origin=AT_HOME))


def renewing_an_invitation(ada: Person) -> Callable[[], object]:
    owner = _owner(ada)
    return _acting(ada, invitations.renew, by=owner, on=_invited(owner).member)


def revoking_an_invitation(ada: Person) -> Callable[[], object]:
    owner = _owner(ada)
    return _acting(ada, invitations.revoke, by=owner, on=_invited(owner).member)


def accepting_an_invitation(ada: Person) -> Callable[[], object]:
    token = _invited(_owner(ada)).token
    return lambda: granted(invitations.accept(ada.portal, token, name="Bea B.", password=NEW_PASSWORD, origin=AT_HOME))


def _owner(ada: Person) -> Person:
    return People(ada.portal, ada.clock).ready("olive@example.org", role=Role.OWNER)


def _late_proof(owner: Person) -> str:
    """What makes their session fresh again, which by then it is no more."""
    owner.clock.advance(minutes=5)
    return owner.next_totp()


def _acting(
    ada: Person, act: Callable[..., object], *, by: Person | None = None, on: UUID | None = None, **wanted: Any
) -> Callable[[], object]:
    """An owner does it, and proves who they are with it."""
    owner, member = by or _owner(ada), on or ada.row.public_id
    session, asked = owner.session, {**ASKED, "proof": _late_proof(owner), **wanted}
    return lambda: granted(act(ada.portal, session, member, **asked))


def _acting_on_several(ada: Person, act: Callable[..., object]) -> Callable[[], object]:
    people = People(ada.portal, ada.clock)
    chosen = [ada.row.public_id, people.ready("bea@example.org").row.public_id]
    owner = _owner(ada)
    session, asked = owner.session, {**ASKED, "proof": _late_proof(owner)}
    return lambda: granted(act(ada.portal, session, chosen, **asked))


def _invited(owner: Person) -> Invitation:
    row = Row(1, "Bea", "bea@example.org", Role.MEMBER)
    (made,) = granted(invitations.invite(owner.portal, owner.session, [row], proof="", origin=AT_HOME)).made
    return made


FLOWS: list[Flow] = [
    signing_in_by_password, signing_in_by_totp, signing_in_by_recovery_code, failing_for_the_last_time,
    beginning_to_enrol, confirming, replacing, confirming_after_a_pass, using_a_pass, regenerating, acknowledging,
    showing, removing, changing_the_password, using_a_password_link, panicking, unlocking, signing_out,
    changing_a_role, changing_an_address, suspending, reactivating, removing_a_member, locking, opening_for_a_member,
    making_a_pass, making_a_password_link, suspending_several, ending_sessions_of_several, changing_the_organization,
    inviting, renewing_an_invitation, revoking_an_invitation, accepting_an_invitation,
    regenerating_what_is_shown_once, acknowledging_where_copies_end_with_it, giving_back_what_was_shown_once,
    choosing_a_stricter_mode, sweeping_copies,
]  # fmt: skip


def fails_everywhere(portal: Portal, act: Callable[[], object]) -> int:
    """Let the act fail at each of its statements in turn, and see that nothing changed; how many there were."""
    before = everything(portal)
    for statement in range(1, MOST_STATEMENTS):
        with failing_at(portal, statement):
            try:
                act()
            except UnavailableError:
                pass
            else:
                return statement - 1
        assert everything(portal) == before, f"half done after a fault at statement {statement}"
    raise AssertionError("the act has more statements than anybody expected")


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.__name__)
def test_a_fault_at_any_statement_leaves_nothing_half_done(ada: Person, portal: Portal, flow: Flow) -> None:
    assert fails_everywhere(portal, flow(ada)) > 3


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.__name__)
def test_a_fault_at_the_commit_leaves_nothing_half_done(ada: Person, portal: Portal, flow: Flow) -> None:
    act = flow(ada)
    before = everything(portal)
    with failing_to_commit(portal), pytest.raises(UnavailableError):
        act()
    assert everything(portal) == before
    act()


def test_a_fault_while_founding_leaves_the_link_open(people: People, portal: Portal) -> None:
    token = setup.issue_link(portal)
    assert token
    founding = Founding("Harbour Works", "Olive", "olive@example.org", PASSWORD)
    assert fails_everywhere(portal, lambda: granted(setup.claim(portal, token, founding, AT_HOME))) > 6
