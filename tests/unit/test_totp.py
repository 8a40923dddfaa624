"""Codes by time, against the tables of RFC 6238 and RFC 4226."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.domain import totp
from tests.support.otp import AuthenticatorApp
from tests.support.people import NO_DIGITS

RFC_SECRET = b"12345678901234567890"
NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "eight_digits"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_codes_are_those_of_rfc_6238(seconds: int, eight_digits: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert totp.code_at(RFC_SECRET, totp.step_at(at)) == eight_digits[-6:]


RFC_4226 = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]


@pytest.mark.parametrize(("step", "code"), list(enumerate(RFC_4226)))
def test_codes_are_those_of_rfc_4226(step: int, code: str) -> None:
    assert totp.code_at(RFC_SECRET, step) == code


def test_a_secret_is_twenty_random_bytes() -> None:
    secrets = {totp.new_secret() for _ in range(50)}
    assert {len(secret) for secret in secrets} == {20}
    assert len(secrets) == 50


def test_the_key_is_the_secret_in_base32() -> None:
    assert totp.key_of(RFC_SECRET) == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def test_an_app_reads_the_uri() -> None:
    uri = totp.provisioning_uri(RFC_SECRET, issuer="Harbour & Söhne", account="ada+test@example.org")
    app = AuthenticatorApp.from_uri(uri)
    assert (app.secret, app.issuer, app.account) == (RFC_SECRET, "Harbour & Söhne", "ada+test@example.org")
    assert (app.algorithm, app.digits, app.period) == ("SHA1", 6, 30)


def test_a_colon_in_a_name_does_not_shift_issuer_and_account() -> None:
    app = AuthenticatorApp.from_uri(totp.provisioning_uri(RFC_SECRET, issuer="A:B", account="c:d@example.org"))
    assert (app.issuer, app.account) == ("A B", "c d@example.org")


def test_a_secret_made_elsewhere_is_read_however_it_is_written() -> None:
    key = totp.key_of(RFC_SECRET)
    for typed in (key, key.lower(), f" {key[:4]} {key[4:8]}-{key[8:]} ", f"{key}===="):
        assert totp.read_foreign(typed) == RFC_SECRET
    for length in (1, 10, 14, 16, 32, 160):  # with padding and without, which most apps leave away
        secret = bytes(range(length))
        assert totp.read_foreign(totp.key_of(secret)) == secret
        assert totp.read_foreign(totp.key_of(secret).rstrip("=")) == secret


@pytest.mark.parametrize(
    "typed",
    ["", "====", " - ", "A", "AAA", "GEZDGNBV\n", "GEZDGNB1", "GEZD=NBV", "GEZDGNB8", "A" * 257, "\ud800" * 8,
     "\u017fEZDGNBV", "\u00dfEZDGNB", "\uff27EZDGNBV"],
)  # fmt: skip
def test_what_is_no_secret_is_none(typed: str) -> None:
    """The long s is upper-cased to S, and the sharp one to two of them."""
    assert totp.read_foreign(typed) is None


@pytest.mark.parametrize("typed", ["123456", "123 456", " 12-34-56 ", "000000"])
def test_six_digits_are_read(typed: str) -> None:
    assert totp.read(typed) == typed.replace(" ", "").replace("-", "")


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "123456\n7", "123.456", "+12345", *NO_DIGITS])
def test_anything_else_is_not(typed: str) -> None:
    assert totp.read(typed) is None


def test_a_mixture_with_the_digits_of_another_script_is_not() -> None:
    assert totp.read("12345\uff16") is None


def test_steps_are_thirty_seconds() -> None:
    assert totp.step_at(NOON + timedelta(seconds=29, microseconds=999_999)) == totp.step_at(NOON)
    assert totp.step_at(NOON + timedelta(seconds=30)) == totp.step_at(NOON) + 1


def test_the_zone_of_a_moment_does_not_matter() -> None:
    assert totp.step_at(NOON.astimezone(timezone(timedelta(hours=5, minutes=45)))) == totp.step_at(NOON)


def test_the_repeated_hour_of_autumn_has_its_own_steps() -> None:
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    first = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    assert totp.step_at(first.replace(fold=1)) == totp.step_at(first) + 120


@pytest.mark.parametrize("off", range(-3, 4))
def test_one_step_to_either_side_is_accepted(off: int) -> None:
    now = totp.step_at(NOON)
    code = totp.code_at(RFC_SECRET, now + off)
    assert totp.matching_steps(RFC_SECRET, code, NOON) == ([now + off] if abs(off) <= 1 else [])


@pytest.mark.parametrize("off", [-11, -10, -2, -1, 0, 1, 2, 10, 11])
def test_the_clock_doctor_measures_two_to_ten_steps(off: int) -> None:
    code = totp.code_at(RFC_SECRET, totp.step_at(NOON) + off)
    assert totp.clock_offset(RFC_SECRET, code, NOON) == (off if 2 <= abs(off) <= 10 else None)
