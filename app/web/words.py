"""What refusals are called in front of people: what happened, and what to do."""

from datetime import datetime

from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof
from app.domain.totp import PERIOD
from app.web.moments import date_and_time, in_words

_SENTENCES = {
    Why.WRONG_PASSWORD: "E-mail address and password do not fit together.",
    Why.NOT_YOUR_PASSWORD: "That is not your password.",
    Why.UNKNOWN_BROWSER: (
        "There were too many wrong passwords for this address. Sign in from a browser that you have used here before, "
        "or ask an administrator, or whoever runs this portal, for a password link."
    ),
    Why.PASSWORD_STOPPED: (
        "This password has been stopped, because too many wrong codes followed it. Somebody else may know it. "
        "Ask an administrator, or whoever runs this portal, for a password link and choose a new one."
    ),
    Why.WRONG_CODE: "That code does not fit. Check that it is for this account, and type the newest one.",
    Why.MISTYPED_CODE: "That is not how a code looks, so something was mistyped. It has cost you no try.",
    Why.USED_CODE: "That code has already been used. Wait for the next one.",
    Why.LOCKED: "Every code is refused for now, the right one too.",
    Why.NEEDS_PROOF: "Type a code to confirm that it is you.",
    Why.NEEDS_TOTP: "Type a code from your authenticator here. The recovery code was not used up.",
    Why.SESSION_ENDED: "There were too many wrong codes, so you were signed out.",
    Why.WRONG_PASS: "That pass does not fit, or can no longer be used. Ask for a new one.",
    Why.PASS_ELSEWHERE: "That pass is already in use in another browser. Go on there, or ask for a new one.",
    Why.NEEDS_PASS: "To set up an authenticator you need a pass: ask an administrator, or whoever runs this portal.",
    Why.EXPIRED: "This has run out. Start again.",
    Why.OUTDATED: "This has changed meanwhile. Nothing was done; look at what is here now.",
    Why.TOO_MANY: "You have five authenticators, which is as many as there can be. Remove or replace one.",
    Why.LAST_ONE: "This is your only authenticator, and your organization requires one. You can replace it.",
    Why.NOT_SHOWABLE: "You signed in with a recovery code, so the others are not shown. You can make a new set.",
    Why.NOT_OPEN: "That is not open to you at this point. Go on with what this page offers.",
    Why.NOT_YOURS: "You cannot act on this person: nobody acts on a role like their own or above, or on themselves.",
    Why.LAST_OWNER: (
        "This is the last owner with an authenticator, and one has to stay: without one nobody could help the others."
    ),
    Why.ADDRESS_TAKEN: "Somebody else in your organization has this address.",
    Why.UNKNOWN_MEMBER: "There is nobody like this in your organization.",
    Why.NOT_GRANTABLE: "You cannot give this role: admins make members, owners make everybody.",
}

_OF_RECOVERY_CODES = {
    Why.USED_CODE: "That recovery code has already been used. Type another one from your list.",
    Why.WRONG_CODE: "That recovery code does not fit. Check that it is from your newest list, and of this account.",
}


def _wait(until: datetime, now: datetime) -> str:
    return f"There were several wrong passwords. Wait {in_words(until - now)}, then try again."


def _paid_before(until: datetime, _now: datetime) -> str:
    return (
        "Less than 30 days ago you helped this person with the other factor. Whoever helped with one cannot help with "
        f"the other, until {date_and_time(until)}. Ask another administrator, or whoever runs this portal."
    )


def _address_new(until: datetime, _now: datetime) -> str:
    return (
        f"The address of this person was changed lately. Until {date_and_time(until)} nobody here can make a pass or a "
        "password link for them; whoever runs this portal can."
    )


_UNTIL = {Why.WAIT: _wait, Why.PAID_BEFORE: _paid_before, Why.ADDRESS_NEW: _address_new}


def sentence_of(refused: Refused, now: datetime) -> str:
    if refused.sentence:
        return refused.sentence
    if refused.proof is Proof.RECOVERY_CODE and refused.why in _OF_RECOVERY_CODES:
        return _OF_RECOVERY_CODES[refused.why]
    if refused.why is Why.CLOCK_OFF:
        return clock_sentence(refused.steps_off)
    if refused.until and refused.why in _UNTIL:
        return _UNTIL[refused.why](refused.until, now)
    return _SENTENCES[refused.why]


def clock_sentence(steps_off: int) -> str:
    """The clock doctor: by how much a clock is off, whose it is, and how to set it right."""
    seconds = abs(steps_off) * PERIOD
    length = f"about {seconds} seconds" if seconds < 120 else f"about {round(seconds / 60)} minutes"  # noqa: PLR2004
    direction = "ahead of" if steps_off > 0 else "behind"
    return (
        f"The code is right, but the clock that made it is {length} {direction} this server's. Let your phone set its "
        "date and time by itself, then type the next code. If the phone's clock is right, tell your administrator: "
        "the server's is not."
    )


def opened_with(proof: Proof) -> str:
    return {
        Proof.PASSWORD: "password",
        Proof.TOTP: "authenticator",
        Proof.RECOVERY_CODE: "recovery code",
        Proof.PASS: "pass",
        Proof.ATTESTATION: "token of the application",
    }[proof]
