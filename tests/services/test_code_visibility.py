"""Recovery codes in each mode: what is kept of them, who sees them again, and what a change does to those there are."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import text

from app.domain.events import Act
from app.domain.keyring import KeyRing
from app.domain.organizations import policy_of
from app.domain.recovery_codes import Hidden, Visibility, new_codes, read
from app.domain.refusals import Refused, Why
from app.portal import Portal
from app.services import copies, organization, recovery_codes
from app.services.organization import Changed
from app.services.recovery_codes import Shown
from app.services.visitors import Must
from app.steps.events import record
from app.steps.recovery_codes import State
from app.storage import members, organizations
from app.storage import recovery_codes as kept_codes
from tests.support.clock import TestClock
from tests.support.keeping import handed_over, keeps, sealed_copies
from tests.support.people import AT_HOME, People, Person, granted, refusal

VIEWABLE, UNTIL, ONCE = Visibility.VIEWABLE, Visibility.UNTIL_ACKNOWLEDGED, Visibility.ONCE
STRICTER = [UNTIL, ONCE]


@pytest.fixture
def people(people: People) -> People:
    """The organization is there before anybody, so that a mode can be its mode from the beginning."""
    people.organization()
    return people


def show(person: Person, proof: str = "") -> Shown | Refused:
    return recovery_codes.show(person.portal, person.session, proof=proof, act=Act.CODES_SHOWN, origin=AT_HOME)


def repeat(
    person: Person, given: Sequence[str] | None = None, *, generation: int = 1, proof: str = ""
) -> Shown | Refused:
    """As the page does it that showed the codes once."""
    codes = [read(code) or code for code in (person.codes if given is None else given)]
    outcome = recovery_codes.repeat(
        person.portal,
        person.session,
        generation=generation,
        given=codes,
        proof=proof,
        act=Act.CODES_DOWNLOADED,
        origin=AT_HOME,
    )
    if not isinstance(outcome, Refused):
        person.token = outcome.token or person.token
    return outcome


def prove(person: Person) -> State | Refused:
    """With the right answer, where anything is asked."""
    found = person.code_set
    group = person.codes[(found.proof_number or 1) - 1][-4:]
    return recovery_codes.prove(person.portal, person.session, generation=found.generation, group=group, origin=AT_HOME)


def state(person: Person) -> State:
    return recovery_codes.state(person.portal, person.session)


def choose(owner: Person, mode: Visibility) -> Changed:
    with owner.portal.reading() as tx:
        seen = policy_of(organizations.find(tx.db, owner.organization_id))
    wanted = replace(seen, code_visibility=mode)
    return granted(organization.change(owner.portal, owner.session, seen=seen, wanted=wanted, proof="", origin=AT_HOME))


def texts(shown: Shown) -> list[str | None]:
    return [one.code for one in shown.codes.codes]


# made


@pytest.mark.parametrize("mode", list(Visibility))
def test_every_mode_shows_the_codes_in_the_reply_that_makes_them(
    people: People, portal: Portal, mode: Visibility
) -> None:
    keeps(portal, mode)
    ada = people.with_pending_codes()
    assert len(set(ada.codes)) == 10
    assert ada.code_set.visibility is mode
    assert ada.code_set.pending
    new = ada.regenerate()
    assert len(set(new)) == 10
    assert (ada.code_set.generation, ada.code_set.visibility) == (2, mode)
    assert sealed_copies(portal) == (0 if mode is ONCE else 10)
    assert (ada.code_set.copies_erased_at == ada.code_set.made_at) is (mode is ONCE)


@pytest.mark.parametrize("mode", list(Visibility))
def test_codes_work_the_same_in_every_mode(people: People, portal: Portal, mode: Visibility) -> None:
    keeps(portal, mode)
    ada = people.ready()
    ada.sign_in(ada.codes[3])
    begun = ada.begin()
    assert refusal(ada.try_code(begun, ada.codes[3])) is Why.USED_CODE
    granted(ada.try_code(begun, ada.codes[4]))
    assert ada.row.codes_left == 8
    old, new = ada.codes, ada.regenerate()
    begun = ada.begin()
    assert refusal(ada.try_code(begun, old[5])) is Why.WRONG_CODE
    granted(ada.try_code(begun, new[5]))


# shown again


def test_until_acknowledged_they_are_shown_and_then_never(people: People, portal: Portal) -> None:
    keeps(portal, UNTIL)
    ada = people.with_pending_codes()
    assert texts(granted(show(ada))) == ada.codes
    assert state(ada).may_show
    ada.acknowledge()
    assert sealed_copies(portal) == 0
    assert ada.code_set.copies_erased_at == ada.clock.now()
    assert refusal(show(ada)) is Why.NOT_SHOWABLE
    assert (state(ada).hidden, state(ada).may_show) == (Hidden.ACKNOWLEDGED, False)


def test_a_code_shown_once_is_shown_by_nothing_else(people: People, portal: Portal) -> None:
    keeps(portal, ONCE)
    ada = people.with_pending_codes()
    assert refusal(show(ada)) is Why.NOT_SHOWABLE
    assert state(ada).hidden is Hidden.ONCE
    ada.acknowledge()
    assert refusal(show(ada)) is Why.NOT_SHOWABLE
    assert Act.CODES_SHOWN not in ada.acts
    assert Act.SEAL_BROKEN not in ada.acts


def test_what_is_refused_for_its_mode_spends_no_proof(people: People, portal: Portal, clock: TestClock) -> None:
    keeps(portal, UNTIL)
    ada = people.ready()
    clock.advance(minutes=6)
    code = ada.totp()
    assert refusal(show(ada, code)) is Why.NOT_SHOWABLE
    granted(recovery_codes.regenerate(portal, ada.session, generation=1, proof=code, origin=AT_HOME))


def test_copies_handed_to_an_application_are_shown_for_seven_days(
    people: People, portal: Portal, clock: TestClock
) -> None:
    keeps(portal, UNTIL)
    ada = people.with_pending_codes()
    handed_over(portal, ada.id, clock.now())
    clock.advance(days=7)
    ada.sign_in(ada.totp())
    assert texts(granted(show(ada))) == ada.codes
    clock.advance(microseconds=1)
    assert refusal(show(ada)) is Why.NOT_SHOWABLE
    assert state(ada).hidden is Hidden.HANDED_OVER
    assert sealed_copies(portal) == 10  # nobody has swept yet, and it makes no difference
    assert copies.sweep(portal) == 1
    assert sealed_copies(portal) == 0
    ada.acknowledge()
    assert ada.visitor()


@pytest.mark.parametrize("mode", [VIEWABLE, ONCE])
def test_handing_over_ends_nothing_in_the_other_modes(
    people: People, portal: Portal, clock: TestClock, mode: Visibility
) -> None:
    keeps(portal, mode)
    ada = people.with_pending_codes()
    handed_over(portal, ada.id, clock.now())
    clock.advance(days=8)
    assert copies.sweep(portal) == 0
    assert sealed_copies(portal) == (10 if mode is VIEWABLE else 0)


# proved


def test_there_is_a_proof_only_while_there_are_copies(people: People, portal: Portal) -> None:
    keeps(portal, UNTIL)
    ada = people.with_pending_codes()
    assert state(ada).proof_open
    ada.acknowledge()
    assert not state(ada).proof_open
    tries = ada.code_set.proof_tries
    assert refusal(prove(ada)) is Why.EXPIRED
    assert ada.code_set.proof_tries == tries
    keeps(portal, ONCE)
    ada.regenerate()
    assert not state(ada).proof_open
    assert ada.code_set.proof_number is None
    assert refusal(prove(ada)) is Why.EXPIRED


@pytest.mark.parametrize("mode", STRICTER)
def test_a_proof_is_closed_before_the_copies_are_swept(olive: Person, people: People, mode: Visibility) -> None:
    ada = people.ready()
    choose(olive, mode)
    assert sealed_copies(ada.portal, ada.id) == 10
    assert not state(ada).proof_open
    assert refusal(prove(ada)) is Why.EXPIRED


# given back by the page that showed them once


@pytest.fixture
def once(people: People, portal: Portal) -> Person:
    """Somebody who sees the codes that are shown once."""
    keeps(portal, ONCE)
    return people.with_pending_codes()


def test_who_gives_all_the_codes_back_gets_them_in_order(once: Person) -> None:
    assert texts(granted(repeat(once, once.codes[::-1]))) == once.codes
    assert once.acts[-1] is Act.CODES_DOWNLOADED


def test_codes_under_an_older_key_are_known_again(once: Person, portal: Portal) -> None:
    ring = KeyRing(9, {**portal.keys.keys, 9: bytes(32)})
    once.portal = Portal(portal.settings, portal.database, ring, portal.clock, portal.hasher)
    assert texts(granted(repeat(once))) == once.codes


@pytest.mark.parametrize("change", ["one_left_out", "one_other", "one_twice", "one_more", "none", "another_set"])
def test_anything_but_the_whole_set_is_refused_alike(once: Person, change: str) -> None:
    other = new_codes(10)
    given = {
        "one_left_out": once.codes[1:],
        "one_other": [*once.codes[1:], other[0]],
        "one_twice": [*once.codes[1:], once.codes[1]],
        "one_more": [*once.codes, other[0]],
        "none": [],
        "another_set": other,
    }[change]
    before = once.acts
    assert repeat(once, given) == Refused(Why.NOT_SHOWABLE)
    assert once.acts == before
    assert once.row.failures_in_row == 0


def test_the_codes_of_somebody_else_are_not_known(once: Person, people: People) -> None:
    bob = people.with_pending_codes("bob@example.org")
    assert refusal(repeat(once, bob.codes)) is Why.NOT_SHOWABLE


def test_a_code_that_was_used_meanwhile_is_not_given_back(once: Person) -> None:
    once.acknowledge()
    once.elsewhere().sign_in(once.codes[6])
    assert texts(granted(repeat(once))) == [*once.codes[:6], None, *once.codes[7:]]
    without_the_used_one = [*once.codes[:6], *once.codes[7:]]
    assert refusal(repeat(once, without_the_used_one)) is Why.NOT_SHOWABLE


def test_the_codes_of_an_older_set_are_outdated(once: Person) -> None:
    old = once.codes
    once.regenerate()
    assert refusal(repeat(once, old)) is Why.OUTDATED
    assert refusal(repeat(once, old, generation=2)) is Why.NOT_SHOWABLE
    granted(repeat(once, generation=2))


def test_giving_back_takes_the_same_freshness_as_showing(once: Person, clock: TestClock) -> None:
    clock.advance(minutes=6)
    assert refusal(repeat(once)) is Why.NEEDS_PROOF
    assert refusal(repeat(once, new_codes(10))) is Why.NEEDS_PROOF  # and says nothing of the codes before
    assert texts(granted(repeat(once, proof=once.codes[0]))) == [None, *once.codes[1:]]
    once.acknowledge()
    clock.advance(minutes=6)
    assert refusal(repeat(once, proof=once.codes[1])) is Why.NEEDS_TOTP
    granted(repeat(once, proof=once.totp()))


def test_who_came_in_by_a_recovery_code_is_given_nothing_back(once: Person) -> None:
    once.acknowledge()
    other = once.elsewhere()
    other.sign_in(once.codes[0])
    assert refusal(repeat(other)) is Why.NOT_SHOWABLE


@pytest.mark.parametrize("mode", [VIEWABLE, UNTIL])
def test_of_codes_that_were_kept_nothing_is_given_back(people: People, portal: Portal, mode: Visibility) -> None:
    keeps(portal, mode)
    ada = people.with_pending_codes()
    assert refusal(repeat(ada)) is Why.NOT_SHOWABLE
    ada.acknowledge()
    assert refusal(repeat(ada)) is Why.NOT_SHOWABLE


# the gate


@pytest.mark.parametrize("mode", list(Visibility))
def test_a_new_set_is_acknowledged_in_every_mode(people: People, portal: Portal, mode: Visibility) -> None:
    keeps(portal, mode)
    ada = people.with_pending_codes()
    visitor = ada.visitor()
    assert visitor
    assert visitor.must is Must.ACKNOWLEDGE
    ada.acknowledge()
    visitor = ada.visitor()
    assert visitor
    assert visitor.must is Must.NOTHING
    assert ada.row.codes_left == 10


# a stricter mode


@pytest.mark.parametrize("mode", STRICTER)
def test_from_the_change_on_nothing_saved_is_shown(olive: Person, people: People, mode: Visibility) -> None:
    ada, pat = people.ready(), people.with_pending_codes("pat@example.org")
    granted(show(ada))
    assert choose(olive, mode).tightened == 3
    assert sealed_copies(ada.portal) == 30  # the sweep comes after
    assert refusal(show(ada)) is refusal(show(olive)) is Why.NOT_SHOWABLE
    assert isinstance(show(pat), Shown) is (mode is UNTIL)
    assert {ada.code_set.visibility, pat.code_set.visibility, olive.code_set.visibility} == {mode}
    assert copies.sweep_at_once(ada.portal)
    assert sealed_copies(ada.portal) == (10 if mode is UNTIL else 0)
    ada.sign_in(ada.codes[0])


def test_a_pending_set_loses_its_copies_with_the_acknowledgement_after_the_change(
    olive: Person, people: People
) -> None:
    ada = people.with_pending_codes()
    choose(olive, UNTIL)
    assert copies.sweep_at_once(ada.portal)
    assert texts(granted(show(ada))) == ada.codes
    ada.acknowledge()
    assert sealed_copies(ada.portal) == 0
    assert state(ada).hidden is Hidden.ACKNOWLEDGED


def test_acknowledging_after_the_change_to_once_erases_what_no_sweep_has_yet(olive: Person, people: People) -> None:
    ada = people.with_pending_codes()
    choose(olive, ONCE)
    ada.clock.advance(seconds=1)
    ada.acknowledge()
    assert sealed_copies(ada.portal, ada.id) == 0
    assert state(ada).hidden is Hidden.NOT_KEPT


def test_the_other_organization_keeps_its_copies(olive: Person, people: People) -> None:
    eve = people.ready("eve@example.org", slug="other")
    assert choose(olive, ONCE).tightened == 1
    assert copies.sweep_at_once(eve.portal)
    assert sealed_copies(eve.portal, eve.id) == 10
    assert texts(granted(show(eve))) == eve.codes
    assert eve.code_set.visibility is VIEWABLE


@pytest.mark.parametrize("mode", STRICTER)
def test_a_loosened_mode_is_for_new_sets_alone(olive: Person, people: People, mode: Visibility) -> None:
    ada = people.ready()
    choose(olive, mode)
    assert choose(olive, VIEWABLE).tightened == 0
    assert refusal(show(ada)) is Why.NOT_SHOWABLE  # not swept yet, and already promised
    assert copies.sweep_at_once(ada.portal)
    assert sealed_copies(ada.portal) == 0
    assert refusal(show(ada)) is Why.NOT_SHOWABLE
    new = ada.regenerate()
    ada.acknowledge()
    assert texts(granted(show(ada))) == new


def test_a_set_made_once_stays_so_after_loosening(olive: Person, once: Person) -> None:
    choose(olive, VIEWABLE)
    assert refusal(show(once)) is Why.NOT_SHOWABLE
    granted(repeat(once))
    assert state(once).hidden is Hidden.ONCE


def test_a_set_that_was_made_while_the_mode_changed_is_shown_by_the_stricter_one(
    olive: Person, people: People, portal: Portal
) -> None:
    choose(olive, ONCE)
    copies.sweep_at_once(portal)
    keeps(portal, VIEWABLE)  # what a transaction reads that began before the change was committed
    ada = people.ready()
    keeps(portal, ONCE)
    assert ada.code_set.visibility is VIEWABLE
    assert refusal(show(ada)) is Why.NOT_SHOWABLE
    assert not state(ada).proof_open
    assert copies.sweep(portal) == 1
    assert (ada.code_set.visibility, sealed_copies(portal)) == (ONCE, 0)


def test_a_pending_set_that_lags_behind_is_brought_into_line_and_keeps_its_copies(
    people: People, portal: Portal
) -> None:
    ada = people.with_pending_codes()
    keeps(portal, UNTIL)
    assert copies.sweep(portal) == 1
    assert copies.sweep(portal) == 0
    assert (ada.code_set.visibility, sealed_copies(portal)) == (UNTIL, 10)
    assert ada.code_set.copies_erased_at is None


# the sweep


def test_the_sweep_goes_on_where_it_stopped(olive: Person, people: People) -> None:
    for number in range(4):
        people.ready(f"p{number}@example.org")
    choose(olive, ONCE)
    done = [copies.sweep(olive.portal, batch=2) for _ in range(4)]
    assert done == [2, 2, 1, 0]
    assert sealed_copies(olive.portal) == 0


def test_right_after_a_change_a_bounded_number_is_erased(
    olive: Person, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.ready()
    choose(olive, ONCE)
    monkeypatch.setattr(copies, "_BATCHES_AT_ONCE", 1)
    assert not copies.sweep_at_once(olive.portal)  # whether it was all only the next look would tell
    assert copies.sweep_at_once(olive.portal)


def test_the_sweep_leaves_alone_what_may_stay(people: People, portal: Portal, clock: TestClock) -> None:
    people.ready()
    keeps(portal, UNTIL, organization_id=people.organization("other"))
    pending = people.with_pending_codes("eve@example.org", slug="other")
    handed_over(portal, pending.id, clock.now())
    clock.advance(days=7)
    assert copies.sweep(portal) == 0
    assert sealed_copies(portal) == 20


def test_spent_codes_and_their_indexes_survive_the_sweep(olive: Person, people: People) -> None:
    ada = people.ready()
    ada.sign_in(ada.codes[0])
    choose(olive, ONCE)
    assert copies.sweep_at_once(ada.portal)
    with ada.portal.reading() as tx:
        rows = tx.db.execute(
            text("SELECT sealed, seal_key_id, code_index FROM recovery_code WHERE member_id = :id"), {"id": ada.id}
        ).all()
    assert all(row.sealed is row.seal_key_id is None and row.code_index for row in rows)
    begun = ada.begin()
    assert refusal(ada.try_code(begun, ada.codes[0])) is Why.USED_CODE
    granted(ada.try_code(begun, ada.codes[1]))


# the organization


def test_the_page_knows_how_many_copies_there_are(olive: Person, people: People) -> None:
    people.with_pending_codes()
    people.ready("eve@example.org", slug="other")
    kept = organization.overview(olive.portal, olive.session).kept
    assert (kept.sets, kept.acknowledged) == (2, 1)
    choose(olive, ONCE)
    copies.sweep_at_once(olive.portal)
    kept = organization.overview(olive.portal, olive.session).kept
    assert (kept.sets, kept.acknowledged) == (0, 0)


def test_the_log_has_the_modes(olive: Person) -> None:
    assert choose(olive, UNTIL).fields == ["code_visibility"]
    with olive.portal.reading() as tx:
        details = tx.db.execute(text("SELECT details FROM event WHERE act = 'organization.changed'")).scalar_one()
    assert "until_acknowledged" in str(details)
    assert "viewable" in str(details)


# codes that ended without a new set


def voided(person: Person, because: str) -> None:
    """As restoring a backup, or retiring a key, does it."""
    with person.portal.writing() as tx:
        who = members.find_and_hold(tx.db, person.id)
        kept_codes.void_live(tx.db, who.id, generation=None, now=tx.now)
        members.refresh_counts(tx.db, who.id)
        record(tx, Act.CODES_VOIDED, who, because=because)


@pytest.mark.parametrize("mode", list(Visibility))
@pytest.mark.parametrize("because", ["restored", "key_retired"])
def test_who_has_no_set_any_more_makes_a_new_one_first(
    people: People, portal: Portal, mode: Visibility, because: str
) -> None:
    keeps(portal, mode)
    ada = people.ready()
    voided(ada, because)
    visitor = ada.visitor()
    assert visitor
    assert visitor.must is Must.ACKNOWLEDGE
    assert (state(ada).missing, state(ada).voided_because) == (True, because)
    made = granted(recovery_codes.regenerate(portal, ada.session, generation=0, proof="", origin=AT_HOME))
    assert len(texts(made)) == 10
    visitor = ada.visitor()
    assert visitor
    assert visitor.must is Must.ACKNOWLEDGE
    ada.acknowledge()
    visitor = ada.visitor()
    assert visitor
    assert visitor.must is Must.NOTHING
    assert not state(ada).missing


def test_the_newest_reason_counts(people: People) -> None:
    ada = people.ready()
    voided(ada, "restored")
    ada.token = (
        granted(recovery_codes.regenerate(ada.portal, ada.session, generation=0, proof="", origin=AT_HOME)).token
        or ada.token
    )
    voided(ada, "key_retired")
    assert state(ada).voided_because == "key_retired"


def test_who_has_used_up_all_codes_has_a_set_still(people: People) -> None:
    ada = people.ready()
    for code in ada.codes:
        ada.sign_in(code)
    visitor = ada.visitor()
    assert visitor
    assert visitor.must is Must.NOTHING
    assert not state(ada).missing


def test_who_has_no_authenticator_lacks_no_codes(people: People) -> None:
    people.require_second_factor(None)
    bare = people.newcomer()
    bare.postpone()
    visitor = bare.visitor()
    assert visitor
    assert visitor.must is Must.NOTHING
    assert not state(bare).missing
