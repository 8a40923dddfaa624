"""What refusals and events are called in front of people: what happened, and what to do."""

from datetime import datetime

from app.domain.events import Act, ActorKind, Event
from app.domain.refusals import Refused, Why
from app.domain.sessions import Proof
from app.domain.totp import PERIOD
from app.web.moments import in_words

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
}

_OF_RECOVERY_CODES = {
    Why.USED_CODE: "That recovery code has already been used. Type another one from your list.",
    Why.WRONG_CODE: "That recovery code does not fit. Check that it is from your newest list, and of this account.",
}


def sentence_of(refused: Refused, now: datetime) -> str:
    if refused.sentence:
        return refused.sentence
    if refused.proof is Proof.RECOVERY_CODE and refused.why in _OF_RECOVERY_CODES:
        return _OF_RECOVERY_CODES[refused.why]
    if refused.why is Why.CLOCK_OFF:
        return clock_sentence(refused.steps_off)
    if refused.why is Why.WAIT and refused.until:
        return f"There were several wrong passwords. Wait {in_words(refused.until - now)}, then try again."
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
    }[proof]


_WARNINGS = {
    Act.FAILURES_NOTICED,
    Act.LOCKED,
    Act.DOOR_CLOSED,
    Act.PASSWORD_STOPPED,
    Act.SEAL_BROKEN,
    Act.PASS_MADE,
    Act.PASSWORD_LINK_MADE,
    Act.PANICKED,
}

_HISTORY = {
    Act.ORGANIZATION_CREATED: "You created the organization.",
    Act.OWNER_CREATED: "You became its owner.",
    Act.PASSWORD_ACCEPTED: "Your password was typed to sign in.",
    Act.PASSWORD_REFUSED: "Somebody typed a wrong password.",
    Act.PASSWORD_CHANGED: "You changed your password. Other sessions ended.",
    Act.PASSWORD_STOPPED: "Your password was stopped after too many wrong codes.",
    Act.PASSWORD_LINK_MADE: "{actor} made a link to set a new password. Reason: {reason}",
    Act.PASSWORD_LINK_USED: "Your password was set with a link. All sessions ended.",
    Act.SIGNED_IN: "You signed in with {proof}.",
    Act.SIGNED_IN_WITHOUT_SECOND_FACTOR: "You signed in with the password alone.",
    Act.SIGNED_OUT: "You signed out.",
    Act.SESSION_ENDED: "A session was ended.",
    Act.OTHER_SESSIONS_ENDED: "You ended all other sessions.",
    Act.STEPPED_UP: "You confirmed that it was you.",
    Act.STEP_UP_FAILED: "A wrong code was typed in an open session.",
    Act.BROWSER_FORGOTTEN: "You had a known browser forgotten.",
    Act.CODE_REFUSED: "A wrong code was typed after the right password.",
    Act.CODE_REPLAYED: "A code that was used before was typed again.",
    Act.FAILURES_NOTICED: "Three wrong codes in a row followed your password. If it was not you, change your password.",
    Act.LOCKED: "Too many wrong codes: every code is refused for a while.",
    Act.DOOR_CLOSED: "Far too many wrong codes: signing in with a code is closed until an administrator opens it.",
    Act.UNLOCKED: "{actor} unlocked your second factor. Reason: {reason}",
    Act.SEAL_BROKEN: "A stored secret of yours could not be read. Tell your administrator.",
    Act.ENROLMENT_BEGUN: "You began to set up an authenticator.",
    Act.ENROLMENT_CODE_REFUSED: "A code did not fit the authenticator that was being set up.",
    Act.ENROLMENT_CANCELLED: "You stopped setting up an authenticator.",
    Act.AUTHENTICATOR_ADDED: "You added the authenticator {name}.",
    Act.AUTHENTICATOR_REPLACED: "You replaced the authenticator {old} by {name}.",
    Act.AUTHENTICATOR_REMOVED: "You removed the authenticator {name}.",
    Act.AUTHENTICATOR_RENAMED: "You renamed the authenticator {old} to {name}.",
    Act.CODES_MADE: "{count} recovery codes were made.",
    Act.CODES_REGENERATED: "You made {count} new recovery codes. The old ones stopped working.",
    Act.CODES_VOIDED: "Your recovery codes stopped working with your last authenticator.",
    Act.CODES_SHOWN: "You looked at your recovery codes.",
    Act.CODES_DOWNLOADED: "You downloaded your recovery codes.",
    Act.CODES_PRINTED: "You opened your recovery codes for printing.",
    Act.CODES_ACKNOWLEDGED: "You acknowledged that your recovery codes are saved.",
    Act.CODES_PROVED: "You showed that your recovery codes are at hand.",
    Act.CODES_PROOF_FAILED: "What you typed did not fit the code that was asked for.",
    Act.CODE_SPENT: "Recovery code {number} was used.",
    Act.PASS_MADE: "{actor} made a pass to set up a new authenticator. Reason: {reason}",
    Act.PASS_REFUSED: "A pass was typed and refused.",
    Act.PASS_USED: "A pass was used. All sessions ended.",
    Act.PASS_SPENT: "With a pass, a new authenticator replaced everything older.",
    Act.NAME_CHANGED: "You changed your name.",
    Act.PANICKED: "You chose “Something is wrong”: all sessions ended and the second factor was locked.",
}

_UNKNOWN_BROWSER = " It was done with the password alone, from a browser not seen before."


def is_warning(event: Event) -> bool:
    return event.act in _WARNINGS or bool(event.details.get("unknown_browser"))


def history_sentence(event: Event) -> str:
    """A sentence for the member whose history it is."""
    facts = dict(event.details)
    facts["actor"] = "The operator" if event.actor_kind is ActorKind.OPERATOR else "An administrator"
    if event.act is Act.SIGNED_IN:
        facts["proof"] = _with_article(Proof(facts["proof"]))
    sentence = _HISTORY[event.act].format_map(facts)
    return sentence + _UNKNOWN_BROWSER if event.details.get("unknown_browser") else sentence


def _with_article(proof: Proof) -> str:
    return {
        Proof.PASSWORD: "the password",
        Proof.TOTP: "a code from your authenticator",
        Proof.RECOVERY_CODE: "a recovery code",
        Proof.PASS: "a pass",
    }[proof]
