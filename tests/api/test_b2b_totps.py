"""TOTPs of members through Stytch's own client: begun, confirmed, shown, and taken over from elsewhere."""

import base64
from typing import Any

import pyotp
import pytest
import stytch

from app.domain.events import Act
from app.domain.members import Status
from app.storage import events
from tests.support.applications import App, Application, StytchMember, mistyped, refusal, told, wrong_recovery_code
from tests.support.clock import TestClock
from tests.support.otp import AuthenticatorApp
from tests.support.people import People
from tests.support.qr import read_qr

PNG = "data:image/png;base64,"
WRONG = (401, "unable_to_authenticate_totp")
WRONG_RECOVERY = (401, "unable_to_authenticate_recovery_code")
ENROLLED = (400, "active_totp_exists")
NONE_HERE = (404, "totp_not_found")
MISTYPED = (400, "invalid_recovery_code")
SESSION_GONE = (404, "session_not_found")


@pytest.fixture
def ada(b2b: stytch.B2BClient, acme: str) -> dict[str, Any]:
    """Who has nothing yet; as calls want her named."""
    made = b2b.organizations.members.create(organization_id=acme, email_address="ada@example.org", external_id="17")
    return {"organization_id": acme, "member_id": made.member_id}


def test_picture_secret_and_codes_are_told_at_creation(
    b2b: stytch.B2BClient, ada: dict[str, Any], clock: TestClock
) -> None:
    begun = b2b.totps.create(**ada)
    assert (begun.status_code, begun.member_id) == (200, ada["member_id"])
    assert begun.request_id.startswith("request-id-live-")
    assert begun.totp_registration_id.startswith("totp-registration-live-")
    assert (len(begun.secret), len(set(begun.recovery_codes))) == (32, 10)
    assert (begun.member.totp_registration_id, begun.member.mfa_enrolled) == ("", False)
    scanned = AuthenticatorApp.from_uri(read_qr(base64.b64decode(begun.qr_code.removeprefix(PNG), validate=True)))
    assert (scanned.issuer, scanned.account) == ("Acme Works", "ada@example.org")
    assert scanned.code(clock.now()) == App(begun.secret, clock).code()


def test_the_first_right_code_confirms_it_and_opens_a_session(member: StytchMember) -> None:
    recovers = (404, "recovery_codes_not_found")
    assert told(member.recovers, code=member.codes[0]) == recovers, "codes open nothing before"
    assert told(member.shows, code=member.phone.wrong_code()) == WRONG
    done = member.shows(member.phone.code(), set_default_mfa=True, set_mfa_enrollment="enroll")
    assert (done.status_code, done.member_id, done.member_device) == (200, member.member_id, None)
    assert done.member == member.looked_at()
    assert done.member.totp_registration_id == member.totp_id
    assert done.member_session
    [factor] = done.member_session.authentication_factors
    assert factor.authenticator_app_factor
    assert factor.authenticator_app_factor.totp_id == member.totp_id
    member.recovers(member.codes[0])


def test_another_beginning_takes_the_place_of_the_first(member: StytchMember) -> None:
    second = member.client.totps.create(**member.named)
    assert second.totp_registration_id != member.totp_id
    assert told(member.shows) == WRONG
    member.shows(App(second.secret, member.phone.clock).code())
    assert told(member.recovers, code=member.codes[0]) == WRONG_RECOVERY
    member.recovers(second.recovery_codes[0])
    assert told(member.client.totps.create, **member.named) == ENROLLED


@pytest.mark.parametrize(("asked", "minutes"), [({}, 60), ({"expiration_minutes": 5}, 5)])
def test_what_is_not_confirmed_in_time_is_over(
    b2b: stytch.B2BClient, acme: str, clock: TestClock, asked: dict[str, Any], minutes: int
) -> None:
    late, in_time = (
        b2b.totps.create(
            organization_id=acme,
            member_id=b2b.organizations.members.create(organization_id=acme, email_address=email).member_id,
            **asked,
        )
        for email in ("late@example.org", "early@example.org")
    )
    clock.advance(minutes=minutes, seconds=-1)
    code = App(in_time.secret, clock).code()
    assert b2b.totps.authenticate(organization_id=acme, member_id=in_time.member_id, code=code)
    clock.advance(seconds=1)
    code = App(late.secret, clock).code()
    named: dict[str, Any] = {"organization_id": acme, "member_id": late.member_id}
    assert told(b2b.totps.authenticate, **named, code=code) == (401, "expired_totp")
    again = b2b.totps.create(**named)
    b2b.totps.authenticate(**named, code=App(again.secret, clock).code())


