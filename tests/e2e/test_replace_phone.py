"""A new phone while the old one still works: nothing is taken away before the new one has shown that it can."""

from tests.e2e.conftest import Arriving, Shooting
from tests.support.journey import Person, Phone, Walker


def test_the_old_phone_works_until_the_new_one_is_confirmed(ann: Person, somebody: Arriving, shoot: Shooting) -> None:
    old_phone = ann.phone
    at = somebody()
    at.signs_in(ann)
    at.clock.advance(minutes=6)
    at.follows("Manage Phone")
    at.sees("Phone")
    at.reads("This is your only authenticator and Larch & Co requires one, so it cannot be removed.")
    shoot(at.page, "authenticator-only-one")
    at.follows("Replace this authenticator")
    at.sees("Replace Phone")
    at.reads("Phone keeps working until then")
    shoot(at.page, "enrolment-start")
    at.types("Code from your authenticator, or a recovery code", old_phone.next_code())
    at.presses("Set up the new authenticator")
    at.sees("Replace Phone")
    new_phone = at.scans_the_picture()

    elsewhere = somebody()
    elsewhere.gives_password(ann)
    elsewhere.gives_code(new_phone.next_code())
    elsewhere.is_refused("That code does not fit.")
    elsewhere.gives_code(old_phone.next_code())
    elsewhere.sees("Your account")

    at.confirms(new_phone, name="New phone")
    at.sees("Your account")
    at.is_told("New phone is set up and replaces Phone. Your other sessions have ended.")
    at.is_ready("1 authenticator", "10 recovery codes")
    elsewhere.turns_to("History")
    elsewhere.sees("Sign in to Larch & Co")
    elsewhere.gives_password(ann)
    elsewhere.gives_code(old_phone.next_code())
    elsewhere.is_refused("That code does not fit.")
    elsewhere.gives_code(new_phone.next_code())
    elsewhere.sees("History")


def test_a_wrong_code_keeps_the_picture_and_the_name(ann: Person, somebody: Arriving, shoot: Shooting) -> None:
    at = somebody()
    at.signs_in(ann)
    phone = begins_to_replace(at)
    at.types("Name of this authenticator", "New phone")
    at.types("Code from the app", phone.wrong_code())
    at.presses("Confirm authenticator")
    at.is_refused("That code does not fit. Check that it is the entry you just added, and type the newest one.")
    shoot(at.page, "enrolment-refused")
    at.has("Name of this authenticator", "New phone")
    assert at.scans_the_picture().app == phone.app
    at.types("Code from the app", "12345")
    at.presses("Confirm authenticator")
    at.is_refused("A code from the app has six digits. It has cost you no try.")
    at.confirms(phone)
    at.is_told("New phone is set up and replaces Phone.")


def test_the_clock_doctor_says_by_how_much_and_whose_clock(ann: Person, somebody: Arriving, shoot: Shooting) -> None:
    at = somebody()
    at.signs_in(ann)
    phone = begins_to_replace(at)
    at.types("Code from the app", phone.code_of_a_clock_that_is_ahead(minutes=3))
    at.presses("Confirm authenticator")
    at.is_refused("That code belongs to another time. See the note below.")
    at.reads("the clock that made it is about 3 minutes ahead of this server's")
    at.reads("Let your phone set its date and time by itself, then type the next code.")
    shoot(at.page, "enrolment-clock-doctor")
    at.types("Code from the app", phone.code_of_a_clock_that_is_ahead(minutes=-2))
    at.presses("Confirm authenticator")
    at.reads("about 2 minutes behind this server's")
    at.confirms(phone)
    at.is_told("Phone is set up and replaces Phone.")


def test_a_picture_that_has_run_out_is_followed_by_a_new_one(ann: Person, somebody: Arriving, shoot: Shooting) -> None:
    at = somebody()
    at.signs_in(ann)
    old = begins_to_replace(at)
    at.clock.advance(minutes=16)
    at.confirms(old)
    at.sees("This QR code no longer works")
    at.reads("Nothing has changed on your account.")
    shoot(at.page, "enrolment-expired")
    at.types("Code from your authenticator, or a recovery code", ann.phone.next_code())
    at.presses("Start again")
    at.sees("Replace Phone")
    assert at.scans_the_picture().app.secret != old.app.secret


def test_stopping_halfway_keeps_the_old_phone(ann: Person, somebody: Arriving) -> None:
    at = somebody()
    at.signs_in(ann)
    begun = begins_to_replace(at)
    at.presses("Keep Phone and stop")
    at.sees("Your account")
    at.reads("Phone")
    at.signs_out()
    at.gives_password(ann)
    at.gives_code(begun.next_code())
    at.is_refused("That code does not fit.")
    at.gives_code(ann.phone.next_code())
    at.sees("Your account")


def begins_to_replace(at: Walker) -> Phone:
    at.follows("Manage Phone")
    at.follows("Replace this authenticator")
    at.presses("Set up the new authenticator")
    at.sees("Replace Phone")
    return at.scans_the_picture()
