"""Users: how an application makes, changes and removes the members of its organization."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from app.domain.attempts import LockReason
from app.domain.events import Act
from app.domain.members import Role, Status
from app.domain.refusals import Refused, Why
from app.domain.users import NameParts, Notes, User
from app.portal import Portal
from app.services import account, locks, membership, password_link, users
from app.storage import erasing, members
from tests.support import shops
from tests.support.clock import TestClock
from tests.support.people import AT_HOME, NEW_PASSWORD, People, Person, granted, refusal
from tests.support.shops import FROM_THE_SHOP, Shop

OUTSIDE = Why.UNKNOWN_MEMBER


def acts_of(shop: Shop, user: User) -> list[Act]:
    return [event.act for event in shop.history_of(user.id)]


# making


def test_a_user_is_a_member_with_nothing_but_what_was_said(shop: Shop, clock: TestClock) -> None:
    noted: dict[str, Any] = {
        "external_id": "u-1", "first_name": "Joan", "middle_name": "E.", "last_name": "Clarke",
        "labels": ("reader", "editor"), "trusted_metadata": {"plan": {"seats": 3}},
        "untrusted_metadata": {"theme": "dark"},
    }  # fmt: skip
    joan = shop.user("Joan@Example.org", **noted)
    assert (joan.email, joan.email_verified, joan.made_at) == ("Joan@Example.org", False, clock.now())
    assert (joan.role, joan.status, joan.active) == (Role.MEMBER, Status.ACTIVE, True)
    assert (joan.totps, joan.has_password, joan.lock, joan.closed_at) == ((), False, None, None)
    assert joan.notes == Notes(
        "u-1", NameParts("Joan", "E.", "Clarke"), ("reader", "editor"), {"plan": {"seats": 3}}, {"theme": "dark"}
    )
    assert shop.look(joan.id) == shop.look("u-1") == joan
    row = shop.row_of(joan.id)
    assert (row.name, row.password_hash, row.authenticator_count) == ("Joan E. Clarke", None, 0)
    (created,) = shop.history_of(joan.id)
    assert (created.act, created.actor_kind, created.project) == (Act.USER_CREATED, "project", "Shop")
    assert (created.origin, created.by) == (FROM_THE_SHOP, None)


def test_a_user_needs_neither_address_nor_name(shop: Shop) -> None:
    somebody, another = shop.user(None), shop.user(None)
    assert somebody.id != another.id
    assert (somebody.email, somebody.notes) == (None, Notes())
    assert shop.row_of(somebody.id).name == "Unnamed"


def test_a_pending_user_is_active_once_a_factor_was_shown(shop: Shop) -> None:
    joan = shop.user(pending=True)
    assert not joan.active
    customer = shop.begin(joan.id)
    assert not shop.look(joan.id).active
    assert granted(customer.try_code(customer.code())).user.active
    assert shop.look(joan.id).notes.pending is False


@pytest.mark.parametrize("same", ["joan@example.org", "JOAN@Example.ORG", "\uff4aoan@example.org"])
def test_an_address_is_given_once_in_an_organization(shop: Shop, mill: Shop, people: People, same: str) -> None:
    people.newcomer()
    joan = shop.user()
    assert refusal(shop.try_user(same)) is Why.ADDRESS_TAKEN
    assert refusal(shop.try_user("ada@example.org")) is Why.ADDRESS_TAKEN
    assert mill.user(same).id != joan.id


def test_an_external_id_is_given_once_in_a_project(shop: Shop, kiosk: Shop) -> None:
    joan = shop.user(external_id="u-1")
    assert refusal(shop.try_user("bea@example.org", external_id="u-1")) is Why.EXTERNAL_ID_TAKEN
    bea = kiosk.user("bea@example.org", external_id="u-1")
    assert (shop.look("u-1").id, kiosk.look("u-1").id) == (joan.id, bea.id)
    assert shop.user("cyd@example.org", external_id="U-1")


def test_who_was_refused_is_not_there(shop: Shop) -> None:
    shop.user(external_id="u-1")
    shop.try_user("bea@example.org", external_id="u-1")
    assert [one.email for one in shop.search().users] == ["joan@example.org"]


@pytest.mark.parametrize(
    ("noted", "why"),
    [
        ({"first_name": "x" * 60, "last_name": "y" * 60}, Why.LONG_NAME),
        ({"trusted_metadata": {"a": "x" * 4097}}, Why.TOO_MANY),
        ({"untrusted_metadata": {str(number): 1 for number in range(21)}}, Why.TOO_MANY),
    ],
)
def test_what_is_too_much_is_refused_when_made_and_when_changed(shop: Shop, noted: dict[str, Any], why: Why) -> None:
    assert refusal(shop.try_user(**noted)) is why
    joan = shop.user()
    assert refusal(shop.try_change(joan.id, **noted)) is why
    assert shop.look(joan.id) == joan
    assert acts_of(shop, joan) == [Act.USER_CREATED]


def test_a_name_of_the_longest_is_kept_whole(shop: Shop) -> None:
    joan = shop.user(first_name="x" * 60, last_name="y" * 59)
    assert joan.notes.name.whole == shop.row_of(joan.id).name == f"{'x' * 60} {'y' * 59}"


# changing


def test_what_is_not_said_stays(shop: Shop) -> None:
    noted: dict[str, Any] = {"external_id": "u-1", "first_name": "Joan", "labels": ("reader",)}
    joan = shop.user(**noted, trusted_metadata={"a": 1, "b": 2})
    assert shop.change(joan.id) == joan
    assert acts_of(shop, joan) == [Act.USER_CREATED]
    changed = shop.change("u-1", trusted_metadata={"b": None, "c": 3})
    assert changed.notes.trusted_metadata == {"a": 1, "c": 3}
    assert (changed.notes.external_id, changed.notes.labels) == ("u-1", ("reader",))
    assert acts_of(shop, joan)[1:] == [Act.USER_CHANGED]


def test_labels_are_replaced_and_can_all_go(shop: Shop) -> None:
    joan = shop.user(labels=("reader", "editor"))
    assert shop.change(joan.id, labels=("owner",)).notes.labels == ("owner",)
    assert shop.change(joan.id, labels=()).notes.labels == ()
    assert shop.row_of(joan.id).role is Role.MEMBER


def test_a_new_name_shows_in_the_portal_and_in_the_history(shop: Shop) -> None:
    joan = shop.user(first_name="Joan", last_name="Murray")
    renamed = shop.change(joan.id, last_name="Clarke")
    assert renamed.notes.name == NameParts("Joan", "", "Clarke")
    assert shop.row_of(joan.id).name == "Joan Clarke"
    last = shop.history_of(joan.id)[-1]
    assert (last.act, last.details) == (Act.NAME_CORRECTED, {"old": "Joan Murray", "name": "Joan Clarke"})


def test_a_name_that_is_taken_back_leaves_what_the_portal_would_have_called_them(shop: Shop) -> None:
    joan = shop.user(first_name="Joan", last_name="Clarke")
    nameless = shop.change(joan.id, first_name="", last_name="")
    assert nameless.notes.name == NameParts()
    assert shop.row_of(joan.id).name == "joan"
    assert acts_of(shop, joan)[-1] is Act.NAME_CORRECTED


def test_what_is_noted_with_a_new_name_is_told_beside_it(shop: Shop) -> None:
    joan = shop.user(first_name="Joan")
    shop.change(joan.id, first_name="Jane", labels=("reader",))
    assert acts_of(shop, joan)[1:] == [Act.NAME_CORRECTED, Act.USER_CHANGED]


def test_who_was_renamed_in_the_portal_is_called_so_here(shop: Shop, olive: Person, people: People) -> None:
    joan = shop.user(first_name="Joan", last_name="Murray")
    by_admin = membership.rename(
        olive.portal, olive.session, joan.id, name="Joan Clarke", reason="married", proof="", origin=AT_HOME
    )
    granted(by_admin)
    assert shop.look(joan.id).notes.name == NameParts("Joan Clarke")
    parted = shop.change(joan.id, first_name="Joan", last_name="Clarke")
    assert parted.notes.name == NameParts("Joan", "", "Clarke")
    assert acts_of(shop, joan)[-1] is Act.USER_CHANGED


def test_a_member_who_chose_a_name_has_it_here_as_the_first_part(shop: Shop, ada: Person) -> None:
    account.rename(ada.portal, ada.session, name="Ada King", origin=AT_HOME)
    assert shop.look(ada.public_id).notes.name == NameParts("Ada King")
    assert shop.look(ada.public_id).notes == Notes(name=NameParts("Ada King"))


@pytest.mark.parametrize("email", ["joan@example.org", None])
def test_who_was_given_no_name_has_none_here_whatever_else_changes(
    shop: Shop, portal: Portal, email: str | None
) -> None:
    """What the portal calls them is no name that anybody gave."""
    joan = shop.user(email)
    nameless = NameParts()
    assert joan.notes.name == nameless
    assert shop.change(joan.id, external_id="u-1").notes.name == nameless
    if email is None:
        assert shop.change(joan.id, email="joan@example.org").notes.name == nameless
    forgotten = granted(users.forget_email(portal, shop.project, joan.id, origin=FROM_THE_SHOP))
    assert forgotten.notes.name == nameless
    unlinked = granted(users.forget_external_id(portal, shop.project, joan.id, origin=FROM_THE_SHOP))
    assert unlinked.notes.name == nameless


def test_an_address_is_given_to_who_has_none(shop: Shop, clock: TestClock) -> None:
    shop.user("bea@example.org")
    joan = shop.user(None)
    assert refusal(shop.try_change(joan.id, email="BEA@example.org")) is Why.ADDRESS_TAKEN
    changed = shop.change(joan.id, email="joan@example.org")
    assert (changed.email, changed.email_verified) == ("joan@example.org", False)
    assert shop.row_of(joan.id).email_changed_at == clock.now()
    assert acts_of(shop, joan) == [Act.USER_CREATED, Act.EMAIL_CHANGED]


def test_another_address_is_given_to_who_has_nothing_to_do_with_the_portal(shop: Shop, clock: TestClock) -> None:
    joan, bea = shop.user(), shop.user("bea@example.org")
    shop.verified(joan.id)
    assert shop.change(joan.id, email="JOAN@example.org").email_verified
    assert refusal(shop.try_change(joan.id, email="BEA@example.org", first_name="Joan")) is Why.ADDRESS_TAKEN
    assert acts_of(shop, joan) == [Act.USER_CREATED]
    clock.advance(hours=1)
    changed = shop.change(joan.id, email="new@example.org")
    assert (changed.email, changed.email_verified) == ("new@example.org", False)
    assert shop.row_of(joan.id).email_changed_at == clock.now()
    assert acts_of(shop, joan) == [Act.USER_CREATED, Act.EMAIL_CHANGED]
    assert shop.change(bea.id, email="joan@example.org").email == "joan@example.org"


def test_who_signs_in_to_the_portal_changes_the_address_there_alone(shop: Shop, ada: Person, portal: Portal) -> None:
    invited = shop.user()
    with portal.writing() as tx:
        members.change_status(tx.db, shop.row_of(invited.id).id, Status.INVITED)
    for named in (ada.public_id, invited.id):
        before = shop.look(named)
        assert refusal(shop.try_change(named, email="new@example.org", first_name="Joan")) is Why.ADDRESS_KEPT
        assert shop.look(named) == before
        assert shop.change(named, email=(before.email or "").upper()).email == before.email
    ada.sign_in()


def test_an_address_is_forgotten_and_free_for_others(shop: Shop, portal: Portal) -> None:
    joan = shop.user()
    forgotten = granted(users.forget_email(portal, shop.project, joan.id, origin=FROM_THE_SHOP))
    assert (forgotten.id, forgotten.email, forgotten.email_verified) == (joan.id, None, False)
    assert acts_of(shop, joan)[-1] is Act.EMAIL_CHANGED
    again = users.forget_email(portal, shop.project, joan.id, origin=FROM_THE_SHOP)
    assert refusal(again) is Why.UNKNOWN_ADDRESS
    assert shop.user().id != joan.id
    gone = users.forget_email(portal, shop.project, uuid4(), origin=FROM_THE_SHOP)
    assert refusal(gone) is Why.UNKNOWN_ADDRESS


def test_who_signs_in_to_the_portal_keeps_the_address(shop: Shop, ada: Person, olive: Person, portal: Portal) -> None:
    forgotten = users.forget_email(portal, shop.project, ada.public_id, origin=FROM_THE_SHOP)
    assert refusal(forgotten) is Why.NOT_OPEN
    invited = shop.user()
    with portal.writing() as tx:
        tx.db.exec_driver_sql("UPDATE member SET status = 'invited' WHERE email = 'joan@example.org'")
    forgotten = users.forget_email(portal, shop.project, invited.id, origin=FROM_THE_SHOP)
    assert refusal(forgotten) is Why.NOT_OPEN
    assert refusal(users.forget_email(portal, shop.project, olive.public_id, origin=FROM_THE_SHOP)) is Why.PORTAL_ROLE
    ada.sign_in()


def test_an_external_id_is_given_changed_and_forgotten(shop: Shop, portal: Portal) -> None:
    joan, bea = shop.user(external_id="u-1"), shop.user("bea@example.org")
    assert refusal(shop.try_change(bea.id, external_id="u-1")) is Why.EXTERNAL_ID_TAKEN
    assert shop.change(joan.id, external_id="u-1") == joan
    assert shop.change(joan.id, external_id="u-2").notes.external_id == "u-2"
    assert refusal(users.look(portal, shop.project, "u-1")) is Why.UNKNOWN_MEMBER
    assert shop.change(bea.id, external_id="u-1").notes.external_id == "u-1"
    forgotten = granted(users.forget_external_id(portal, shop.project, "u-2", origin=FROM_THE_SHOP))
    assert (forgotten.id, forgotten.notes.external_id) == (joan.id, None)
    assert refusal(users.look(portal, shop.project, "u-2")) is Why.UNKNOWN_MEMBER
    assert shop.change(bea.id, external_id="u-2").notes.external_id == "u-2"


# removing


def test_a_removed_user_is_nobodys_and_has_nothing_left(shop: Shop, kiosk: Shop, portal: Portal) -> None:
    joan = shop.enrolled(shop.user(external_id="u-1").id)
    shown = joan.comes_in()
    shop.clock.advance(seconds=30)
    elsewhere = kiosk.knows_as(joan).comes_in()
    assert shop.remove("u-1") == joan.id
    row = joan.row
    assert (row.status, row.authenticator_count, row.codes_left, row.password_hash) == (Status.REMOVED, 0, 0, None)
    assert refusal(users.look(portal, shop.project, joan.id)) is Why.UNKNOWN_MEMBER
    assert refusal(users.look(portal, shop.project, "u-1")) is Why.UNKNOWN_MEMBER
    assert refusal(shop.try_use(shown.token)) is Why.UNKNOWN_SESSION
    assert refusal(kiosk.try_use(elsewhere.token)) is Why.UNKNOWN_SESSION
    assert refusal(joan.try_code(joan.next_code())) is Why.UNKNOWN_MEMBER
    assert refusal(joan.try_recovery(joan.codes[0])) is Why.UNKNOWN_MEMBER
    assert shop.search().users == []
    assert refusal(shop.remove(joan.id)) is Why.UNKNOWN_MEMBER
    last = shop.history_of(joan.id)[-1]
    assert (last.act, last.actor_kind, last.project) == (Act.REMOVED, "project", "Shop")


def test_address_and_external_id_of_the_removed_are_free(shop: Shop, kiosk: Shop) -> None:
    joan = shop.user(external_id="u-1", first_name="Joan", labels=("reader",), trusted_metadata={"a": 1})
    kiosk.change(joan.id, external_id="k-1")
    shop.remove(joan.id)
    again = shop.user(external_id="u-1")
    assert again.id != joan.id
    assert again.notes == Notes("u-1")
    assert kiosk.change(again.id, external_id="k-1").notes.external_id == "k-1"


def test_external_ids_of_who_was_removed_in_the_portal_are_free(shop: Shop, olive: Person) -> None:
    joan = shop.user(external_id="u-1")
    asked: dict[str, Any] = {"reason": "left", "proof": "", "origin": AT_HOME}
    granted(membership.remove(olive.portal, olive.session, joan.id, **asked))
    assert shop.user(external_id="u-1").id != joan.id


def test_who_is_suspended_or_locked_by_a_person_is_not_removed(shop: Shop, olive: Person, ada: Person) -> None:
    """Or making the same user again would lift that."""
    bea = shop.enrolled(shop.user("bea@example.org").id)
    olive.does(locks.lock, ada)
    assert shop.remove(ada.public_id) == Refused(Why.LOCKED, lock=LockReason.ADMIN)
    with shop.portal.writing() as tx:
        members.change_status(tx.db, bea.row.id, Status.SUSPENDED)
    assert refusal(shop.remove(bea.id)) is Why.NOT_ACTIVE
    assert shop.look(ada.public_id).totps
    assert shop.look(bea.id).totps


def test_who_has_an_authenticator_is_removed_only_with_the_permission(shop: Shop, kiosk: Shop, ada: Person) -> None:
    assert refusal(kiosk.remove(ada.public_id)) is Why.NOT_PERMITTED
    assert ada.visitor()
    joan = shop.user()
    assert kiosk.remove(joan.id) == joan.id
    assert shop.remove(ada.public_id) == ada.public_id


# taking back


def test_who_was_removed_is_looked_at_and_taken_back_with_nothing_of_what_they_had(
    shop: Shop, portal: Portal, clock: TestClock
) -> None:
    noted: dict[str, Any] = {"external_id": "u-1", "first_name": "Joan", "labels": ("reader",)}
    joan = shop.enrolled(shop.user(**noted).id)
    shop.verified(joan.id)
    assert refusal(shop.take_back(joan.id)) is Why.NOT_REMOVED
    shop.remove(joan.id)
    gone = granted(users.look_at_removed(portal, shop.project, joan.id))
    assert (gone.id, gone.email, gone.status, gone.active) == (joan.id, "joan@example.org", Status.REMOVED, False)
    assert refusal(users.look_up(portal, shop.project, "joan@example.org")) is OUTSIDE
    back = granted(shop.take_back(joan.id))
    assert (back.id, back.email, back.email_verified, back.status) == (
        joan.id, "joan@example.org", False, Status.ACTIVE,
    )  # fmt: skip
    assert (back.notes, back.totps, back.has_password) == (Notes(name=NameParts("Joan")), (), False)
    assert shop.look(joan.id) == back == granted(users.look_up(portal, shop.project, "JOAN@example.org"))
    assert acts_of(shop, back)[-2:] == [Act.REMOVED, Act.REACTIVATED]
    assert refusal(joan.try_code(joan.next_code())) is Why.NOT_ENROLLED
    assert joan.row.enrols_with_pass
    assert not joan.row.password_hash
    again = shop.enrolled(joan.id)
    assert refusal(again.try_recovery(joan.codes[0])) is Why.WRONG_CODE


def test_nobody_is_taken_back_whose_address_is_somebody_elses_by_now(shop: Shop, portal: Portal) -> None:
    joan, nemo = shop.user(), shop.user(None)
    shop.remove(joan.id)
    shop.remove(nemo.id)
    bea = shop.user("JOAN@example.org")
    assert refusal(shop.take_back(joan.id)) is Why.ADDRESS_TAKEN
    assert granted(shop.take_back(nemo.id)).email is None
    shop.remove(bea.id)
    assert granted(shop.take_back(joan.id)).email == "joan@example.org"
    assert refusal(shop.take_back(bea.id)) is Why.ADDRESS_TAKEN
    with portal.writing() as tx:
        erasing.erase(tx.db, shop.row_of(bea.id))
    assert refusal(shop.take_back(bea.id)) is OUTSIDE
    assert refusal(users.look_at_removed(portal, shop.project, bea.id)) is OUTSIDE


def test_nobody_of_another_organization_or_with_a_role_is_taken_back(
    shop: Shop, mill: Shop, olive: Person, people: People, portal: Portal
) -> None:
    miller, grace = mill.user(), people.admin()
    mill.remove(miller.id)
    granted(olive.does(membership.remove, grace))
    for somebody in (miller.id, uuid4()):
        assert refusal(shop.take_back(somebody)) is OUTSIDE
        assert refusal(users.look_at_removed(portal, shop.project, somebody)) is OUTSIDE
    assert refusal(users.look_up(portal, shop.project, "joan@example.org")) is OUTSIDE
    assert refusal(shop.take_back(grace.public_id)) is Why.PORTAL_ROLE
    assert shop.row_of(grace.public_id).status is Status.REMOVED


# what an application says for itself


def test_whether_a_second_factor_is_wanted_is_the_applications_word_while_there_is_none(shop: Shop) -> None:
    joan = shop.user(breakglass=True, wants_second_factor=True)
    assert (joan.notes.breakglass, joan.asked_for_second_factor, joan.totp) == (True, True, None)
    assert not shop.change(joan.id, wants_second_factor=False).asked_for_second_factor
    customer = shop.enrolled(joan.id)
    enrolled = shop.look(joan.id)
    assert (enrolled.notes.wants_second_factor, enrolled.asked_for_second_factor) == (False, True)
    refused = shop.try_change(joan.id, wants_second_factor=False, breakglass=False)
    assert refusal(refused) is Why.STAYS_ENROLLED
    assert shop.look(joan.id) == enrolled
    assert not shop.change(joan.id, breakglass=False, wants_second_factor=True).notes.breakglass
    assert customer.row.authenticator_count == 1


def test_who_is_kept_out_gives_up_neither_address_nor_id(shop: Shop, portal: Portal) -> None:
    """Or somebody would be let in under these, who is the same person."""
    joan, bea = shop.user(external_id="u-1"), shop.user("bea@example.org", external_id="u-2")
    with portal.writing() as tx:
        members.change_status(tx.db, shop.row_of(joan.id).id, Status.SUSPENDED)
        members.lock(tx.db, shop.row_of(bea.id).id, LockReason.ADMIN, tx.now)
    for user, why in ((joan, Why.NOT_ACTIVE), (bea, Why.LOCKED)):
        before = shop.look(user.id)
        assert refusal(shop.try_change(user.id, email="new@example.org")) is why
        assert refusal(shop.try_change(user.id, external_id="u-9")) is why
        assert refusal(users.forget_email(portal, shop.project, user.id, origin=FROM_THE_SHOP)) is why
        assert refusal(users.forget_external_id(portal, shop.project, user.id, origin=FROM_THE_SHOP)) is why
        assert shop.look(user.id) == before
        assert shop.change(user.id, labels=("reader",)).notes.labels == ("reader",)


# of whom


def test_members_of_the_portal_are_users_as_well(shop: Shop, ada: Person, newcomer_with_password: Person) -> None:
    seen = shop.look(ada.public_id)
    assert (seen.email, seen.has_password, [one.verified for one in seen.totps]) == (ada.email, True, [True])
    assert shop.look(newcomer_with_password.public_id).totps == ()
    changed = shop.change(ada.public_id, external_id="u-ada", untrusted_metadata={"theme": "dark"})
    assert shop.look("u-ada") == changed
    assert (changed.notes.name, changed.role) == (NameParts("Ada"), Role.MEMBER)


@pytest.fixture
def newcomer_with_password(people: People) -> Person:
    return people.newcomer("bea@example.org")


WRITING: dict[str, Callable[[Shop, Any], object]] = {
    "change": lambda shop, named: shop.try_change(named, labels=("owner",)),
    "rename": lambda shop, named: shop.try_change(named, first_name="Mallory"),
    "give address": lambda shop, named: shop.try_change(named, email="mallory@example.org"),
    "give id": lambda shop, named: shop.try_change(named, external_id="u-9"),
    "forget id": lambda shop, named: users.forget_external_id(shop.portal, shop.project, named, origin=FROM_THE_SHOP),
    "remove": lambda shop, named: shop.remove(named),
}
each_writing = pytest.mark.parametrize("act", WRITING.values(), ids=WRITING)


@each_writing
@pytest.mark.parametrize("role", [Role.ADMIN, Role.OWNER])
def test_nothing_reaches_who_has_a_role_in_the_portal(
    shop: Shop, people: People, role: Role, act: Callable[[Shop, Any], object]
) -> None:
    person = people.ready("boss@example.org", role=role)
    before, acts = shop.look(person.public_id), person.acts
    assert refusal(act(shop, person.public_id)) is Why.PORTAL_ROLE
    assert (shop.look(person.public_id), person.acts) == (before, acts)
    assert person.visitor()


@each_writing
def test_a_user_of_another_organization_is_unknown(shop: Shop, mill: Shop, act: Callable[[Shop, Any], object]) -> None:
    miller = mill.user("miller@example.org", external_id="m-1")
    assert refusal(act(shop, miller.id)) is OUTSIDE
    assert refusal(act(shop, "m-1")) is OUTSIDE
    assert refusal(act(shop, uuid4())) is OUTSIDE
    assert mill.look(miller.id) == miller


def test_nor_can_a_user_of_another_organization_be_looked_at(shop: Shop, mill: Shop, portal: Portal) -> None:
    miller = mill.user("miller@example.org", external_id="m-1")
    for named in (miller.id, "m-1"):
        assert refusal(users.look(portal, shop.project, named)) is OUTSIDE
    assert shop.search().users == []


def test_what_one_application_notes_no_other_reads(shop: Shop, kiosk: Shop) -> None:
    noted: dict[str, Any] = {"external_id": "u-1", "first_name": "Joan", "labels": ("reader",)}
    joan = shop.user(**noted, trusted_metadata={"a": 1}, untrusted_metadata={"b": 2}, pending=True)
    seen = kiosk.look(joan.id)
    assert seen.notes == Notes(name=NameParts("Joan"))
    assert seen.active
    kiosk.change(joan.id, labels=("till",), trusted_metadata={"c": 3})
    assert shop.look(joan.id) == joan


def test_a_project_of_the_installation_has_no_users(
    harbour: int, portal: Portal, clock: TestClock, ada: Person
) -> None:
    whole = shops.opened(portal, clock, "Everything", organization=None)
    assert refusal(whole.try_user()) is OUTSIDE
    assert refusal(users.look(portal, whole.project, ada.public_id)) is OUTSIDE
    assert refusal(whole.try_change(ada.public_id, labels=())) is OUTSIDE
    assert refusal(whole.remove(ada.public_id)) is OUTSIDE
    assert refusal(whole.try_begin(ada.public_id)) is OUTSIDE
    assert refusal(whole.delete(ada.authenticators[0].public_id)) is Why.UNKNOWN_AUTHENTICATOR
    assert whole.search().users == []


# what is seen of a user


def test_a_lock_shows_for_as_long_as_it_holds(shop: Shop, ada: Person, olive: Person, clock: TestClock) -> None:
    ada.fail(10)
    lock = shop.look(ada.public_id).lock
    assert lock is not None
    assert (lock.reason, lock.since) == ("attempts", clock.now())
    assert lock.until is not None
    clock.set(lock.until)
    assert shop.look(ada.public_id).lock is None
    olive.sign_in()
    olive.does(locks.lock, ada)
    lock = shop.look(ada.public_id).lock
    assert lock is not None
    assert (lock.reason, lock.until, lock.since) == ("admin", None, clock.now())


def test_who_is_suspended_is_seen_and_not_active(shop: Shop, ada: Person, olive: Person) -> None:
    olive.does(membership.suspend, ada)
    seen = shop.look(ada.public_id)
    assert (seen.status, seen.active) == (Status.SUSPENDED, False)
    assert shop.change(ada.public_id, labels=("reader",)).notes.labels == ("reader",)


def test_a_user_takes_up_the_portal_by_a_password_link(shop: Shop, portal: Portal, people: People) -> None:
    joan = shop.user()
    row = shop.row_of(joan.id)
    person = Person(portal, people.clock, row.id, row.organization_id, "joan@example.org", NEW_PASSWORD)
    assert isinstance(person.try_password(), Refused)
    granted(password_link.use(portal, person.given_password_link(), NEW_PASSWORD, AT_HOME))
    person.enrol()
    assert shop.look(joan.id).has_password
    assert [one.verified for one in shop.look(joan.id).totps] == [True]
