"""A restored installation looked after: what was spent stays spent, everybody starts anew, and is told why."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.events import OPERATOR, Act
from app.domain.invitations import Row
from app.domain.members import Role
from app.domain.refusals import Refused, Why
from app.portal import Portal
from app.services import invitations, passes, password_link, project_calls, project_upkeep, setup
from app.storage import events, in_service
from app.storage.database import Database
from app.storage.links import invitations as kept_invitations
from tests.cli.conftest import Copies, Outcome, Sparekey
from tests.support.people import AT_HOME, NEW_PASSWORD, People, Person, granted, refusal
from tests.support.shops import Shop


def log(portal: Portal, organization_id: int) -> list[tuple[Act, str, dict[str, object]]]:
    with portal.reading() as tx:
        page = events.page_of(tx.db, organization_id, events.Search(), before=None, count=1000)
        return [(one.act, one.actor_kind, one.details) for one in page if one.about is None]


def marks(portal: Portal) -> int:
    with portal.reading() as tx:
        return int(tx.db.execute(text("SELECT count(*) FROM backup_mark")).scalar_one())


def test_a_code_that_was_spent_after_the_backup_stays_spent(ada: Person, copies: Copies) -> None:
    file = copies.back_up()
    ada.sign_in(ada.codes[0])
    ada.clock.advance(hours=1)
    copies.restore(file)
    copies.finish()
    assert refusal(ada.try_code(ada.begin(), ada.codes[0])) is Why.WRONG_CODE
    assert refusal(ada.try_code(ada.begin(), ada.codes[1])) is Why.WRONG_CODE
    ada.clock.advance(seconds=60)
    ada.sign_in()


@pytest.mark.only("sqlite")
def test_where_there_is_no_database_none_is_made(
    sparekey: Sparekey, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("INSTANCE", str(tmp_path / "typo"))
    refused = sparekey("restore-finish")
    assert refused.status == 78
    assert "There is no database at" in refused.err
    assert not (tmp_path / "typo").exists()


@pytest.mark.only("postgresql")
@pytest.mark.parametrize("command", ["restore-finish", "migrate-database"])
def test_while_others_are_connected_nothing_is_finished_or_moved(
    portal: Portal, ada: Person, sparekey: Sparekey, tmp_path: Path, command: str
) -> None:
    """As by a server that was forgotten."""
    forgotten = Database(portal.settings.database)
    to = {
        "restore-finish": ["--yes"],
        "migrate-database": [portal.settings.database, f"sqlite:///{tmp_path}/to.sqlite3"],
    }
    with forgotten.reading():
        refused = sparekey(command, *to[command])
    forgotten.close()
    assert refused.status == 1
    assert "of other Sparekey processes to this database are open. Stop every server first." in refused.err
    assert ada.code_set.left == 10


def test_an_authenticators_code_used_after_the_backup_is_not_taken_again(ada: Person, copies: Copies) -> None:
    file = copies.back_up()
    used = ada.next_totp()
    ada.sign_in(used)
    ahead = ada.totp(steps=1)
    copies.restore(file)
    copies.finish()
    assert isinstance(ada.try_code(ada.begin(), used), Refused)
    assert isinstance(ada.try_code(ada.begin(), ahead), Refused)  # it could have been, with a clock that is ahead
    ada.clock.advance(seconds=60)
    ada.sign_in(ada.totp())


def test_everybody_is_out_and_told_why(ada: Person, copies: Copies) -> None:
    file = copies.back_up()
    ada.clock.advance(minutes=5)
    copies.restore(file)
    copies.finish()
    assert ada.visitor() is None
    for table in ("session", "sign_in", "enrolment", "known_browser", "recovery_code"):
        assert ada.rows_in(table) == 0, table
    (voided,) = [one for one in ada.history if one.act is Act.CODES_VOIDED]
    assert (voided.details, voided.actor_kind) == ({"because": "restored"}, "operator")
    assert (ada.row.codes_left, ada.row.codes_pending, ada.column("ready")) == (0, False, False)
    assert ada.row.authenticator_count == 1


def test_users_of_applications_are_out_and_what_they_had_begun_is_gone(shop: Shop, copies: Copies) -> None:
    joan = shop.enrolled(shop.user(external_id="u-1").id)
    bea = shop.begin(shop.user("bea@example.org").id, life=timedelta(days=7))
    shown = joan.comes_in(life=timedelta(days=366))
    file = copies.back_up()
    granted(joan.try_recovery(joan.codes[0]))
    shop.clock.advance(minutes=5)
    copies.restore(file)
    assert "2 sessions" not in (done := copies.finish().out)
    assert "1 set of recovery codes and 1 session" in done
    assert refusal(shop.try_use(shown.token)) is Why.UNKNOWN_SESSION
    assert refusal(bea.try_code(bea.code())) is Why.NOT_ENROLLED
    assert refusal(joan.try_recovery(joan.codes[0])) is Why.WRONG_CODE
    assert refusal(joan.try_recovery(joan.codes[1])) is Why.WRONG_CODE
    with shop.portal.reading() as tx:
        for table in ("session", "session_factor", "enrolment", "project_enrolment", "staged_code"):
            assert tx.db.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0, table  # noqa: S608
    shop.clock.advance(minutes=1)
    granted(shop.try_code("u-1", joan.code()))


def test_secrets_that_were_revoked_since_are_back_and_that_is_said(shop: Shop, copies: Copies) -> None:
    file = copies.back_up()
    (look,) = project_upkeep.all_of_them(shop.portal)
    project_upkeep.revoke_secret(shop.portal, shop.project.public_id, look.secrets[0].public_id)
    copies.restore(file)
    said = copies.finish().out
    assert "projects that were removed since, their secrets, permissions and profiles" in said
    assert "`sparekey project list`" in said
    assert project_calls.told_by(shop.portal, shop.secret)


def test_ways_in_that_were_handed_out_before_the_backup_are_void(people: People, copies: Copies) -> None:
    ada, olive = people.ready(), people.owner()
    spelled, link = ada.given_pass(), ada.given_password_link()
    row = Row(1, "Bea", "bea@example.org", Role.MEMBER)
    (invited,) = granted(invitations.invite(olive.portal, olive.session, [row], proof="", origin=AT_HOME)).made
    ada.begin()
    ada.start_enrolment(ada.session)
    copies.restore(copies.back_up())
    copies.finish()
    assert isinstance(ada.use_pass(spelled), Refused)
    assert isinstance(password_link.use(ada.portal, link, NEW_PASSWORD, AT_HOME), Refused)
    assert invitations.look(ada.portal, invited.token) is None
    assert ada.rows_in("enrolment") == 0


def test_the_setup_link_of_an_installation_that_nobody_has_founded_is_void(portal: Portal, copies: Copies) -> None:
    token = setup.issue_link(portal)
    assert token
    copies.restore(copies.back_up())
    copies.finish()
    assert not setup.is_open(portal, token)


def test_the_log_of_each_organization_says_so_once(people: People, portal: Portal, copies: Copies) -> None:
    ada, bea = people.ready(), people.ready("bea@example.org", slug="lighthouse")
    file = copies.back_up()
    copies.restore(file)
    copies.finish()
    for organization_id in (ada.organization_id, bea.organization_id):
        (restored,) = [one for one in log(portal, organization_id) if one[0] is Act.RESTORED]
        assert restored == (Act.RESTORED, "operator", {"as_of": "2026-05-04 09:30 UTC"})
    assert marks(portal) == 0


def test_it_prints_what_it_did_and_what_to_look_at(people: People, copies: Copies) -> None:
    people.ready()
    people.ready("bea@example.org")
    copies.restore(copies.back_up())
    done = copies.finish()
    assert "as it was at 2026-05-04 09:30 UTC, and may be served again." in done.out
    assert "Of 2 members, 2 sets of recovery codes and 2 sessions were ended now" in done.out
    assert "Look at these by hand" in done.out


def test_who_lost_the_phone_meanwhile_is_helped_with_a_pass(ada: Person, copies: Copies) -> None:
    copies.restore(copies.back_up())
    copies.finish()
    ada.clock.advance(minutes=5)
    granted(ada.use_pass(ada.given_pass()))
    ada.enrol(ada.session)
    assert len(ada.codes) == 10


def test_without_a_mark_it_wants_to_be_sure(ada: Person, portal: Portal, sparekey: Sparekey) -> None:
    refused = sparekey("restore-finish")
    assert refused.status == 1
    assert "ends every session and all recovery codes of everybody" in refused.err
    assert "--yes" in refused.err
    assert ada.visitor()
    portal.database.close()
    assert sparekey("restore-finish", "--yes").status == 0
    assert ada.visitor() is None
    assert marks(portal) == 0


def test_doing_it_again_does_nothing_twice(ada: Person, portal: Portal, sparekey: Sparekey) -> None:
    portal.database.close()
    assert sparekey("restore-finish", "--yes").status == 0
    before = ada.acts
    portal.database.close()
    assert "0 sets of recovery codes and 0 sessions" in sparekey("restore-finish", "--yes").out
    assert ada.acts == before


def test_more_members_than_are_held_at_once(
    people: People, portal: Portal, sparekey: Sparekey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.restoring._AT_ONCE", 2)
    crowd = [people.ready(f"person{number}@example.org") for number in range(5)]
    portal.database.close()
    out = sparekey("restore-finish", "--yes").out
    assert "Of 5 members, 5 sets of recovery codes and 5 sessions" in out
    assert all(one.acts.count(Act.CODES_VOIDED) == 1 for one in crowd)
    assert all(one.visitor() is None for one in crowd)


def test_a_database_without_members_is_soon_done(portal: Portal, sparekey: Sparekey) -> None:
    portal.database.close()
    done = sparekey("restore-finish", "--yes")
    assert (done.status, done.err) == (0, "")
    assert "Of 0 members" in done.out


@pytest.mark.only("sqlite")
def test_while_a_server_runs_it_is_refused(ada: Person, portal: Portal, sparekey: Sparekey) -> None:
    with in_service.serving(portal.database):
        refused = sparekey("restore-finish", "--yes")
    assert refused.status == 1
    assert "is in use by a running server" in refused.err
    assert ada.visitor()


def test_people_without_live_codes_get_no_event(people: People, copies: Copies) -> None:
    newcomer = people.newcomer()
    before = newcomer.acts
    copies.restore(copies.back_up())
    copies.finish()
    assert newcomer.acts == before


def test_suspended_and_invited_people_are_looked_after_as_well(people: People, copies: Copies, portal: Portal) -> None:
    ada = people.ready()
    ada.set(status="suspended")
    copies.restore(copies.back_up())
    copies.finish()
    assert ada.row.codes_left == 0
    with portal.reading() as tx:
        assert kept_invitations.find_open(tx.db, ada.id) is None


def test_passes_are_no_way_around_it(ada: Person, copies: Copies) -> None:
    spelled = passes.make(
        ada.portal, ada.email, organization=None, life=timedelta(hours=24), reason="lost", by=OPERATOR
    ).spelled
    granted(ada.use_pass(spelled))
    copies.restore(copies.back_up())
    copies.finish()
    assert ada.visitor() is None
    assert isinstance(ada.use_pass(spelled), Refused)


def test_an_unknown_option_is_a_wrong_call(sparekey: Sparekey) -> None:
    done: Outcome = sparekey("restore-finish", "--maybe")
    assert done.status == 2
