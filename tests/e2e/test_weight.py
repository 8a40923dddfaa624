"""What the pages weigh on their way: little at the first visit, next to nothing later."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from app.domain.projects import OVERLAP, SECRETS_AT_MOST
from app.services import project_upkeep
from tests.e2e.conftest import Arriving
from tests.support import applications
from tests.support.colleagues import is_locked_by_guesses, settled_in
from tests.support.journey import Person, Walker
from tests.support.site import Site

FIRST_VISIT, LATER_VISIT = 150_000, 15_000
NAMES = [f"Wilhelmina Larch {count}" for count in range(4, 20)]
LONG_NAMES = [f"{count}. Wilhelmina-Constantia van der Rhododendron-Larchwood" for count in range(4, 20)]
"""With their addresses, which are made of them, these fill a page of the list and begin a second."""

WITH_LONG_NAMES = 17_500


class Scales:
    """Counts what comes over the wire, headers included."""

    def __init__(self, page: Page) -> None:
        self.weights: dict[str, float] = defaultdict(float)
        self._name = "first visit"
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", self._weigh)

    @contextmanager
    def weighing(self, name: str) -> Iterator[None]:
        self._name = name
        yield

    def _weigh(self, loaded: dict[str, Any]) -> None:
        self.weights[self._name] += loaded["encodedDataLength"]


def test_a_first_visit_is_light_and_later_ones_are_lighter(site: Site, ann: Person, somebody: Arriving) -> None:
    at = somebody("about:blank")
    scales = Scales(at.page)
    for name, step in visits(at, ann):
        with scales.weighing(name):
            step()
            at.page.wait_for_load_state("networkidle")
    report = table(scales.weights)
    first, *later = scales.weights.values()
    assert 10_000 < first < FIRST_VISIT, report
    assert all(500 < weight < LATER_VISIT for weight in later), report


@pytest.mark.parametrize(("names", "limit"), [(NAMES, LATER_VISIT), (LONG_NAMES, WITH_LONG_NAMES)])
def test_the_pages_of_administrators_are_light_when_they_are_full(
    site: Site, ann: Person, somebody: Arriving, names: list[str], limit: int
) -> None:
    """The HTML alone, which no proxy should compress, since it carries tokens."""
    people = settled_in(site, ann, *names)
    is_locked_by_guesses(site, people[0])
    at = somebody()
    at.signs_in(ann)
    at.turns_to("Members")
    expect(at.page.get_by_role("row")).to_have_count(1 + 14)
    expect(at.page.get_by_role("link", name="Next")).to_be_visible()
    paths = {"members": "/members", "log": "/audit", "organization": "/organization"}
    at.follows(people[1].name)
    paths |= {"member": at.page.url, "making a pass": f"{at.page.url}/pass"}
    paths |= {"projects": "/projects", "project": f"/projects/{with_all_its_secrets(site)}"}
    weights = {name: float(len(at.page.request.get(path).body())) for name, path in paths.items()}
    report = table(weights)
    assert all(2_000 < weight < limit for weight in weights.values()), report


def with_all_its_secrets(site: Site) -> UUID:
    """A project of several, with as many secrets as there can be."""
    first, *_others = (applications.made(site.portal, name).project.public_id for name in NAMES[:8])
    for _ in range(SECRETS_AT_MOST - 1):
        project_upkeep.rotate_secret(site.portal, first, overlap=OVERLAP)
    return first


def table(weights: dict[str, float]) -> str:
    report = "\n".join(f"{weight:7.0f}  {name}" for name, weight in weights.items())
    print(f"\n{report}")  # noqa: T201 -- `pytest -s` shows the table
    return report


def visits(at: Walker, person: Person) -> list[tuple[str, Any]]:
    return [
        ("sign-in, first visit", lambda: at.opens("/")),
        ("sign-in", lambda: at.opens("/")),
        ("second factor", lambda: at.gives_password(person)),
        ("account", lambda: at.gives_code(person.phone.next_code())),
        ("enrolment, start", lambda: at.follows("Add an authenticator")),
        ("enrolment, QR", lambda: at.presses("Set up the new authenticator")),
        ("recovery codes", lambda: at.opens("/account/recovery-codes")),
        ("recovery codes, shown", lambda: at.presses("Show codes")),
        ("sessions", lambda: at.opens("/account/sessions")),
        ("history", lambda: at.opens("/account/history")),
        ("name and password", lambda: at.opens("/account/profile")),
        ("something is wrong", lambda: at.opens("/account/panic")),
        ("not found", lambda: at.opens("/nowhere")),
        ("signed out", at.signs_out),
    ]
