"""What is written down of what members do for themselves in applications: as their own doing, and where it was."""

from app.domain.events import Act, Event
from app.portal import Portal
from app.services import history
from app.web.event_words import history_sentence
from tests.support.people import Person, granted, refusal
from tests.support.screens import AT_THE_TABLE, Login, Screen
from tests.support.shops import Shop

Told = list[tuple[Act, str]]
MEMBER, PROJECT = "member", "project"


def since(screen: Screen, number: int) -> list[Event]:
    return screen.shop.history_of(screen.user)[number:]


def told(events: list[Event]) -> Told:
    """Each act, and of what kind whoever did it is."""
    return [(one.act, one.actor_kind) for one in events]


def test_a_life_in_a_browser_is_told_as_the_members_own(joans: Screen) -> None:
    begun = len(joans.acts)
    joans.begins()
    granted(joans.try_code(joans.code()))
    joans.reads()
    granted(joans.try_acknowledging())
    joans.rotates()
    joans.recovers()
    granted(joans.try_delete_all())
    events = since(joans, begun)
    assert told(events) == [
        (Act.ENROLMENT_BEGUN, MEMBER),
        (Act.AUTHENTICATOR_ADDED, PROJECT),
        (Act.CODES_MADE, PROJECT),
        (Act.USER_VERIFIED, PROJECT),
        (Act.CODES_SHOWN, MEMBER),
        (Act.CODES_ACKNOWLEDGED, MEMBER),
        (Act.CODES_REGENERATED, MEMBER),
        (Act.CODE_SPENT, PROJECT),
        (Act.USER_VERIFIED, PROJECT),
        (Act.AUTHENTICATOR_REMOVED, MEMBER),
        (Act.CODES_VOIDED, MEMBER),
    ]
    assert {(one.project, one.origin) for one in events} == {("Shop", AT_THE_TABLE)}
    assert [one.by_another for one in events] == [one.actor_kind == PROJECT for one in events]
    assert {one.by.public_id for one in events if one.by} == {joans.user}


def test_what_waits_and_is_cancelled_is_told_too(joans: Screen) -> None:
    joans.begins(with_codes=False)
    assert joans.totp
    granted(joans.try_delete(joans.totp))
    assert told(since(joans, -2)) == [(Act.ENROLMENT_BEGUN, MEMBER), (Act.ENROLMENT_CANCELLED, MEMBER)]


def test_reading_is_told_each_time_if_there_was_anything(adas: Screen, ada: Person, portal: Portal) -> None:
    """Unlike what an application reads by itself: here somebody looked."""
    adas.types()
    begun = len(adas.acts)
    granted(adas.try_reading())
    adas.reads()
    assert [(one.act, one.details) for one in since(adas, begun)] == [(Act.CODES_SHOWN, {"generation": 1})] * 2
    adas.types()
    adas.rotates()
    adas.reads()
    assert since(adas, -1)[0].details == {"generation": 2}
    while adas.codes:
        adas.recovers()
    begun = len(adas.acts)
    assert adas.reads() == []
    assert len(adas.acts) == begun


def test_a_set_that_replaces_one_says_which(adas: Screen) -> None:
    adas.types()
    adas.rotates()
    (event,) = since(adas, -1)
    assert (event.act, event.details) == (Act.CODES_REGENERATED, {"old": 1, "count": 10})


def test_the_history_says_where_it_was(adas: Screen, ada: Person) -> None:
    adas.types()
    adas.reads()
    adas.rotates()
    granted(adas.try_acknowledging())
    ada.sign_in()
    said = [history_sentence(one) for one in history.page(ada.portal, ada.session).events[::-1]]
    here = [one.removesuffix(" This was in Shop.") for one in said if one.endswith(" This was in Shop.")]
    assert here == [
        "You looked at your recovery codes.",
        "You made 10 new recovery codes. The old ones stopped working.",
        "You acknowledged that your recovery codes are saved.",
    ]
    assert "You confirmed who you are to the application Shop, with a code from your authenticator." in said


def test_of_a_session_elsewhere_the_member_sees_where_they_acted(adas: Screen, ada: Person) -> None:
    adas.types()
    adas.reads()
    ada.sign_in()
    shown = next(one for one in history.page(ada.portal, ada.session).events if one.act is Act.CODES_SHOWN)
    assert (shown.by_another, shown.origin) == (False, AT_THE_TABLE)


def test_what_was_refused_is_written_only_where_a_code_was_tried(adas: Screen, joans: Screen) -> None:
    begun = len(adas.acts)
    for ask in (adas.try_reading, adas.try_rotating, adas.try_delete_all, adas.try_begin, adas.try_acknowledging):
        refusal(ask())
    assert since(adas, begun) == []
    refusal(adas.try_code(adas.wrong_code()))
    assert told(since(adas, begun)) == [(Act.CODE_REFUSED, PROJECT)]
    joans.begins()
    refusal(joans.try_code(joans.wrong_code()))
    assert told(since(joans, -1)) == [(Act.ENROLMENT_CODE_REFUSED, PROJECT)]


def test_what_a_member_says_of_themselves_is_their_own_doing(joans: Screen, shop: Shop) -> None:
    user = granted(joans.try_change(first_name="Joan", untrusted_metadata={"theme": "dark"}))
    assert user == shop.look(joans.user)
    assert (user.notes.name.whole, user.notes.untrusted_metadata) == ("Joan", {"theme": "dark"})
    assert told(since(joans, -2)) == [(Act.NAME_CHANGED, MEMBER), (Act.USER_CHANGED, MEMBER)]
    before = joans.acts
    granted(joans.try_change(first_name="Joan"))
    assert joans.acts == before


def test_a_preference_is_not_worth_a_line(adas: Screen) -> None:
    before = adas.acts
    assert adas.totp
    granted(adas.try_prefer(adas.totp))
    assert adas.acts == before


def test_another_members_history_tells_nothing_of_it(adas: Screen, joans: Screen, login: Login) -> None:
    before = joans.acts
    adas.types()
    adas.rotates()
    assert joans.acts == before
