"""What roles, states and second factors are called."""

from app.domain.attempts import LockReason
from app.domain.lists import Counted, Factor, Line, Sort
from app.domain.members import Role, Status

ROLES = {Role.OWNER: "Owner", Role.ADMIN: "Admin", Role.MEMBER: "Member"}
STATUSES = {
    Status.INVITED: "Invited",
    Status.ACTIVE: "Active",
    Status.SUSPENDED: "Suspended",
    Status.REMOVED: "Removed",
}
FACTORS = {
    Factor.READY: "Ready",
    Factor.NOT_READY: "Not ready",
    Factor.NO_AUTHENTICATOR: "No authenticator",
    Factor.UNACKNOWLEDGED: "Codes not acknowledged",
    Factor.FEW_CODES: "Few codes left",
    Factor.LOCKED: "Locked",
}
SORTS = {
    Sort.NAME: "Name",
    Sort.NAME_BACKWARDS: "Name, backwards",
    Sort.SEEN_LAST: "Last sign-in, latest first",
    Sort.SEEN_LONG_AGO: "Last sign-in, longest ago first",
    Sort.NEWEST: "Newest first",
}
_LOCKED_BY = {
    LockReason.ATTEMPTS: "too many wrong codes",
    LockReason.ADMIN: "by an administrator",
    LockReason.PANIC: "by “Something is wrong”",
}


def plural(number: int, one: str, many: str = "") -> str:
    """`1 session`, `2 sessions`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def counted(count: Counted) -> str:
    return f"more than {count.number:,}" if count.more else f"{count.number:,}"


def detail_of(line: Line, factor: Factor) -> str:
    """What stands beside the word for the second factor, in a list."""
    if factor is Factor.LOCKED:
        return _LOCKED_BY[line.lock.reason] if line.lock and not line.door_closed else "far too many wrong codes"
    if factor is Factor.NO_AUTHENTICATOR:
        return ""
    return plural(line.codes_left, "code") + " left"
