"""What may be a password, and how one is kept."""

import threading

import pytest

from app.domain import passwords
from app.domain.passwords import PasswordHasher, TooBusyError, objection

GOOD = "seven unrelated pelicans dancing"


@pytest.fixture
def cheap() -> PasswordHasher:
    return PasswordHasher(time_cost=1, memory_cost=8, at_once=2)


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "x7!Qm2$kP9zw",
        "пять зелёных попугаев",
        "七つの海を越えて行く船と灯台",
        "🦜🚲🌋🎻🥨🛶🧭🪴🦔🕯🪁🎐",
        " leading and trailing ",
    ],
)
def test_any_script_and_any_composition_will_do(password: str) -> None:
    assert objection(password) is None


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "elevenchars",
        "x" * 257,
        "password1234",
        "qwertyuiop12",
        "aaaaaaaaaaaaaaaa",
        "123456789012",
        "iloveyou2000",
    ],
)
def test_what_is_short_endless_or_guessed_first_is_refused_in_a_sentence(password: str) -> None:
    sentence = objection(password)
    assert sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(("length", "good"), [(11, False), (12, True), (256, True), (257, False)])
def test_twelve_to_256_characters(length: int, good: bool) -> None:  # noqa: FBT001
    password = ("kV9#tq!zR2mw" * 22)[:length]
    assert (objection(password) is None) is good


def test_length_is_counted_after_normalizing() -> None:
    assert objection("e\u0301" * 11) == objection("\u00e9" * 11)


@pytest.mark.parametrize("sign", ["\x00", "\n", "\x7f", "\ud800"])
def test_control_characters_and_halves_of_characters_are_refused(sign: str) -> None:
    assert objection(f"{GOOD}{sign}")


def test_the_own_address_is_no_password() -> None:
    assert objection("olive.owner@harbour.example") is None
    assert objection("olive.owner@harbour.example", ["olive.owner@harbour.example"])


def test_the_right_password_verifies(cheap: PasswordHasher) -> None:
    kept = cheap.hash(GOOD)
    assert cheap.verify(kept, GOOD)
    assert not cheap.verify(kept, GOOD + " ")
    assert GOOD not in kept


def test_a_password_is_the_same_in_every_unicode_form(cheap: PasswordHasher) -> None:
    assert cheap.verify(cheap.hash("caf\u00e9 \ufb01n"), "cafe\u0301 fin")


@pytest.mark.parametrize("typed", ["", "\x00", "\ud800", "x" * 100_000])
def test_whatever_is_typed_is_wrong_at_worst(cheap: PasswordHasher, typed: str) -> None:
    assert not cheap.verify(cheap.hash(GOOD), typed)


def test_nothing_kept_is_never_right(cheap: PasswordHasher) -> None:
    assert not cheap.verify(None, GOOD)
    assert not cheap.verify(None, "a hash of the same cost for people who do not exist")


@pytest.mark.parametrize("kept", ["", "not a hash", "$argon2id$v=19$m=8,t=1,p=1$"])
def test_a_broken_hash_is_never_right(cheap: PasswordHasher, kept: str) -> None:
    assert not cheap.verify(kept, GOOD)


def test_nobody_costs_what_somebody_costs(cheap: PasswordHasher) -> None:
    """Both are verified against a hash of the same parameters."""
    assert cheap._nobodys.split("$")[:4] == cheap.hash(GOOD).split("$")[:4]


def test_hashes_are_argon2id_with_three_passes_over_64_mebibytes() -> None:
    assert PasswordHasher().hash(GOOD).startswith("$argon2id$v=19$m=65536,t=3,p=1$")


def test_a_hash_of_other_parameters_is_outdated(cheap: PasswordHasher) -> None:
    kept = cheap.hash(GOOD)
    assert not cheap.outdated(kept)
    assert PasswordHasher(time_cost=2, memory_cost=8).outdated(kept)


def test_who_comes_when_all_are_busy_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_PATIENCE_SECONDS", 0.01)
    hasher = PasswordHasher(time_cost=1, memory_cost=8, at_once=1)
    with hasher._turn(), pytest.raises(TooBusyError):
        hasher.hash(GOOD)
    assert hasher.verify(hasher.hash(GOOD), GOOD)


def test_no_more_run_at_once_than_were_allowed(monkeypatch: pytest.MonkeyPatch, cheap: PasswordHasher) -> None:
    running, most, lock = 0, 0, threading.Lock()
    real = cheap._argon2.hash

    class Watched:
        def hash(self, password: bytes) -> str:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            made = real(password)
            with lock:
                running -= 1
            return made

    monkeypatch.setattr(cheap, "_argon2", Watched())
    threads = [threading.Thread(target=cheap.hash, args=(GOOD,)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most <= 2
