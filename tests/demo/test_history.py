"""The invented organization: somebody is in every state, and what was printed opens the door right away."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.config import Settings
from app.demo import history
from app.demo.people import CAST, ORGANIZATION, Story
from app.demo.stories import PLOTS
from app.demo.timeline import LedClock
from app.domain.attempts import LockReason
from app.domain.lists import Factor, Wanted
from app.domain.members import Role, Status
from app.domain.passwords import PasswordHasher, objection
from app.domain.sessions import Proof, Session
from app.opening import open_portal
from app.services import audit, figures, members, organization
from app.services.members import Profile
from tests.demo.conftest import Made
from tests.support.otp import secret_from_key

OWNER, ADMIN, MEMBER = range(3)
NOTED = {
    "organization.created", "member.owner_created", "password.accepted", "password.refused", "password.stopped",
    "password_link.made", "password_link.used", "session.signed_in", "session.signed_in_without_second_factor",
    "session.signed_out", "second_factor.refused", "second_factor.failures_noticed", "second_factor.locked",
    "second_factor.door_closed", "second_factor.unlocked", "enrolment.begun", "enrolment.code_refused",
    "authenticator.added", "authenticator.replaced", "authenticator.removed", "recovery_codes.made",
    "recovery_codes.regenerated", "recovery_codes.voided", "recovery_codes.downloaded", "recovery_codes.printed",
    "recovery_codes.acknowledged", "recovery_codes.spent", "pass.made", "pass.used", "pass.spent",
    "member.name_changed", "member.name_corrected",
    "member.panicked", "member.invited", "member.role_changed", "member.email_changed",
    "member.suspended", "member.reactivated", "member.removed", "member.locked", "session.all_ended",
    "invitation.renewed", "invitation.revoked", "invitation.accepted", "organization.changed",
    "organization.members_exported", "project.created", "user.verified", "recovery_codes.read",
}  # fmt: skip


@pytest.fixture(scope="session")
def profiles(made: Made, owners: Session) -> list[Profile]:
    lines = [
        line
        for wanted in (Wanted(), Wanted(status=Status.REMOVED))
        for line in members.page(made.portal, owners, wanted, length=100).lines
    ]
    return [profile for line in lines if (profile := members.look(made.portal, owners, line.public_id))]


def test_there_are_sixty_people(made: Made, owners: Session) -> None:
    assert members.page(made.portal, owners, Wanted()).found.number == 60


def test_every_story_is_told_and_every_part_has_one() -> None:
    assert {part.story for part in CAST} == set(PLOTS) == set(Story)


@pytest.mark.parametrize(
    "wanted",
    [
        *(Wanted(factor=factor) for factor in Factor),
        *(Wanted(status=status) for status in Status),
        *(Wanted(role=role) for role in Role),
        *(Wanted(status=Status.ACTIVE, role=role) for role in Role),
    ],
)
def test_each_filter_of_the_list_finds_somebody(made: Made, owners: Session, wanted: Wanted) -> None:
    assert members.page(made.portal, owners, wanted).lines


@pytest.mark.parametrize(
    "fits",
    [
        pytest.param(lambda one: one.line.authenticator_count == 5, id="five authenticators"),
        pytest.param(lambda one: one.line.codes_left == 0 and one.line.authenticator_count, id="no codes left"),
        pytest.param(lambda one: one.line.codes_left == 1, id="one code left"),
        pytest.param(
            lambda one: one.line.last_sign_in_at is None and one.line.status is Status.ACTIVE, id="never signed in"
        ),
        pytest.param(lambda one: one.line.codes_pending and one.line.codes_left, id="codes not saved"),
        pytest.param(lambda one: one.open_sessions, id="signed in just now"),
        pytest.param(lambda one: _locked(one, LockReason.ATTEMPTS), id="locked by attempts"),
        pytest.param(lambda one: _locked(one, LockReason.ADMIN), id="locked by an administrator"),
        pytest.param(lambda one: _locked(one, LockReason.PANIC), id="locked by the panic button"),
        pytest.param(lambda one: one.any_door_closed, id="a door closed"),
        pytest.param(lambda one: one.password_stopped_at, id="password stopped"),
        pytest.param(lambda one: one.only_known_browsers, id="only known browsers"),
        pytest.param(lambda one: one.added_unseen_at, id="added from an unknown browser"),
        pytest.param(lambda one: one.pass_objection and one.email_changed_at, id="address changed lately"),
        pytest.param(lambda one: _has_pass(one, spent=True), id="pass used"),
        pytest.param(lambda one: _has_pass(one, spent=False, open_=True), id="pass open"),
        pytest.param(lambda one: _has_pass(one, spent=False, open_=False), id="pass run out"),
        pytest.param(lambda one: any(made.by_operator for made in one.passes), id="pass by the operator"),
        pytest.param(
            lambda one: one.invitation is not None and one.invitation.expires_at > one.now, id="invitation open"
        ),
        pytest.param(
            lambda one: one.invitation is not None and one.invitation.expires_at <= one.now, id="invitation run out"
        ),
        pytest.param(lambda one: one.invitation is None and one.line.status is Status.INVITED, id="invitation revoked"),
    ],
)
def test_somebody_is_in_each_state(profiles: list[Profile], fits: Callable[[Profile], object]) -> None:
    assert [one.line.name for one in profiles if fits(one)]


def test_the_second_factor_will_be_required_before_long(made: Made, owners: Session) -> None:
    seen = organization.overview(made.portal, owners)
    assert not seen.organization.requires_second_factor(made.portal.clock.now())
    assert seen.organization.requires_second_factor(made.portal.clock.now() + timedelta(days=17))
    assert seen.readiness.ready.number > 35


def test_the_log_goes_back_months_and_ends_minutes_ago(made: Made, owners: Session) -> None:
    now = made.portal.clock.now()
    history_of_all = audit.page(made.portal, owners, audit.Wanted(), length=5000).events
    events = [event for event in history_of_all if event.origin.address != "127.0.0.1"]  # not by these tests
    moments = [event.at for event in events]
    assert moments == sorted(moments, reverse=True)
    assert timedelta(0) < now - moments[0] < timedelta(minutes=20)
    assert now - moments[-1] > timedelta(days=150)
    assert {act.value for act in {event.act for event in events}} == NOTED


@pytest.mark.parametrize("number", [OWNER, ADMIN, MEMBER])
def test_the_printed_sign_in_data_work_at_once(made: Made, owners: Session, number: int) -> None:
    who = made.people[number]
    assert who.role == ["owner", "admin", "member"][number]
    assert members.page(made.portal, owners, Wanted(search=who.email)).lines[0].name == who.name
    if number != OWNER:  # who has typed that code already
        assert made.signs_in(who).proof is Proof.TOTP


def test_the_printed_recovery_codes_of_the_member_work_too(made: Made) -> None:
    who = made.people[MEMBER]
    assert [made.signs_in(who, code).proof for code in who.codes[:2]] == [Proof.RECOVERY_CODE] * 2


def test_the_printed_key_is_the_one_of_the_uri(made: Made) -> None:
    for who in made.people:
        assert f"secret={who.key}" in who.uri
        assert len(secret_from_key(who.key)) == 20


def test_the_printed_passwords_are_such_as_the_portal_takes(made: Made) -> None:
    assert [objection(who.password, [who.name, who.email, ORGANIZATION]) for who in made.people] == [None] * 3


def test_it_can_be_made_on_a_sunday_at_midnight(tmp_path: Path, hasher: PasswordHasher) -> None:
    end = datetime(2026, 3, 1, 0, 10, tzinfo=UTC)
    clock = LedClock(end - timedelta(days=200))
    portal = open_portal(Settings(instance=tmp_path, address_limit=0), migrate=True, clock=clock)
    history.make(replace(portal, hasher=hasher), clock, end)
    portal.database.close()
    assert clock.now() < end


def _locked(one: Profile, reason: LockReason) -> bool:
    return one.line.lock is not None and one.line.lock.reason is reason and one.line.lock.holds_at(one.now)


def _has_pass(one: Profile, *, spent: bool, open_: bool | None = None) -> bool:
    return any(
        bool(made.spent_at) is spent and (open_ is None or (made.expires_at > one.now) is open_) for made in one.passes
    )


def test_there_are_months_of_figures_for_the_chart(made: Made, owners: Session) -> None:
    course = figures.course(made.portal, owners)
    assert len(course) > 140
    assert len(course) < (course[-1].day - course[0].day).days  # some days are missing, as they are in earnest
    assert course[0].active < 5
    assert course[-1].ready > 20
    now = organization.overview(made.portal, owners).readiness
    assert abs(course[-1].active - now.active.number) <= 3
