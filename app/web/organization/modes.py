"""The modes in which recovery codes are kept: what each is, and what choosing it does to the sets that are there."""

from dataclasses import dataclass

from app.domain.recovery_codes import Kept, Visibility
from app.web.code_words import MODES
from app.web.member_words import plural

_WORDS = {
    Visibility.VIEWABLE: (
        "People can look at their codes again whenever they like, after a code from their authenticator. A sealed copy "
        "of each code is kept for that, until it is used."
    ),
    Visibility.UNTIL_ACKNOWLEDGED: (
        "People can look at new codes until they say that these are saved. Then the copies are erased."
    ),
    Visibility.ONCE: (
        "Codes are shown in the moment they are made. No copy is kept at any time; whoever leaves that page too early "
        "makes a new set."
    ),
}
_FOR_NEW_SETS = "It counts for new sets: what was erased stays erased."


@dataclass(frozen=True, slots=True)
class Choice:
    """`effect` is what choosing it now does, empty for the mode that holds already."""

    value: str
    name: str
    words: str
    effect: str


def choices(present: Visibility, kept: Kept) -> list[Choice]:
    return [Choice(mode.value, _name(mode), _WORDS[mode], _effect(mode, present, kept)) for mode in Visibility]


def _name(mode: Visibility) -> str:
    return MODES[mode][0].upper() + MODES[mode][1:]


def _effect(mode: Visibility, present: Visibility, kept: Kept) -> str:
    if mode is present:
        return ""
    if mode in present.looser:
        return _FOR_NEW_SETS
    losing = kept.sets if mode is Visibility.ONCE else kept.acknowledged
    if not losing:
        return "Nobody has codes whose copies will be erased."
    people = plural(losing, "person has", "people have")
    return f"{people} codes whose copies will be erased. The codes go on working."
