"""The tests' own authenticator app is right by RFC 6238, and reads what a camera would read."""

import io
from datetime import UTC, datetime

import pytest
import qrcode

from tests.support.otp import AuthenticatorApp, secret_from_key
from tests.support.qr import read_qr

URI = "otpauth://totp/Acme%20Works:ada%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Acme%20Works"
SEEDS = {"SHA1": b"1234567890" * 2, "SHA256": b"1234567890" * 3 + b"12", "SHA512": b"1234567890" * 6 + b"1234"}


@pytest.mark.parametrize(
    ("seconds", "algorithm", "code"),
    [
        (59, "SHA1", "94287082"),
        (59, "SHA256", "46119246"),
        (59, "SHA512", "90693936"),
        (1111111109, "SHA1", "07081804"),
        (1234567890, "SHA256", "91819424"),
        (2000000000, "SHA512", "38618901"),
        (20000000000, "SHA1", "65353130"),
    ],
)
def test_the_codes_are_those_of_the_standard(seconds: int, algorithm: str, code: str) -> None:
    app = AuthenticatorApp(SEEDS[algorithm], "Acme", "ada", algorithm=algorithm, digits=8)
    assert app.code(datetime.fromtimestamp(seconds, UTC)) == code


def test_what_a_camera_reads_is_what_the_picture_says() -> None:
    picture = io.BytesIO()
    qrcode.make(URI).save(picture)
    app = AuthenticatorApp.from_uri(read_qr(picture.getvalue()))
    assert app == AuthenticatorApp(SEEDS["SHA1"], "Acme Works", "ada@example.org")


def test_a_key_is_typed_in_groups_and_any_case() -> None:
    assert secret_from_key("gezd gnbv-GY3T QOJQ gezd gnbv gy3t qojq") == SEEDS["SHA1"]


def test_a_wrong_code_is_no_code_of_that_hour() -> None:
    app = AuthenticatorApp.from_uri(URI)
    noon = datetime(2026, 5, 4, 12, tzinfo=UTC)
    assert app.wrong_code(noon) not in {app.code(noon, steps=steps) for steps in (-1, 0, 1)}
