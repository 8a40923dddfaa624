"""What is said of recovery codes and how they are kept, on every page that says it."""

from app.domain.recovery_codes import Hidden, Visibility

MODES = {
    Visibility.VIEWABLE: "can be shown again",
    Visibility.UNTIL_ACKNOWLEDGED: "shown until acknowledged",
    Visibility.ONCE: "shown once",
}

BY_CODE = (
    "You signed in with a recovery code, so the others are not shown: whoever finds one code should not learn the "
    "rest. You can make a new set."
)

_WHY_HIDDEN = {
    Hidden.ONCE: "These codes were shown once, when they were made. Your organization keeps no copies.",
    Hidden.NOT_KEPT: "These codes cannot be shown any more. Your organization keeps no copies now.",
    Hidden.ACKNOWLEDGED: (
        "These codes cannot be shown again. Your organization keeps copies only until codes are acknowledged."
    ),
    Hidden.HANDED_OVER: (
        "These codes cannot be shown any more. They were handed to an application more than seven days ago, and your "
        "organization keeps copies no longer than that."
    ),
    Hidden.ERASED: "These codes cannot be shown again. Their copies have been erased.",
}
_FOREIGN = "These codes come from another system, and your organization keeps no copies."
_IF_PENDING = "If you saved them, acknowledge; if not, make a new set."
_IF_SAVED = "The ones that you saved go on working. If you no longer have them, make a new set."

_WHY_MISSING = {
    "restored": (
        "The portal was restored from a backup. Codes that were used after it was taken would have worked again, so "
        "everybody has to make new ones. What you changed since then, such as your password, is as it was before."
    ),
    "key_retired": (
        "The key that your recovery codes were kept with has been retired, so they have stopped working. Nothing else "
        "about your account has changed."
    ),
}
_MISSING = "Your recovery codes have stopped working."


def why_not_shown(hidden: Hidden | None, *, pending: bool, foreign: bool) -> str:
    """To the member, with what to do about it."""
    if hidden is None:
        return BY_CODE
    why = _FOREIGN if foreign and hidden is Hidden.ONCE else _WHY_HIDDEN[hidden]
    return f"{why} {_IF_PENDING if pending else _IF_SAVED}"


def why_missing(voided_because: str) -> str:
    """What happened to the codes of somebody who has an authenticator and no set."""
    return _WHY_MISSING.get(voided_because, _MISSING)
