"""Founding from the command line, when it is done several times at once, or while somebody uses the setup link."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from app.domain.operating import NotDoneError
from app.domain.refusals import Refused
from app.portal import Portal
from app.services import owners, setup
from app.services.owners import InvitedOwner
from app.services.setup import Founding
from app.steps.sessions import Begun
from app.storage import organizations
from tests.support.people import AT_HOME, PASSWORD


def found_by_command(portal: Portal, name: str, start: Barrier) -> InvitedOwner | None:
    start.wait()
    try:
        return owners.create(portal, name=name, email=f"{name}@example.org", organization=None, founding=name)
    except NotDoneError:
        return None


def found_by_link(portal: Portal, token: str, start: Barrier) -> Begun | None:
    start.wait()
    claimed = setup.claim(portal, token, Founding("By Link", "Olive", "olive@example.org", PASSWORD), AT_HOME)
    return None if isinstance(claimed, Refused) else claimed


def organizations_in(portal: Portal) -> int:
    with portal.reading() as tx:
        return len(organizations.all_of_them(tx.db))


def test_of_several_commands_at_once_one_founds(portal: Portal) -> None:
    start = Barrier(4)
    with ThreadPoolExecutor(4) as runners:
        done = list(runners.map(lambda name: found_by_command(portal, name, start), ["ann", "bob", "cyd", "dan"]))
    assert sum(one is not None for one in done) == 1
    assert organizations_in(portal) == 1


def test_of_a_command_and_the_setup_link_one_founds(portal: Portal) -> None:
    token = setup.issue_link(portal)
    assert token
    start = Barrier(2)
    with ThreadPoolExecutor(2) as runners:
        by_command = runners.submit(found_by_command, portal, "ann", start)
        by_link = runners.submit(found_by_link, portal, token, start)
        done = [by_command.result(), by_link.result()]
    assert sum(one is not None for one in done) == 1
    assert organizations_in(portal) == 1
