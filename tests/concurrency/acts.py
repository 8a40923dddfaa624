"""What the runners of a race do. They stand here, in a module of their own, so that processes can find them."""

from app.domain.events import OPERATOR
from app.domain.sessions import Session, SignIn
from app.portal import Portal
from app.services import account, enrolment, locks, passes, password_link, recovery_codes, setup, sign_in
from app.services.setup import Founding
from tests.concurrency.crowd import PASSWORD
from tests.support.people import AT_HOME

NEW_PASSWORD = "nine quiet lanterns by the harbour"


def second_factor(portal: Portal, begun: SignIn, typed: str) -> object:
    return sign_in.second(portal, begun, typed, browser_token=None, origin=AT_HOME)


def password(portal: Portal, organization_id: int, email: str, typed: str = PASSWORD) -> object:
    return sign_in.password(
        portal,
        organization_id,
        email=email,
        password=typed,
        next_path=None,
        browser_token=None,
        origin=AT_HOME,
    )


def start_enrolment(portal: Portal, holder: Session | SignIn) -> object:
    return enrolment.start(portal, holder, replace=None, proof="", origin=AT_HOME)


def confirm(portal: Portal, holder: Session | SignIn, code: str) -> object:
    return enrolment.confirm(portal, holder, code=code, name="", browser_token=None, origin=AT_HOME)


def regenerate(portal: Portal, session: Session, generation: int) -> object:
    return recovery_codes.regenerate(portal, session, generation=generation, proof="", origin=AT_HOME)


def acknowledge(portal: Portal, session: Session, generation: int) -> object:
    return recovery_codes.acknowledge(portal, session, generation=generation, origin=AT_HOME)


def step_up(portal: Portal, session: Session, code: str) -> object:
    return enrolment.start(portal, session, replace=None, proof=code, origin=AT_HOME)


def issue_setup_link(portal: Portal) -> object:
    return setup.issue_link(portal)


def claim_setup(portal: Portal, token: str, organization: str) -> object:
    founding = Founding(organization, "Olive", "olive@example.org", PASSWORD)
    return setup.claim(portal, token, founding, AT_HOME)


def use_link(portal: Portal, token: str) -> object:
    return password_link.use(portal, token, NEW_PASSWORD, AT_HOME)


def make_link(portal: Portal, email: str) -> object:
    return password_link.make(portal, email, organization=None, reason="race", by=OPERATOR)


def change_password(portal: Portal, session: Session) -> object:
    return account.change_password(portal, session, password=NEW_PASSWORD, proof="", origin=AT_HOME)


def use_pass(portal: Portal, begun: SignIn, spelled: str) -> object:
    return passes.use(portal, begun, spelled, holder_token=None, origin=AT_HOME)


def unlock(portal: Portal, email: str) -> object:
    return locks.unlock(portal, email, organization=None, reason="asked", by=OPERATOR)


def leave(portal: Portal, begun: SignIn) -> None:
    sign_in.leave(portal, begun)


def panic(portal: Portal, session: Session) -> None:
    account.panic(portal, session, AT_HOME)
