"""Applications of the whole installation at the same moment: one organization each, and nobody in what is gone."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import text

from app.domain.organizations import Organization
from app.domain.projects import Project
from app.portal import Portal
from app.services import project_upkeep, tenants, totps, users
from app.services.tenants import TenantChanges
from app.services.totps import Checked
from app.services.users import Changes
from app.storage import organizations
from tests.concurrency import admin_acts
from tests.concurrency import application_acts as app_acts
from tests.concurrency.conftest import Race, in_turn
from tests.concurrency.crowd import Crowd, House
from tests.support import shops
from tests.support.otp import AuthenticatorApp
from tests.support.people import granted
from tests.support.races import Round, told

ROUNDS = 40
FEW = 12
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
FOREIGN = ["ABCD-1234", "efgh 5678", "ijkl_9012"]

pytestmark = pytest.mark.usefixtures("quick_projects")


@dataclass
class Tenancy:
    """An organization that an application made, with one who is enrolled there and one who is not."""

    project: Project
    organization: Organization
    enrolled: UUID
    app: AuthenticatorApp
    newcomer: UUID


def suite(portal: Portal) -> Project:
    """Of the whole installation; it may do everything."""
    return project_upkeep.create(
        portal, name="Suite", organization=None, installation=True, permissions=shops.EVERYTHING
    ).project


def tenancy(portal: Portal, project: Project, number: int) -> Tenancy:
    wanted = TenantChanges(name="Northwind", slug=f"northwind-{number}", external_id=f"t-{number}")
    reached = granted(tenants.create(portal, project, wanted, origin=app_acts.FROM_THE_SHOP))
    inside, nobody = reached.project, Changes()
    one, other = (
        granted(users.create(portal, inside, email=None, notes=nobody, pending=False, origin=app_acts.FROM_THE_SHOP))
        for _ in range(2)
    )
    created = granted(totps.create(portal, inside, one.id, life=shops.AN_HOUR, origin=app_acts.FROM_THE_SHOP))
    app = AuthenticatorApp.from_uri(created.uri)
    code = app.code(portal.clock.now(), steps=-1)
    granted(totps.authenticate(portal, inside, one.id, code, wish=shops.wish(), origin=app_acts.FROM_THE_SHOP))
    return Tenancy(inside, reached.tenant.organization, one.id, app, other.id)


def test_an_organization_that_is_removed_while_people_come_has_nobody_in_it(
    portal: Portal, crowd: Crowd, race: Race
) -> None:
    """One of two who remove it does."""
    ours = suite(portal)
    there = [tenancy(portal, ours, number) for number in range(ROUNDS)]
    rounds = [
        [
            (app_acts.create, one.project, f"{number}@example.org", f"u-{number}"),
            (app_acts.begin_again, one.project, one.newcomer),
            (app_acts.verify, one.project, one.enrolled, one.app.code(portal.clock.now())),
            (app_acts.remove_organization, ours, one.organization.public_id),
            (app_acts.remove_organization_as_operator, one.organization.slug),
        ]
        for number, one in enumerate(there)
    ]
    for outcome in race(in_turn(rounds)):
        created, began, verified, *removals = outcome
        assert created in {"User", "unknown_member"}
        assert began in {"Created", "unknown_member"}
        assert verified in {"Checked", "unknown_member"}
        assert sorted(one.partition(":")[0] for one in removals) in [
            ["Ended", "unknown_organization"],
            ["NotDoneError", "UUID"],
        ]
    assert crowd.count("SELECT count(*) FROM member WHERE status != 'removed'") == 0
    for table in ("authenticator", "enrolment", "staged_code", "recovery_code_set", "session", "sign_in"):
        assert crowd.count(f"SELECT count(*) FROM {table}") == 0, table  # noqa: S608
    for table in ("project_user", "project_tenant"):
        assert crowd.count(f"SELECT count(*) FROM {table}") == 0, table  # noqa: S608
    assert crowd.count("SELECT count(*) FROM organization WHERE ended_at IS NULL") == 0
    assert crowd.count("SELECT count(*) FROM event WHERE act = 'organization.removed'") == ROUNDS


def test_of_two_organizations_with_one_short_name_or_external_id_one_is_made(
    portal: Portal, crowd: Crowd, race: Race
) -> None:
    """Where nobody asked for a short name, each has one of its own."""
    ours = suite(portal)
    by_slug = race([[(app_acts.create_organization, ours, f"n-{n}", f"s-{n}-{i}") for i in (1, 2)] for n in range(FEW)])
    assert told(by_slug) == {("Reached", "slug_taken"): FEW}
    by_id = race([[(app_acts.create_organization, ours, None, f"t-{n}")] * 2 for n in range(FEW)])
    assert told(by_id) == {("Reached", "organization_id_taken"): FEW}
    both = race([[(app_acts.create_organization, ours, f"b-{n}-{i}", f"b-{n}") for i in (1, 2)] for n in range(FEW)])
    assert told(both) == {("Reached", "organization_id_taken"): FEW}
    neither = race([[(app_acts.create_organization, ours, None, None)] * 2 for _ in range(FEW)])
    assert told(neither) == {("Reached", "Reached"): FEW}
    assert crowd.count("SELECT count(*) FROM organization") == 5 * FEW
    assert crowd.count("SELECT count(*) FROM project_tenant WHERE external_id IS NOT NULL") == 3 * FEW


def test_one_who_is_taken_back_and_one_who_is_new_do_not_share_an_address(
    portal: Portal, crowd: Crowd, race: Race
) -> None:
    racers = crowd.racers(ROUNDS, enrolled=False)
    shop = suite(portal).within(racers[0].organization_id)
    for one in racers:
        app_acts.remove(portal, shop, one.public_id)
    rounds = [[(app_acts.take_back, shop, one.public_id), (app_acts.create, shop, one.email, None)] for one in racers]
    assert told(race(in_turn(rounds))) == {("User", "address_taken"): ROUNDS}
    assert crowd.count("SELECT count(*) FROM member WHERE status = 'active'") == ROUNDS
    assert crowd.count("SELECT count(*) FROM member WHERE email_key IS NOT NULL") == ROUNDS


def test_who_is_exchanged_while_being_locked_or_the_project_ends_is_not_in(
    portal: Portal, crowd: Crowd, race: Race
) -> None:
    crowd.racers(0)
    homes = crowd.houses(2 * FEW, members=1, sessions=0)
    aways = crowd.houses(2 * FEW, admins=1, members=1, enrolled=False)
    theirs = [suite(portal) for _ in homes]
    tokens = [_crosses(portal, ours, home, away) for ours, home, away in zip(theirs, homes, aways, strict=True)]
    into = [_public_id(portal, away) for away in aways]
    locking: list[Round] = [
        [(app_acts.exchange, ours, token, to), (admin_acts.lock, away.admins[0].sessions[0], away.members[0].public_id)]
        for ours, token, to, away in zip(theirs[:FEW], tokens, into, aways, strict=False)
    ]
    assert told(race(in_turn(locking))).keys() <= {("Done", "let in"), ("Done", "locked")}
    ending: list[Round] = [
        [(app_acts.exchange, ours, token, to), (app_acts.remove_project, ours.public_id)]
        for ours, token, to in zip(theirs[FEW:], tokens[FEW:], into[FEW:], strict=True)
    ]
    assert told(race(in_turn(ending))).keys() <= {("let in", "tuple"), ("tuple", "unknown_session")}
    of_projects = "SELECT count(*) FROM session WHERE member_id = :id AND audience != 'portal'"
    assert [crowd.count(of_projects, id=away.members[0].id) for away in aways] == [0] * len(aways)


def _crosses(portal: Portal, ours: Project, home: House, away: House) -> str:
    """Somebody of whom an address is verified on both sides, and who is in on one; the token of that session."""
    one, other = home.members[0], away.members[0]
    with portal.writing() as tx:
        tx.db.execute(
            text("UPDATE member SET email_verified = true, email = :it, email_key = :it WHERE id IN (:one, :other)"),
            {"it": one.email, "one": one.id, "other": other.id},
        )
    checked = app_acts.verify(portal, ours.within(home.id), one.public_id, one.totp(portal))
    assert isinstance(checked, Checked)
    assert checked.session
    return checked.session.token


def _public_id(portal: Portal, house: House) -> UUID:
    with portal.reading() as tx:
        return organizations.find(tx.db, house.id).public_id


def test_a_code_beside_a_rotation_is_right_or_late_and_no_old_one_works_after(
    portal: Portal, crowd: Crowd, race: Race
) -> None:
    racers = crowd.racers(ROUNDS)
    shop = suite(portal).within(racers[0].organization_id)
    rounds = [
        [(app_acts.recover, shop, one.public_id, one.codes[0]), (app_acts.rotate, shop, one.public_id)]
        for one in racers
    ]
    assert told(race(in_turn(rounds))).keys() <= {("Checked", "LiveCodes"), ("LiveCodes", "wrong_code")}
    assert crowd.count("SELECT count(*) FROM recovery_code_set WHERE voided_at IS NULL") == ROUNDS
    assert crowd.count("SELECT count(*) FROM recovery_code") == 10 * ROUNDS
    assert crowd.count("SELECT count(*) FROM member WHERE codes_left = 10 AND codes_pending") == ROUNDS
    for one in racers[:FEW]:
        assert not isinstance(app_acts.recover(portal, shop, one.public_id, one.codes[1]), Checked)


def test_of_two_who_bring_a_second_factor_along_one_does(portal: Portal, crowd: Crowd, race: Race) -> None:
    racers = crowd.racers(FEW, enrolled=False)
    shop = suite(portal).within(racers[0].organization_id)
    rounds = [[(app_acts.migrate, shop, one.public_id, SECRET, codes) for codes in (FOREIGN, [])] for one in racers]
    assert told(race(in_turn(rounds))) == {("TakenOver", "enrolled"): FEW}
    assert crowd.count("SELECT count(*) FROM authenticator") == FEW
    foreign = crowd.count("SELECT count(*) FROM recovery_code_set WHERE form = 'foreign'")
    assert crowd.count("SELECT count(*) FROM recovery_code") == 3 * foreign + 10 * (FEW - foreign)
    assert crowd.count("SELECT count(*) FROM member WHERE authenticator_count = 1") == FEW
