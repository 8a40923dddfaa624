"""Every route as a walk goes through them: paths with something behind them, and forms that would do something."""

from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

from app.web.access import TABLE, Access
from tests.support.members_web import NEW_PASSWORD, PASSWORD, Browser, Person, filled
from tests.support.offices import Office

Fields = dict[str, str]
Visit = Callable[[Office, Person], Browser]


def nobody(office: Office, _ada: Person) -> Browser:
    return office.browser()


def past_the_password(office: Office, ada: Person) -> Browser:
    return office.past_the_password(ada)


def past_the_password_without_authenticator(office: Office, _ada: Person) -> Browser:
    return office.past_the_password(office.person("Nora New", enrolled=False))


def signed_in(office: Office, ada: Person) -> Browser:
    return office.signed_in(ada)


def yet_to_acknowledge(office: Office, _ada: Person) -> Browser:
    return office.signed_in(office.person("Paul Pending", acknowledged=False))


def yet_to_enrol(office: Office, _ada: Person) -> Browser:
    return office.due_to_enrol(office.person("Nora New", enrolled=False))


def with_a_pass(office: Office, ada: Person) -> Browser:
    return office.with_pass(ada)


VISITS: tuple[Visit, ...] = (
    nobody,
    past_the_password,
    past_the_password_without_authenticator,
    signed_in,
    yet_to_acknowledge,
    yet_to_enrol,
    with_a_pass,
)


def named(method: str) -> Iterator[tuple[str, Access]]:
    """The rules that answer to the method."""
    return ((rule, access) for (served, rule), access in sorted(TABLE.items()) if served == method)


def path_of(rule: str, id: UUID | None = None, slug: str = "acme-works") -> str:  # noqa: A002 -- as in the rules
    """`id` is that of whatever the rule is about; where nothing is given, there is no such thing."""
    return filled(rule, id=id or uuid4(), slug=slug, token="no-such-token", digest="0" * 16, name="css/theme.css")


def form_for(rule: str, person: Person) -> Fields:
    """What fills in the form of the rule, so that it would do something for whoever may, but for the proof."""
    return {
        "/appearance": {"theme": "dark"},
        "/setup": {"organization": "O", "name": "N", "email": "n@example.org", "password": NEW_PASSWORD},
        "/sign-in": {"email": person.email, "password": PASSWORD},
        "/o/<slug>/sign-in": {"email": person.email, "password": PASSWORD},
        "/password": {"password": NEW_PASSWORD},
        "/sign-in/code": {"code": person.codes[0] if person.codes else "000000"},
        "/sign-in/pass": {"code": person.codes[0] if person.codes else "000000"},
        "/enrolment": {"replace": ""},
        "/enrolment/confirmation": {"code": "000000", "name": "Tablet"},
        "/account/name": {"name": "Somebody Else"},
        "/account/password": {"password": NEW_PASSWORD},
        "/account/authenticators/<uuid:id>/name": {"name": "Tablet"},
        "/account/recovery-codes": {"generation": "1"},
        "/account/recovery-codes/proof": {"generation": "1", "group": "0000"},
        "/account/recovery-codes/acknowledgement": {"generation": "1", "saved": "y"},
    }.get(rule, {})