def test_what_cannot_be_begun_is_told_why(b2b: stytch.B2BClient, ada: dict[str, Any], clock: TestClock) -> None:
    for minutes in (4, 1441, 0, -5, "10", 7.5, True):
        asked: dict[str, Any] = {**ada, "expiration_minutes": minutes}
        assert told(b2b.totps.create, **asked) == (400, "invalid_expiration"), minutes
    bob = StytchMember.enrolled(b2b, clock, ada["organization_id"], email_address="bob@example.org")
    bobs = bob.shows()
    for shown, refused in [
        ({"session_token": bobs.session_token}, SESSION_GONE),
        ({"session_jwt": bobs.session_jwt}, SESSION_GONE),
        ({"session_token": "one", "session_jwt": "two"}, (400, "too_many_session_arguments")),
        ({"session_token": "one", "intermediate_session_token": "two"}, (400, "too_many_session_arguments")),
        ({"intermediate_session_token": "of-nobody"}, (404, "intermediate_session_not_found")),
        ({"session_jwt": "no.jwt.atall"}, (400, "unable_to_parse_session_jwt")),
    ]:
        assert told(b2b.totps.create, **ada, **shown) == refused, shown
    assert told(b2b.totps.authenticate, **ada, code="123456") == NONE_HERE
    assert told(b2b.totps.create, **bob.named, session_token=bobs.session_token) == ENROLLED


def test_a_code_is_right_once_and_those_before_it_no_more(enrolled_member: StytchMember, clock: TestClock) -> None:
    clock.advance(minutes=5)
    code = enrolled_member.phone.code()
    clock.advance(seconds=30)
    enrolled_member.shows(code)
    used = (401, "totp_code_already_authenticated")
    assert told(enrolled_member.shows, code=code) == used
    now = enrolled_member.phone.code()
    enrolled_member.shows(f"{now[:3]} {now[3:]}")
    assert told(enrolled_member.shows, code=now) == told(enrolled_member.shows, code=code) == used


def test_what_is_no_code_of_an_authenticator_costs_nothing(enrolled_member: StytchMember, suite: Application) -> None:
    unfit = (400, "invalid_totp_code")
    for code in ("12345", "1234567", "abcdef", "", "\uff11\uff12\uff13\uff14\uff15\uff16", "x" * 65):
        assert told(enrolled_member.shows, code=code) == unfit, code
    asked: dict[str, Any] = {"code": 123456}
    assert told(enrolled_member.shows, **asked) == unfit
    of_paper = (400, "recovery_code_used_as_totp_code")
    assert told(enrolled_member.shows, code=enrolled_member.codes[0]) == of_paper
    for word in ("unenroll", "sometimes"):
        assert told(enrolled_member.shows, set_mfa_enrollment=word) == (400, "invalid_set_mfa_enrollment")
    assert suite.member(enrolled_member.uuid).failures_in_row == 0


def test_where_policy_enrols_everybody_no_wish_to_the_contrary_is_heard(enrolled_member: StytchMember) -> None:
    acme = enrolled_member.organization_id
    enrolled_member.client.organizations.update(organization_id=acme, mfa_policy="REQUIRED_FOR_ALL")
    assert enrolled_member.shows(set_mfa_enrollment="unenroll").member.mfa_enrolled is True


def test_whoever_is_not_active_shows_nothing(b2b: stytch.B2BClient, people: People) -> None:
    bob = people.ready("bob@example.org")
    named: dict[str, Any] = {"organization_id": "harbour", "member_id": f"member-live-{bob.public_id}"}
    bob.set(status=Status.SUSPENDED.value)
    inactive = (400, "action_available_only_for_active_members")
    assert told(b2b.totps.authenticate, **named, code=bob.next_totp()) == inactive
    assert told(b2b.recovery_codes.recover, **named, recovery_code=bob.codes[0]) == inactive
    for call in (b2b.totps.create, b2b.recovery_codes.get, b2b.recovery_codes.rotate):
        assert told(call, **named) == inactive
    assert told(b2b.totps.migrate, **named, secret=pyotp.random_base32(), recovery_codes=[]) == inactive


# taken over


def test_a_secret_and_codes_of_another_system_are_taken_over(
    b2b: stytch.B2BClient, ada: dict[str, Any], suite: Application, clock: TestClock
) -> None:
    secret, theirs = pyotp.random_base32(), ["A1b2-c3d4-E5F6", "zzzzyyyy", "p@ss/word*", "1234 5678 90"]
    taken = b2b.totps.migrate(**ada, secret=secret, recovery_codes=theirs)
    assert (taken.status_code, taken.member_id) == (200, ada["member_id"])
    assert taken.totp_registration_id == taken.member.totp_registration_id
    assert (taken.member.mfa_enrolled, taken.member.default_mfa_method) == (True, "totp")
    spelled = ["a1b2-c3d4-e5f6", "zzzz-yyyy", "p@ss-/wor-d*", "1234-5678-90"]
    assert taken.recovery_codes == spelled
    assert b2b.recovery_codes.get(**ada).recovery_codes == spelled
    who = StytchMember(b2b, **ada, totp_id=taken.totp_registration_id, phone=App(secret, clock), codes=spelled)
    who.shows(who.phone.code())
    assert who.recovers(" A1B2C3D4e5f6 ").recovery_codes_remaining == 3
    assert told(who.recovers, code=theirs[0]) == WRONG_RECOVERY
    assert told(who.recovers, code="p@ss/word+") == WRONG_RECOVERY
    assert suite.member(who.uuid).failures_in_row == 2, "a foreign code has no check symbol: every miss costs"
    assert who.recovers(theirs[2]).recovery_codes_remaining == 2
    new = b2b.recovery_codes.rotate(**ada).recovery_codes
    assert told(who.recovers, code=theirs[1]) == told(who.recovers, code=mistyped(new[0])) == MISTYPED
    with suite.portal.reading() as tx:
        acts = [one.act for one in events.page_for(tx.db, suite.member(who.uuid).id, before=None, count=100)]
    assert (acts.count(Act.AUTHENTICATOR_TAKEN_OVER), acts.count(Act.CODES_TAKEN_OVER)) == (1, 1)


