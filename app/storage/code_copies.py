"""The sealed copies of recovery codes: which of them a stricter mode lets stay no longer, and erasing these.

Whoever changes live sets of several members takes them in the order of the members' ids, as members themselves are
held, so that two who do so at once queue up instead of deadlocking.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from app.domain.recovery_codes import HANDED_KEPT_FOR, Kept, Visibility
from app.storage.tables import organization, recovery_code, recovery_code_set

_set = recovery_code_set.c
_live = _set.voided_at.is_(None)
_kept = and_(_live, _set.copies_erased_at.is_(None))
_STRICT = [mode for mode in Visibility if mode.looser]


@dataclass(frozen=True, slots=True)
class Due:
    """A live set whose mode, or copies, are no longer as they should be."""

    set_id: int
    member_id: int


def count_kept(db: Connection, organization_id: int, *, at_most: int) -> Kept:
    kept = select(_set.acknowledged_at).where(_kept, _set.organization_id == organization_id).limit(at_most).subquery()
    row = db.execute(select(func.count().label("sets"), func.count(kept.c.acknowledged_at).label("acknowledged"))).one()
    return Kept(row.sets, row.acknowledged)


def tighten(db: Connection, organization_id: int, mode: Visibility) -> int:
    """Let the mode hold for every live set of the organization that has a looser one; how many these were."""
    looser = and_(_set.organization_id == organization_id, _live, _set.visibility.in_(mode.looser))
    in_order = select(_set.id).where(looser).order_by(_set.member_id).with_for_update()
    return db.execute(update(recovery_code_set).where(_set.id.in_(in_order)).values(visibility=mode)).rowcount


def all_due(db: Connection, now: datetime, *, count: int) -> list[Due]:
    """Up to so many sets with copies that are to go, or with a looser mode than their organization's."""
    due: set[Due] = set()
    # One condition at a time: each alone is answered by the index over the sets of which there are copies. Those of a
    # loose organization are many, and are looked through only where there is a strict one beside it.
    chosen = select(organization.c.code_visibility).where(organization.c.code_visibility.in_(_STRICT)).distinct()
    lagging = [_lags_behind(Visibility(mode)) for mode in db.execute(chosen).scalars()]
    for condition in (*_over(now), *lagging):
        if len(due) < count:
            found = select(_set.id, _set.member_id).where(_kept, condition).limit(count - len(due))
            due |= {Due(row.id, row.member_id) for row in db.execute(found)}
    return list(due)


def align(db: Connection, set_ids: Collection[int]) -> None:
    """Give those of the sets a stricter mode whose organization has one."""
    for mode in _STRICT:
        lagging = and_(_set.id.in_(set_ids), _live, _lags_behind(mode))
        in_order = select(_set.id).where(lagging).order_by(_set.member_id).with_for_update()
        db.execute(update(recovery_code_set).where(_set.id.in_(in_order)).values(visibility=mode))


def erase_due(db: Connection, set_ids: Collection[int], now: datetime) -> None:
    """Erase the copies of those of the sets whose own mode lets them stay no longer. Their members must be held."""
    _erase(db, and_(_set.id.in_(set_ids), or_(*_over(now))), now)


def erase(db: Connection, set_id: int, now: datetime) -> None:
    """Erase the copies of the set, if there are any. Its member must be held."""
    _erase(db, _set.id == set_id, now)


def _erase(db: Connection, chosen: ColumnElement[bool], now: datetime) -> None:
    in_order = select(_set.id).where(_kept, chosen).order_by(_set.member_id).with_for_update()
    erasing = update(recovery_code_set).where(_set.id.in_(in_order)).values(copies_erased_at=now)
    erased = db.execute(erasing.returning(_set.id)).scalars().all()
    if erased:
        code = recovery_code.c
        copies = update(recovery_code).where(code.set_id.in_(erased), code.sealed.is_not(None))
        db.execute(copies.values(sealed=None, seal_key_id=None))


def _over(now: datetime) -> list[ColumnElement[bool]]:
    """As `why_hidden` has it, by the mode of the set itself."""
    late = or_(_set.acknowledged_at.is_not(None), _set.handed_at < now - HANDED_KEPT_FOR)
    return [_set.visibility == Visibility.ONCE, and_(_set.visibility == Visibility.UNTIL_ACKNOWLEDGED, late)]


def _lags_behind(mode: Visibility) -> ColumnElement[bool]:
    strict = select(organization.c.id).where(organization.c.code_visibility == mode)
    return and_(_set.visibility.in_(mode.looser), _set.organization_id.in_(strict))
