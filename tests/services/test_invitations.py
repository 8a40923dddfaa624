"""Inviting people, and taking an invitation up."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.domain.events import Act
from app.domain.invitations import Flaw, read_rows
from app.domain.members import Role, Status
from app.domain.refusals import Refused, Why
from app.services import enrolment, invitations, membership, password_link
from app.services.invitations import Invitation, InvitationFor, Invited
from app.steps.administration import Done, NotAnAdministratorError
from app.steps.sessions import Begun
from app.storage import members
from tests.support.clock import TestClock
from tests.support.people import AT_HOME, ELSEWHERE, PASSWORD, People, Person, granted, refusal

BOB = "Bob Baker <bob@example.org>"


def try_invite(by: Person, pasted: str, proof: str = "") -> Invited | Refused:
    return invitations.invite(by.portal, by.session, read_rows(pasted), proof=proof, origin=AT_HOME)


def invite(by: Person, pasted: str = BOB) -> Invitation:
    (made,) = granted(try_invite(by, pasted)).made
    return made


def person(by: Person, invited: Invitation) -> Person:
    with by.portal.reading() as tx:
        found = members.find_in(tx.db, by.organization_id, invited.member)
    assert found
    return Person(by.portal, by.clock, found.id, found.organization_id, invited.email, origin=ELSEWHERE)


def accept(by: Person, invited: Invitation, *, name: str = "Bob Baker", password: str = PASSWORD) -> Begun | Refused:
    return invitations.accept(by.portal, invited.token, name=name, password=password, origin=ELSEWHERE)


def judged(by: Person, pasted: str) -> list[Flaw | None]:
    """What the preview says of each row; inviting says the same."""
    flaws = [row.flaw for row in invitations.preview(by.portal, by.session, read_rows(pasted))]
    done = granted(try_invite(by, pasted))
    assert [row.flaw for row in done.left_out] == [flaw for flaw in flaws if flaw]
    assert len(done.made) == flaws.count(None)
    return flaws


# inviting


def test_an_invitation_is_a_member_to_be_with_a_link_for_a_day(grace: Person, clock: TestClock) -> None:
    made = invite(grace)
    bob = person(grace, made)
    assert (bob.row.name, bob.row.email, bob.row.role, bob.row.status) == (
        "Bob Baker", "bob@example.org", Role.MEMBER, Status.INVITED,
    )  # fmt: skip
    assert made.valid_until == clock.advance(hours=24)
    assert [(one.act, one.by and one.by.name, one.details) for one in bob.history] == [
        (Act.INVITED, "Grace", {"role": "member"})
    ]


def test_many_are_invited_at_once_and_each_gets_a_link_of_their_own(grace: Person) -> None:
    done = granted(try_invite(grace, "Name,Mail\nbob@example.org\nCleo,cleo@example.org\n"))
    assert [one.email for one in done.made] == ["bob@example.org", "cleo@example.org"]
    assert len({one.token for one in done.made}) == 2
    assert done.left_out == []


def test_rows_that_cannot_be_invited_are_left_out_and_named(people: People, olive: Person, ada: Person) -> None:
    invite(olive)
    people.with_status(Status.SUSPENDED, "sue@example.org")
    pasted = "\n".join(
        ["ADA@example.org", "bob@example.org", "sue@example.org", "no address", "cleo@example.org", "Cleo@example.org"]
    )
    assert judged(olive, pasted) == [
        Flaw.MEMBER_ALREADY,
        Flaw.INVITED_ALREADY,
        Flaw.MEMBER_ALREADY,
        Flaw.NO_ADDRESS,
        None,
        Flaw.DOUBLED,
    ]
    assert ada.row.status is Status.ACTIVE


def test_the_preview_invites_nobody(grace: Person) -> None:
    (row,) = invitations.preview(grace.portal, grace.session, read_rows(BOB))
    assert row.flaw is None
    with grace.portal.reading() as tx:
        assert members.find_by_email(tx.db, grace.organization_id, "bob@example.org") is None


def test_an_admin_invites_members_only(grace: Person) -> None:
    assert judged(grace, "a@x.org,admin\no@x.org,owner\nm@x.org,member") == [
        Flaw.ROLE_TOO_HIGH,
        Flaw.ROLE_TOO_HIGH,
        None,
    ]


def test_an_owner_invites_every_role(olive: Person) -> None:
    done = granted(try_invite(olive, "a@x.org,admin\no@x.org,owner\nm@x.org"))
    assert [person(olive, one).row.role for one in done.made] == [Role.ADMIN, Role.OWNER, Role.MEMBER]


def test_an_address_of_another_organization_or_of_the_removed_is_free(people: People, grace: Person) -> None:
    people.newcomer("bob@example.org", slug="other")
    gone = people.ready("cleo@example.org")
    granted(grace.does(membership.remove, gone))
    assert judged(grace, "bob@example.org\ncleo@example.org") == [None, None]


def test_inviting_is_fresh(grace: Person, clock: TestClock) -> None:
    clock.advance(minutes=5)
    assert refusal(try_invite(grace, BOB)) is Why.NEEDS_PROOF
    done = granted(try_invite(grace, BOB, proof=grace.totp()))
    assert len(done.made) == 1
    assert done.token


def test_members_invite_nobody(ada: Person) -> None:
    with pytest.raises(NotAnAdministratorError):
        try_invite(ada, BOB)
    with pytest.raises(NotAnAdministratorError):
        invitations.preview(ada.portal, ada.session, read_rows(BOB))


# what the invited can do before


def test_the_invited_are_refused_at_the_sign_in_like_unknown_people(grace: Person) -> None:
    bob = person(grace, invite(grace))
    unknown = Person(grace.portal, grace.clock, 0, grace.organization_id, "nobody@example.org")
    assert bob.try_password() == unknown.try_password() == Refused(Why.WRONG_PASSWORD)


def test_the_link_says_whom_it_is_for(grace: Person) -> None:
    made = invite(grace)
    assert invitations.look(grace.portal, made.token) == InvitationFor(
        "Bob Baker", "bob@example.org", Role.MEMBER, "Harbour", made.valid_until
    )
    assert invitations.look(grace.portal, "another token") is None


# taking it up


def test_who_accepts_sets_a_password_and_enrols_in_one_visit(grace: Person) -> None:
    made = invite(grace)
    bob = person(grace, made)
    begun = granted(accept(grace, made)).sign_in
    assert bob.row.status is Status.ACTIVE
    app = bob.scan(begun)
    granted(bob.try_confirm(begun, app.code(bob.clock.now())))
    bob.apps.append(app)
    bob.acknowledge()
    bob.sign_in()
    assert bob.acts[:4] == [Act.INVITED, Act.INVITATION_ACCEPTED, Act.SIGNED_IN, Act.AUTHENTICATOR_ADDED]


def test_the_link_vouches_for_the_browser(grace: Person) -> None:
    made = invite(grace)
    bob = person(grace, made)
    begun = granted(accept(grace, made)).sign_in
    granted(bob.try_confirm(begun, bob.scan(begun).code(bob.clock.now())))
    added = next(one for one in bob.history if one.act is Act.AUTHENTICATOR_ADDED)
    assert added.details["unknown_browser"] is False


def test_it_does_not_vouch_for_an_enrolment_begun_later(grace: Person) -> None:
    made = invite(grace)
    bob = person(grace, made)
    granted(accept(grace, made))
    bob.enrol()
    added = next(one for one in bob.history if one.act is Act.AUTHENTICATOR_ADDED)
    assert added.details["unknown_browser"] is True


def test_an_invitation_is_taken_up_once(grace: Person) -> None:
    made = invite(grace)
    granted(accept(grace, made))
    assert refusal(accept(grace, made, password="another password entirely")) is Why.EXPIRED
    granted(person(grace, made).try_password())


def test_who_accepts_may_say_another_name(grace: Person) -> None:
    made = invite(grace, "bob@example.org")
    granted(accept(grace, made, name="Robert"))
    bob = person(grace, made)
    assert bob.row.name == "Robert"
    assert bob.column("search_text") == "robert bob@example.org"


@pytest.mark.parametrize("password", ["short", "bob@example.org", "passwordpassword"])
def test_an_unfit_password_keeps_the_link(grace: Person, password: str) -> None:
    made = invite(grace)
    refused = accept(grace, made, password=password)
    assert refusal(refused) is Why.UNFIT_PASSWORD
    assert isinstance(refused, Refused)
    assert refused.sentence
    assert person(grace, made).row.status is Status.INVITED
    granted(accept(grace, made))


def test_an_invitation_lives_for_a_day(grace: Person, clock: TestClock) -> None:
    early, late = invite(grace), invite(grace, "cleo@example.org")
    clock.advance(hours=24, seconds=-1)
    granted(accept(grace, early))
    clock.advance(seconds=1)
    assert invitations.look(grace.portal, late.token) is None
    assert refusal(accept(grace, late)) is Why.EXPIRED
    assert person(grace, late).row.status is Status.INVITED


def test_an_invitation_is_no_password_link_and_a_password_link_no_invitation(grace: Person, ada: Person) -> None:
    made = invite(grace)
    assert password_link.look(grace.portal, made.token) is None
    assert invitations.look(grace.portal, ada.given_password_link()) is None


# renewing and revoking


def test_a_new_link_voids_the_one_before(grace: Person, clock: TestClock) -> None:
    old = invite(grace)
    bob = person(grace, old)
    clock.advance(minutes=4)
    new = granted(grace.does(invitations.renew, bob, reason="was on holiday")).made
    assert new.valid_until - old.valid_until == timedelta(minutes=4)
    assert refusal(accept(grace, old)) is Why.EXPIRED
    granted(accept(grace, new))
    assert bob.done_by_others()[-1] == (Act.INVITATION_RENEWED, "Grace", "was on holiday")


def test_a_link_that_ran_out_or_was_revoked_can_be_renewed(grace: Person, clock: TestClock) -> None:
    bob = person(grace, invite(grace))
    clock.advance(days=2)
    grace.sign_in()
    granted(grace.does(invitations.renew, bob))
    granted(grace.does(invitations.revoke, bob))
    new = granted(grace.does(invitations.renew, bob)).made
    granted(accept(grace, new))


def test_a_revoked_link_works_no_more_and_its_member_stays_invited(grace: Person) -> None:
    made = invite(grace)
    bob = person(grace, made)
    done = granted(grace.does(invitations.revoke, bob, reason="wrong person"))
    assert done.name == "Bob Baker"
    assert refusal(accept(grace, made)) is Why.EXPIRED
    assert bob.row.status is Status.INVITED
    assert bob.done_by_others()[-1] == (Act.INVITATION_REVOKED, "Grace", "wrong person")


def test_what_is_revoked_cannot_be_revoked_again(grace: Person) -> None:
    bob = person(grace, invite(grace))
    granted(grace.does(invitations.revoke, bob))
    assert refusal(grace.does(invitations.revoke, bob)) is Why.OUTDATED


def test_who_has_accepted_is_not_invited_again(grace: Person) -> None:
    made = invite(grace)
    granted(accept(grace, made))
    bob = person(grace, made)
    assert refusal(grace.does(invitations.renew, bob)) is Why.OUTDATED
    assert refusal(grace.does(invitations.revoke, bob)) is Why.OUTDATED


@pytest.mark.parametrize(
    ("act", "more"), [(membership.remove, {}), (membership.change_email, {"email": "bobby@example.org"})]
)
def test_removal_and_a_corrected_address_void_the_link(
    grace: Person, act: Callable[..., Done[None] | Refused], more: dict[str, str]
) -> None:
    made = invite(grace)
    granted(grace.does(act, person(grace, made), **more))
    assert refusal(accept(grace, made)) is Why.EXPIRED


def test_a_corrected_address_is_the_one_that_signs_in(grace: Person) -> None:
    bob = person(grace, invite(grace))
    granted(grace.does(membership.change_email, bob, email="bobby@example.org"))
    new = granted(grace.does(invitations.renew, bob)).made
    assert new.email == "bobby@example.org"
    granted(accept(grace, new))
    granted(person(grace, new).try_password())


def test_a_new_role_voids_the_link_that_somebody_may_have_kept(olive: Person) -> None:
    made = invite(olive)
    granted(olive.does(membership.change_role, person(olive, made), role=Role.ADMIN))
    assert refusal(accept(olive, made)) is Why.EXPIRED
    renewed = granted(olive.does(invitations.renew, person(olive, made))).made
    granted(accept(olive, renewed))
    assert person(olive, made).row.role is Role.ADMIN


def test_a_name_of_ones_own_at_the_acceptance_is_written_down(grace: Person) -> None:
    made = invite(grace)
    granted(accept(grace, made, name="Somebody Else"))
    assert Act.NAME_CHANGED in person(grace, made).acts


def test_an_admin_renews_no_invitation_of_an_admin(olive: Person, grace: Person) -> None:
    made = invite(olive, "bob@example.org,admin")
    bob = person(olive, made)
    assert refusal(grace.does(invitations.renew, bob)) is Why.NOT_YOURS
    assert refusal(grace.does(invitations.revoke, bob)) is Why.NOT_YOURS
    granted(accept(olive, made))


def test_where_it_is_not_required_who_accepted_may_enrol_later(people: People, grace: Person) -> None:
    people.require_second_factor(None)
    made = invite(grace)
    granted(accept(grace, made))
    bob = person(grace, made)
    bob.postpone()
    granted(enrolment.start(bob.portal, bob.session, replace=None, proof="", origin=ELSEWHERE))
