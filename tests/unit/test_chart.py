"""The chart of readiness: a column a day, gaps where nobody counted, and never too many."""

import re
from datetime import date, timedelta

import pytest

from app.domain.readiness_figures import Figure
from app.web.organization.chart import Chart, chart_of

START = date(2026, 1, 1)


def figure(day: int, *, active: int = 10, ready: int = 5) -> Figure:
    return Figure(START + timedelta(days=day), active, ready, 0, 0, 0)


def drawn(*figures: Figure) -> Chart:
    chart = chart_of(list(figures))
    assert chart
    return chart


def heights(path: str, chart: Chart) -> list[int | None]:
    """What a path says for each column, as somebody sees it who looks at the chart."""
    seen: list[int | None] = [None] * chart.columns
    place, height = 0, 0
    for letter, numbers in re.findall(r"([MVhz])([0-9 ]*)", path):
        if letter == "M":
            place, height = int(numbers.split()[0]), 0
        elif letter == "V":
            height = chart.top - int(numbers)
        elif letter == "h":
            seen[place : place + int(numbers)] = [height] * int(numbers)
            place += int(numbers)
    return seen


@pytest.mark.parametrize("days", [0, 1])
def test_too_little_is_not_drawn(days: int) -> None:
    assert chart_of([figure(n) for n in range(days)]) is None


def test_two_days_are_two_columns() -> None:
    chart = drawn(figure(0, active=4, ready=1), figure(1, active=8, ready=8))
    assert (chart.columns, chart.top, chart.gaps) == (2, 8, False)
    assert (chart.active, chart.ready) == ("M0 8V4h1V0h1V8z", "M0 8V7h1V0h1V8z")


def test_a_day_without_a_figure_stays_blank() -> None:
    chart = drawn(figure(0, ready=1), figure(1, ready=1), figure(3, ready=0), figure(6, ready=2))
    assert chart.gaps
    assert heights(chart.ready, chart) == [1, 1, None, 0, None, None, 2]
    assert heights(chart.active, chart) == [10, 10, None, 10, None, None, 10]


def test_nobody_at_all_is_drawn_as_nothing() -> None:
    chart = drawn(figure(0, active=0, ready=0), figure(1, active=0, ready=0))
    assert heights(chart.active, chart) == [0, 0]
    assert chart.top == 1


@pytest.mark.parametrize("days", [129, 130, 131, 260, 400, 401])
def test_however_many_days_there_are_the_chart_stays_small(days: int) -> None:
    chart = drawn(*(figure(n, active=100 + n, ready=n % 90) for n in range(days)))
    assert chart.columns <= 130
    assert None not in heights(chart.active, chart)
    assert heights(chart.active, chart)[-1] == 100 + days - 1
    assert len(chart.active + chart.ready) < 2500
    assert (chart.first.day, chart.last.day) == (START, START + timedelta(days=days - 1))


def test_the_figures_are_those_of_the_last_day_counted_in_each_month() -> None:
    chart = drawn(*(figure(n) for n in (0, 3, 29, 31, 45, 64)))
    assert [one.day for one in chart.months] == [date(2026, 3, 6), date(2026, 2, 15), date(2026, 1, 30)]
