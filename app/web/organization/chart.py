"""Readiness over time as a chart: a column a day, or for several days where there are many, and none where none are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.domain.readiness_figures import Figure

_COLUMNS_AT_MOST = 130
_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Chart:
    """`active` and `ready` are paths over `columns` by `top`; `months` has the last figure of each, newest first."""

    columns: int
    top: int
    active: str
    ready: str
    first: Figure
    last: Figure
    gaps: bool
    months: list[Figure]


def chart_of(course: list[Figure]) -> Chart | None:
    """None while there is too little to draw."""
    if len(course) < _ENOUGH:
        return None
    days = (course[-1].day - course[0].day).days + 1
    columns = _columns(course, days)
    top = max(1, *(figure.active for figure in course))
    return Chart(
        columns=len(columns),
        top=top,
        active=_path(columns, top, lambda figure: figure.active),
        ready=_path(columns, top, lambda figure: figure.ready),
        first=course[0],
        last=course[-1],
        gaps=len(course) < days,
        months=list({figure.day.replace(day=1): figure for figure in course}.values())[::-1],
    )


def written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _columns(course: list[Figure], days: int) -> list[Figure | None]:
    """What the last figure in each said; None where there is none."""
    width = -(-days // _COLUMNS_AT_MOST)
    columns: list[Figure | None] = [None] * (-(-days // width))
    for figure in course:
        columns[(figure.day - course[0].day).days // width] = figure
    return columns


def _path(columns: list[Figure | None], top: int, height_of: Callable[[Figure], int]) -> str:
    """Steps from the ground and back to it, for each row of columns without a gap."""
    drawn: list[str] = []
    heights = [height_of(figure) if figure else None for figure in columns]
    before, width = None, 0
    for place, height in enumerate([*heights, None]):
        if height == before:
            width += 1
            continue
        if before is not None:
            drawn.append(f"h{width}")
        if before is None and height is not None:
            drawn.append(f"M{place} {top}")
        drawn += [f"V{top - height}"] if height is not None else [f"V{top}z"] if before is not None else []
        before, width = height, 1
    return "".join(drawn)
