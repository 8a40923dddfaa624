"""What members do for themselves in an application: told as their own doing, and where it was."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from markupsafe import Markup

from app.domain.events import NOWHERE, Act, ActorKind, Event, Named
from app.web.event_words import history_sentence, log_sentence

ADA = Named(UUID(int=1), "Ada")
PEOPLE = {"who": Markup("Ada"), "actor": Markup("Ada")}

BY_HER_HAND: dict[Act, tuple[dict[str, Any], str, str]] = {
    Act.ENROLMENT_BEGUN: ({}, "You began to set up an authenticator.", "Ada began to set up an authenticator."),
    Act.ENROLMENT_CANCELLED: (
        {}, "You stopped setting up an authenticator.", "Ada stopped setting up an authenticator.",
    ),
    Act.AUTHENTICATOR_REMOVED: (
        {"name": "Phone"}, "You removed the authenticator Phone.", "Ada removed an authenticator.",
    ),
    Act.CODES_VOIDED: (
        {}, "Your recovery codes stopped working with the last authenticator.",
        "The recovery codes of Ada stopped working with the last authenticator.",
    ),
    Act.CODES_SHOWN: ({"generation": 2}, "You looked at your recovery codes.", "Ada looked at the recovery codes."),
    Act.CODES_REGENERATED: (
        {"old": 1, "count": 10}, "You made 10 new recovery codes. The old ones stopped working.",
        "Ada made 10 new recovery codes.",
    ),
    Act.CODES_ACKNOWLEDGED: (
        {"generation": 2}, "You acknowledged that your recovery codes are saved.",
        "Ada acknowledged the recovery codes.",
    ),
}  # fmt: skip


def event(act: Act, kind: ActorKind, project: str = "", by: Named | None = ADA, **details: Any) -> Event:
    at = datetime(2026, 5, 4, tzinfo=UTC)
    return Event(1, UUID(int=9), act, at, kind, ADA, by, details, NOWHERE, project)


@pytest.mark.parametrize("act", BY_HER_HAND)
def test_what_a_member_did_in_an_application_is_said_to_have_been_there(act: Act) -> None:
    details, hers, theirs = BY_HER_HAND[act]
    there = event(act, ActorKind.MEMBER, "Shop", **details)
    assert history_sentence(there) == f"{hers} This was in Shop."
    assert log_sentence(there, PEOPLE) == f"{theirs} This was in Shop."
    assert not there.by_another


@pytest.mark.parametrize("act", BY_HER_HAND)
def test_on_pages_of_the_portal_no_place_is_said(act: Act) -> None:
    details, hers, theirs = BY_HER_HAND[act]
    here = event(act, ActorKind.MEMBER, **details)
    assert history_sentence(here) == hers
    assert log_sentence(here, PEOPLE) == theirs


def test_what_an_application_did_is_its_own_doing_and_not_a_place() -> None:
    by_key = event(Act.CODES_REGENERATED, ActorKind.PROJECT, "Shop", by=None, old=1, count=10)
    assert history_sentence(by_key) == (
        "The application Shop had 10 new recovery codes made. The old ones stopped working."
    )
    assert log_sentence(by_key, {**PEOPLE, "actor": Markup("Shop")}) == "Shop had 10 new recovery codes made for Ada."
    assert by_key.by_another


def test_the_place_is_said_before_what_else_is_to_be_known() -> None:
    odd = event(Act.ENROLMENT_BEGUN, ActorKind.MEMBER, "Shop", unknown_browser=True)
    assert history_sentence(odd).partition(" This was in Shop. ")[2].startswith("It was done with the password alone")


def test_what_a_project_is_called_is_no_markup() -> None:
    odd = event(Act.CODES_SHOWN, ActorKind.MEMBER, "<b>{who}</b> & %s", generation=1)
    assert history_sentence(odd) == "You looked at your recovery codes. This was in <b>{who}</b> & %s."
    said = log_sentence(odd, PEOPLE)
    assert said == "Ada looked at the recovery codes. This was in &lt;b&gt;{who}&lt;/b&gt; &amp; %s."
