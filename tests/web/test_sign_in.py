"""Signing in: the password, then one field for either kind of code."""

from app.services import owners, tenants, users, visitors
from app.services.tenants import TenantChanges
from app.services.users import Changes
from tests.support import applications
from tests.support.members_web import Browser, Person
from tests.support.offices import Office
from tests.support.people import AT_HOME, granted


def test_a_password_and_a_code_lead_to_the_account(stranger: Browser, ada: Person) -> None:
    stranger.sign_in(ada)
    assert stranger.arrive().request.path == "/account"
    assert "Your account" in stranger.text


def test_what_an_application_makes_leaves_the_first_page_to_who_administers(
    office: Office, ada: Person, olga: Person, stranger: Browser
) -> None:
    suite = applications.made(office.portal, "Suite", installation=True)
    changes = TenantChanges(name="Northwind", slug="northwind")
    reached = granted(tenants.create(office.portal, suite.project, changes, origin=AT_HOME))
    notes = Changes(external_id="n-1")
    granted(users.create(office.portal, reached.project, email=ada.email, notes=notes, pending=False, origin=AT_HOME))
    stranger.open("/sign-in")
    assert "Acme Works" in stranger.told
    assert stranger.submit("/sign-in", email=ada.email, password=ada.password).location == "/sign-in/code"
    visitor = office.browser()
    visitor.open("/o/northwind/sign-in")
    assert "Northwind" in visitor.told
    owners.create(office.portal, name="Nils", email="nils@example.org", organization="northwind", founding=None)
    assert visitors.only_organization(office.portal) == (None, True)
