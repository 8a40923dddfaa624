"""Who may act on whom, and who may give which role: the whole table."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from app.domain.members import Member, Role, Status
from app.domain.rights import administers, grantable, may_act_on

SOMEBODY = Member(
    id=1,
    public_id=UUID(int=1),
    organization_id=1,
    role=Role.MEMBER,
    status=Status.ACTIVE,
    name="Somebody",
    email_verified=False,
    email=None,
    password_hash=None,
    password_changed_at=None,
    password_stopped_at=None,
    lock=None,
    failures_in_row=0,
    locks_in_row=0,
    authenticator_count=0,
    codes_left=0,
    code_generation=0,
    codes_pending=False,
    enrols_with_pass=False,
    last_sign_in_at=None,
    email_changed_at=None,
    made_at=datetime(2026, 5, 4, tzinfo=UTC),
)
MAY = {
    (Role.OWNER, Role.OWNER),
    (Role.OWNER, Role.ADMIN),
    (Role.OWNER, Role.MEMBER),
    (Role.ADMIN, Role.MEMBER),
}


@pytest.mark.parametrize("other", list(Role))
@pytest.mark.parametrize("own", list(Role))
def test_owners_act_on_everybody_and_others_only_on_those_below(own: Role, other: Role) -> None:
    actor, who = replace(SOMEBODY, role=own), replace(SOMEBODY, id=2, role=other)
    assert may_act_on(actor, who) is ((own, other) in MAY)


@pytest.mark.parametrize("role", list(Role))
def test_nobody_acts_on_themselves(role: Role) -> None:
    oneself = replace(SOMEBODY, role=role)
    assert not may_act_on(oneself, replace(oneself, name="Seen elsewhere"))


@pytest.mark.parametrize(
    ("role", "given"),
    [
        (Role.OWNER, [Role.MEMBER, Role.ADMIN, Role.OWNER]),
        (Role.ADMIN, [Role.MEMBER]),
        (Role.MEMBER, []),
    ],
)
def test_everybody_gives_what_is_below_them_and_owners_their_own(role: Role, given: list[Role]) -> None:
    assert grantable(role) == given


def test_members_administer_nothing() -> None:
    assert [role for role in Role if administers(role)] == [Role.OWNER, Role.ADMIN]
