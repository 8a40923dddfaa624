"""Recovery codes of members through Stytch's own client: read, replaced and spent."""

import pytest
import stytch

from app.domain.events import Act
from app.domain.recovery_codes import Visibility
from app.storage import events
from tests.support.applications import Application, StytchMember, chosen, mistyped, told, wrong_recovery_code
from tests.support.clock import TestClock
from tests.support.people import People

WRONG = (401, "unable_to_authenticate_recovery_code")
NONE_HERE = (404, "recovery_codes_not_found")


def test_codes_are_read_again_and_spent_in_any_order_however_they_are_typed(enrolled_member: StytchMember) -> None:
    client, codes = enrolled_member.client, enrolled_member.codes
    read = client.recovery_codes.get(**enrolled_member.named)
    assert (read.status_code, read.member_id, read.recovery_codes) == (200, enrolled_member.member_id, codes)
    assert read.member == enrolled_member.looked_at()
    assert read.organization.organization_id == enrolled_member.organization_id
    typed = {9: codes[9], 3: codes[3].upper(), 0: codes[0].replace("-", " "), 5: codes[5].replace("0", "o")}
    for left, (number, code) in zip((9, 8, 7, 6), typed.items(), strict=True):
        done = enrolled_member.recovers(code)
        assert (done.status_code, done.recovery_codes_remaining) == (200, left)
        assert told(enrolled_member.recovers, code=codes[number]) == WRONG
    left_over = [code for number, code in enumerate(codes) if number not in typed]
    assert client.recovery_codes.get(**enrolled_member.named).recovery_codes == left_over
    for left, code in zip((5, 4, 3, 2, 1, 0), left_over, strict=True):
        assert enrolled_member.recovers(code).recovery_codes_remaining == left
    assert client.recovery_codes.get(**enrolled_member.named).recovery_codes == []


def test_recovering_answers_like_authenticating(enrolled_member: StytchMember) -> None:
    done = enrolled_member.recovers(session_duration_minutes=30, session_custom_claims={"cart": 3})
    assert (done.member_id, done.member, done.member_device) == (
        enrolled_member.member_id,
        enrolled_member.looked_at(),
        None,
    )
    assert done.member_session
    assert done.member_session.custom_claims == {"cart": 3}
    [factor] = done.member_session.authentication_factors
    assert (factor.type.value, factor.delivery_method.value) == ("recovery_codes", "recovery_code")
    assert factor.recovery_code_factor
    assert factor.recovery_code_factor.totp_recovery_code_id.startswith("totp-recovery-code-live-")


def test_a_mistyped_code_costs_nothing_and_a_wrong_one_does(enrolled_member: StytchMember, suite: Application) -> None:
    for code in (mistyped(enrolled_member.codes[0]), "", "x", "x" * 65, "\u24b6"):
        assert told(enrolled_member.recovers, code=code) == (400, "invalid_recovery_code"), code
    of_the_phone = (400, "totp_code_used_as_recovery_code")
    assert told(enrolled_member.recovers, code=enrolled_member.phone.next_code()) == of_the_phone
    assert suite.member(enrolled_member.uuid).failures_in_row == 0
    assert told(enrolled_member.recovers, code=wrong_recovery_code()) == WRONG
    assert suite.member(enrolled_member.uuid).failures_in_row == 1


def test_new_codes_take_the_place_of_the_old_and_end_sessions_elsewhere(
    b2b: stytch.B2BClient, suite: Application, shop: Application, clock: TestClock
) -> None:
    ada = StytchMember.enrolled(b2b, clock, "harbour")
    here = ada.shows()
    there = shop.stytch_b2b()
    elsewhere = there.totps.authenticate(**ada.named, code=ada.phone.next_code())
    rotated = b2b.recovery_codes.rotate(**ada.named)
    assert (rotated.status_code, len(set(rotated.recovery_codes) - set(ada.codes))) == (200, 10)
    assert rotated.member == ada.looked_at()
    assert b2b.recovery_codes.get(**ada.named).recovery_codes == rotated.recovery_codes
    for code in ada.codes:
        assert told(ada.recovers, code=code) in {WRONG, (429, "user_lock_limit_reached")}
    clock.advance(minutes=59)
    assert b2b.sessions.authenticate(session_token=here.session_token)
    assert told(there.sessions.authenticate, session_token=elsewhere.session_token) == (404, "session_not_found")
    clock.advance(minutes=1)
    assert ada.recovers(rotated.recovery_codes[4]).recovery_codes_remaining == 9
    with suite.portal.reading() as tx:
        acts = [one.act for one in events.page_for(tx.db, suite.member(ada.uuid).id, before=None, count=100)]
    assert (acts.count(Act.CODES_READ), acts.count(Act.CODES_REGENERATED)) == (1, 1)


def test_who_has_no_totp_has_no_codes(b2b: stytch.B2BClient, member: StytchMember) -> None:
    for call in (b2b.recovery_codes.get, b2b.recovery_codes.rotate):
        assert told(call, **member.named) == NONE_HERE
    assert told(member.recovers, code=wrong_recovery_code()) == NONE_HERE
    assert told(member.recovers, code=member.codes[0]) == NONE_HERE


@pytest.mark.parametrize("shown", [Visibility.ONCE, Visibility.UNTIL_ACKNOWLEDGED])
def test_where_codes_are_not_to_be_seen_again_none_are_read(
    b2b: stytch.B2BClient, people: People, suite: Application, clock: TestClock, shown: Visibility
) -> None:
    chosen(suite.portal, code_visibility=shown, code_count=12)
    ada = StytchMember.enrolled(b2b, clock, "harbour")
    assert len(ada.codes) == 12
    if shown is Visibility.UNTIL_ACKNOWLEDGED:  # for a week
        assert b2b.recovery_codes.get(**ada.named).recovery_codes == ada.codes
        clock.advance(days=7, seconds=1)
    assert b2b.recovery_codes.get(**ada.named).recovery_codes == []
    assert ada.recovers().recovery_codes_remaining == 11
    rotated = b2b.recovery_codes.rotate(**ada.named).recovery_codes
    assert len(rotated) == 12
    ada.recovers(rotated[0])
