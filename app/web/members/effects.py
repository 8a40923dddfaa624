"""What each act on a member will do, said before it is done: in sentences, with the numbers of this member."""

from app.domain.attempts import LockReason
from app.domain.members import Status
from app.services.members import Profile
from app.web.member_words import plural
from app.web.moments import date_and_time

_NO_ADDRESS = "There is no address yet, and nobody signs in to this portal without one."


def of_pass(profile: Profile) -> list[str]:
    lines = [
        "You get a code to hand over, shown once. Typed after the password, it opens nothing but a new enrolment.",
        "When it is typed, all sessions end.",
        f"When the new authenticator is confirmed, all older ones stop working: {_factors(profile)}, known browsers.",
        "For 30 days you cannot also make a password link for this person, or change the address.",
    ]
    if not profile.line.authenticator_count:
        lines[2] = "There is no authenticator that it would replace."
    if any(one.open_at(profile.now) for one in profile.passes):
        lines.insert(1, "The pass that was made before stops working at once.")
    return lines if profile.line.email else [_NO_ADDRESS, *lines]


def of_password_link(profile: Profile) -> list[str]:
    lines = [
        "You get a link to hand over, shown once. It sets a new password within 24 hours and signs nobody in.",
        "A link that was made before stops working. When this one is used, all sessions end.",
        "Authenticators and recovery codes stay as they are.",
        "For 30 days you cannot also make a pass for this person.",
    ]
    if not profile.line.authenticator_count:
        lines[2] = "There is no authenticator yet: whoever uses the link can sign in and set one up."
    return lines if profile.line.email else [_NO_ADDRESS, *lines]


def of_unlock(profile: Profile) -> list[str]:
    lock = profile.line.lock
    lines = ["Right codes are accepted again at once, and the row of wrong ones begins anew."]
    if lock and lock.reason is LockReason.PANIC:
        lines.insert(
            0, "The person chose “Something is wrong” and locked the account. Talk to them before you open it."
        )
    if lock and lock.reason is LockReason.ATTEMPTS and lock.until and lock.until > profile.now:
        lines.insert(0, f"By itself the lock opens on {date_and_time(lock.until)}.")
    if profile.failures:
        lines.append(f"{plural(profile.failures, 'wrong code')} of the last 30 days still count against the password.")
    if profile.password_stopped_at:
        lines.append("The password stays stopped: it takes a password link as well.")
    return lines


def of_lock(profile: Profile) -> list[str]:
    return [
        "No code lets anybody in, not even a right one, until an administrator unlocks it.",
        _sessions_end(profile),
        "Password, authenticators and recovery codes stay as they are.",
    ]


def of_sessions_end(profile: Profile) -> list[str]:
    return [
        f"{_sessions_end(profile)} A sign-in that is under way ends too.",
        f"Signing in again takes the password{' and a code' if profile.line.authenticator_count else ''}, as always.",
    ]


def of_name(_profile: Profile) -> list[str]:
    return ["The name changes wherever it is shown, in older lines of the log too."]


def of_address(profile: Profile) -> list[str]:
    if profile.line.status is Status.INVITED:
        return ["The invitation made for the old address stops working. Make a new one afterwards."]
    return [
        "From now on they sign in with the new address. Nobody has checked that it is theirs.",
        "A pass or password link made before stops working, and for 7 days nobody here can make another.",
        "It counts as help with the password: for 30 days you cannot make a pass for this person.",
    ]


def of_role(profile: Profile) -> list[str]:
    return [
        f"{_sessions_end(profile)} When they sign in again, they have the new role.",
        "An open pass, password link or invitation stops working: whoever made it may no longer hold one.",
        "Admins see everybody and help members. Owners also act on admins and owners, and decide for the organization.",
    ]


def of_suspension(profile: Profile) -> list[str]:
    return [
        "They cannot sign in: the right password gets the answer of a wrong one.",
        f"{_sessions_end(profile)} An open pass or password link stops working.",
        "Password, authenticators and recovery codes stay as they are, for the day you let them in again.",
    ]


def of_reactivation(profile: Profile) -> list[str]:
    lines = [
        f"They can sign in again with what they had: password, {_factors(profile)}.",
        "Sessions, passes and links that the suspension ended do not come back.",
    ]
    if profile.line.locked(profile.now) or profile.password_stopped_at:
        lines.append("They are locked, or their password is stopped, and that stays so until it is opened as well.")
    return lines


def of_removal(profile: Profile) -> list[str]:
    return [
        f"For good: password, {_factors(profile)} and known browsers are wiped. {_sessions_end(profile)}",
        f"The address {profile.line.email} is free for somebody else."
        if profile.line.email
        else "There is no address to free.",
        "The log keeps what has happened. To come back they need a new invitation.",
    ]


def of_invitation(_profile: Profile) -> list[str]:
    return ["You get a new link to hand over, good for 24 hours and once. The one before stops working."]


def of_revocation(_profile: Profile) -> list[str]:
    return [
        "The link stops working at once. They stay in the list as invited, until you invite them again or remove them."
    ]


def _sessions_end(profile: Profile) -> str:
    if not profile.open_sessions:
        return "No session is open."
    return f"{plural(profile.open_sessions, 'open session')} {'ends' if profile.open_sessions == 1 else 'end'} at once."


def _factors(profile: Profile) -> str:
    line = profile.line
    if not line.authenticator_count:
        return "no authenticator"
    return f"{plural(line.authenticator_count, 'authenticator')}, {plural(line.codes_left, 'recovery code')}"
