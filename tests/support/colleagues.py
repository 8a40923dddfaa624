"""Who else is in Ann's organization: people who came and did things on earlier days, without anybody watching."""

from app.domain.invitations import Row
from app.domain.members import Role
from app.domain.refusals import Refused
from app.domain.text import slug_of
from app.services import account, enrolment, invitations, sign_in
from tests.support.journey import AT_HOME, Person, arriving, enrols, past_the_password, signed_in_at_home
from tests.support.site import Site

GUESSES_THAT_LOCK = 10


def a_colleague(name: str, *, email: str = "") -> Person:
    """Who is nowhere in the portal yet."""
    return Person(name, email or f"{slug_of(name)}@larch.example", "four herons over the weir", "Larch & Co")


def invited(site: Site, owner: Person, *people: Person, role: Role = Role.MEMBER) -> list[str]:
    """The owner invites them; what comes back are the links, in the same order."""
    session = signed_in_at_home(site, owner, owner.phone.next_code())
    rows = [Row(number, one.name, one.email, role) for number, one in enumerate(people, start=1)]
    made = invitations.invite(site.portal, session, rows, proof="", origin=AT_HOME)
    assert not isinstance(made, Refused)
    assert len(made.made) == len(people), made.left_out
    sign_in.sign_out(site.portal, session, AT_HOME)
    return [f"{site.url}/invitations/{one.token}" for one in made.made]


def settled_in(
    site: Site, owner: Person, *names: str, role: Role = Role.MEMBER, acknowledged: bool = True
) -> list[Person]:
    """They were invited, and each has a phone and recovery codes; which they have acknowledged, unless said."""
    people = [a_colleague(name) for name in names]
    for person, link in zip(people, invited(site, owner, *people, role=role), strict=True):
        begun = invitations.accept(
            site.portal, link.rpartition("/")[2], name=person.name, password=person.password, origin=AT_HOME
        )
        assert not isinstance(begun, Refused)
        enrols(site, person, arriving(site, begun.token), acknowledges=acknowledged)
    site.clock.advance(days=2)
    return people


def came_without_a_phone(site: Site, owner: Person, name: str, *, role: Role = Role.MEMBER) -> Person:
    """They took up the invitation as far as the password, and stopped at the authenticator."""
    person = a_colleague(name)
    [link] = invited(site, owner, person, role=role)
    token = link.rpartition("/")[2]
    begun = invitations.accept(site.portal, token, name=name, password=person.password, origin=AT_HOME)
    assert not isinstance(begun, Refused)
    enrolment.cancel(site.portal, arriving(site, begun.token), AT_HOME)
    return person


def is_locked_by_guesses(site: Site, person: Person) -> None:
    """Somebody who has the password types wrong codes until no code is taken any more."""
    begun = past_the_password(site, person)
    for _ in range(GUESSES_THAT_LOCK):
        typed = person.phone.wrong_code()
        assert isinstance(sign_in.second(site.portal, begun, typed, browser_token=None, origin=AT_HOME), Refused)


def panics(site: Site, person: Person) -> None:
    account.panic(site.portal, signed_in_at_home(site, person, person.phone.next_code()), AT_HOME)