def test_who_brings_no_codes_is_given_ours(b2b: stytch.B2BClient, ada: dict[str, Any], clock: TestClock) -> None:
    begun = b2b.totps.create(**ada)
    secret = "gezd gnbv gy3t qojq gezd gnb"  # 112 bits, parted and in small letters
    taken = b2b.totps.migrate(**ada, secret=secret, recovery_codes=[])
    assert len(set(taken.recovery_codes)) == 10
    who = StytchMember(b2b, **ada, totp_id="", phone=App(secret.replace(" ", "").upper(), clock), codes=[])
    assert told(who.recovers, code=mistyped(taken.recovery_codes[0])) == MISTYPED, "these have a check symbol"
    assert told(who.shows, code=App(begun.secret, clock).code()) == WRONG, "what was begun here is over"
    who.shows()
    assert who.recovers(taken.recovery_codes[9]).recovery_codes_remaining == 9
    assert told(who.recovers, code=begun.recovery_codes[0]) == WRONG_RECOVERY


def test_what_cannot_be_taken_over_is_told_why_and_leaves_nothing(b2b: stytch.B2BClient, ada: dict[str, Any]) -> None:
    good, code = pyotp.random_base32(), "abcd-efgh"
    unfit: list[tuple[dict[str, Any], str]] = [
        ({"secret": "A" * 16}, "invalid_totp_secret"),
        ({"secret": "A" * 21}, "invalid_totp_secret"),
        ({"secret": ""}, "invalid_totp_secret"),
        ({"secret": "01890189018901890189018901890189"}, "invalid_totp_secret"),
        ({"secret": "A" * 264}, "invalid_totp_secret"),
        ({"secret": 17}, "invalid_totp_secret"),
        ({"recovery_codes": ["abcd-efg"]}, "invalid_recovery_code"),
        ({"recovery_codes": ["x" * 65]}, "invalid_recovery_code"),
        ({"recovery_codes": ["abcd-efg\N{LATIN SMALL LETTER E WITH ACUTE}"]}, "invalid_recovery_code"),
        ({"recovery_codes": [code, "ABCDEFGH"]}, "invalid_recovery_code"),
        ({"recovery_codes": [f"abcd-efgh-{number:02}" for number in range(21)]}, "invalid_recovery_code"),
        ({"recovery_codes": [code, 12345678]}, "invalid_recovery_code"),
        ({"recovery_codes": code}, "invalid_recovery_code"),
        ({"recovery_codes": None}, "invalid_recovery_code"),
    ]
    for asked, kind in unfit:
        assert told(b2b.totps.migrate, **{**ada, "secret": good, "recovery_codes": [code], **asked}) == (400, kind)
    weak = refusal(b2b.totps.migrate, **ada, secret="A" * 21, recovery_codes=[code])
    assert "fewer than 112 bits" in weak.error_message
    assert told(b2b.recovery_codes.get, **ada) == (404, "recovery_codes_not_found")
    most = [f"abcd-efgh-{number:02}" for number in range(20)]
    assert len(b2b.totps.migrate(**ada, secret=good, recovery_codes=most).recovery_codes) == 20
    assert told(b2b.totps.migrate, **ada, secret=good, recovery_codes=[code]) == ENROLLED
    assert b2b.recovery_codes.get(**ada).recovery_codes == most


def test_without_the_permission_an_application_checks_codes_and_no_more(
    b2b: stytch.B2BClient, people: People, kiosk: Application, clock: TestClock
) -> None:
    ada, own = StytchMember.enrolled(b2b, clock, "harbour"), kiosk.stytch_b2b()
    refused = (403, "unauthorized_action")
    for call in (
        own.totps.create,
        own.recovery_codes.get,
        own.recovery_codes.rotate,
        own.organizations.members.delete_totp,
        own.organizations.members.delete,
    ):
        assert told(call, **ada.named) == refused
    assert told(own.totps.migrate, **ada.named, secret=pyotp.random_base32(), recovery_codes=[]) == refused
    assert own.totps.authenticate(**ada.named, code=ada.phone.next_code()).member_id == ada.member_id
    recovered = own.recovery_codes.recover(**ada.named, recovery_code=ada.codes[0])
    assert recovered.recovery_codes_remaining == 9
    assert told(own.recovery_codes.recover, **ada.named, recovery_code=wrong_recovery_code()) == WRONG_RECOVERY
