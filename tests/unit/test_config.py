"""Settings: environment over file over defaults, and every mistake at once."""

from pathlib import Path

import pytest

from app import config
from app.config import Settings, UnfitSettingsError


def complaints(instance: Path) -> list[str]:
    with pytest.raises(UnfitSettingsError) as refused:
        config.load(instance)
    return refused.value.complaints


@pytest.fixture
def file(instance: Path) -> Path:
    return instance / "sparekey.toml"


def test_nothing_needs_to_be_set(instance: Path) -> None:
    settings = config.load(instance)
    assert settings.origin == "http://127.0.0.1:8000"
    assert settings.database == f"sqlite:///{instance}/sparekey.sqlite3"
    assert settings.on_sqlite
    assert not settings.secure


def test_the_numbers_are_those_of_the_rules(instance: Path) -> None:
    settings = config.load(instance)
    assert (settings.lock_after, settings.lock_minutes) == (10, 60)
    assert (settings.session_idle_minutes, settings.session_hours, settings.pass_minutes) == (30, 12, 60)


def test_the_environment_is_over_the_file_and_the_file_over_the_default(
    instance: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("port = 8001\nworkers = 3\n")
    monkeypatch.setenv("PORT", "8002")
    settings = config.load(instance)
    assert (settings.port, settings.workers, settings.threads) == (8002, 3, 4)


def test_the_folder_itself_can_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sparekey.toml").write_text("port = 8003\n")
    monkeypatch.setenv("INSTANCE", str(tmp_path))
    assert config.load().port == 8003


def test_every_mistake_is_told_at_once(instance: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('colour = "red"\nworkers = "many"\n')
    monkeypatch.setenv("PORT", "99999")
    monkeypatch.setenv("LOCK_AFTER", "0")
    monkeypatch.setenv("PUBLIC_URL", "http://keys.example.org")
    monkeypatch.setenv("DATABASE_URL", "mysql://there")
    told = complaints(instance)
    assert len(told) == 6
    for name in ("COLOUR", "WORKERS", "PORT", "LOCK_AFTER", "PUBLIC_URL", "DATABASE_URL"):
        assert sum(sentence.startswith(name) for sentence in told) == 1
    assert all(sentence.endswith(".") for sentence in told)


def test_a_host_that_others_reach_is_told_beside_the_other_mistakes(
    instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOST", "0.0.0.0")  # noqa: S104
    monkeypatch.setenv("PORT", "99999")
    told = complaints(instance)
    assert any("PUBLIC_URL" in sentence for sentence in told)
    assert any(sentence.startswith("PORT") for sentence in told)


def test_an_unknown_setting_is_told_by_its_name(instance: Path, file: Path) -> None:
    file.write_text("prot = 8001\n")
    assert complaints(instance) == ["PROT is not a setting. Take it out of sparekey.toml, or check its spelling."]


@pytest.mark.parametrize("text", ["port = ", "[", "port 8001", "\x00"])
def test_a_file_that_cannot_be_read_is_told(instance: Path, file: Path, text: str) -> None:
    file.write_text(text)
    (told,) = complaints(instance)
    assert told.startswith("sparekey.toml cannot be read")


def test_a_file_that_is_no_text_is_told(instance: Path, file: Path) -> None:
    file.write_bytes(b"\xff\xfe")
    assert complaints(instance)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])  # noqa: S104
def test_who_listens_to_others_must_say_where_they_come(
    instance: Path, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setenv("HOST", host)
    (told,) = complaints(instance)
    assert "PUBLIC_URL" in told
    assert "https" in told
    monkeypatch.setenv("PUBLIC_URL", "https://keys.example.org")
    assert config.load(instance).secure


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "::1"])
def test_who_listens_to_this_machine_only_need_not(instance: Path, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("HOST", host)
    assert config.load(instance).origin == f"http://{f'[{host}]' if ':' in host else host}:8000"


@pytest.mark.parametrize("host", ["localhost", "", "keys.example.org", "0.0.0.0/0", "127.0.0.1:8000"])
def test_only_an_address_can_be_listened_on(instance: Path, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("HOST", host)
    assert "HOST: write an IP address of this machine, such as 127.0.0.1, or 0.0.0.0 for all." in complaints(instance)


@pytest.mark.parametrize("url", ["http://keys.example.org", "http://192.0.2.1:8000", "http://localhost.example.org"])
def test_plain_http_to_others_is_refused_with_what_to_do(
    instance: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("PUBLIC_URL", url)
    (told,) = complaints(instance)
    assert "https" in told


@pytest.mark.parametrize(
    "url",
    ["keys.example.org", "ftp://keys.example.org", "https://", "https://x.org/path", "https://x.org?a", "https://[x"],
)
def test_what_is_no_origin_is_refused(instance: Path, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("PUBLIC_URL", url)
    assert complaints(instance)[0].startswith("PUBLIC_URL")


@pytest.mark.parametrize("url", ["https://x.org:99999", "https://user:word@x.org", "https://x y.org"])
def test_an_origin_has_no_user_no_space_and_a_port_that_exists(
    instance: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("PUBLIC_URL", url)
    assert complaints(instance)[0].startswith("PUBLIC_URL")


@pytest.mark.parametrize("url", ["https://keys.example.org", "https://keys.example.org/", "http://127.0.0.1:8010"])
def test_an_origin_is_taken_without_its_slash(instance: Path, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("PUBLIC_URL", url)
    assert config.load(instance).origin == url.rstrip("/")


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("LOCK_AFTER", "101"), ("LOCK_MINUTES", "4"), ("LOCK_MINUTES", "10081"), ("SESSION_HOURS", "0"),
        ("PASS_MINUTES", "9"), ("PASS_MINUTES", "1441"), ("PORT", "0"), ("PROXIES", "-1"), ("WORKERS", "two"),
        ("LOG_LEVEL", "loud"),
    ],
)  # fmt: skip
def test_each_number_has_its_bounds(instance: Path, monkeypatch: pytest.MonkeyPatch, name: str, bad: str) -> None:
    monkeypatch.setenv(name, bad)
    (told,) = complaints(instance)
    assert told.startswith(f"{name}: ")


def test_no_complaint_repeats_what_was_typed(instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://user:hunter2@there")
    assert "hunter2" not in " ".join(complaints(instance))


def test_the_keys_do_not_show_when_settings_are_printed(instance: Path) -> None:
    assert "KEY MATERIAL" not in repr(Settings(instance=instance, keys="KEY MATERIAL"))


def test_further_names_are_taken_one_by_one(instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert config.load(instance).further_hosts == []
    monkeypatch.setenv("TRUSTED_HOSTS", " Keys.Internal,10.0.0.5 ,[2001:db8::5],, 2001:db8::6")
    assert config.load(instance).further_hosts == ["keys.internal", "10.0.0.5", "2001:db8::5", "2001:db8::6"]


@pytest.mark.parametrize(
    "names",
    ["https://keys.internal", "keys.internal:8443", "*.internal", "a b", "keys.internal/x", "-a", "u@a", "é.org"],
)
def test_what_is_no_name_of_a_host_is_refused(instance: Path, monkeypatch: pytest.MonkeyPatch, names: str) -> None:
    monkeypatch.setenv("TRUSTED_HOSTS", f"fine.internal,{names}")
    (told,) = complaints(instance)
    assert told.startswith("TRUSTED_HOSTS: write names")


def test_figures_need_a_port_of_their_own(instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("METRICS_PORT", "8000")
    assert complaints(instance) == ["METRICS_PORT: it is the one of PORT; figures need one of their own."]
    monkeypatch.setenv("PORT", "8001")
    assert config.load(instance).metrics_port == 8000


@pytest.mark.parametrize("host", ["http://127.0.0.1", "127.0.0.1:9000", "", "a b"])
def test_figures_are_given_out_at_an_address(instance: Path, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("METRICS_HOST", host)
    assert complaints(instance)[0].startswith("METRICS_HOST: write an address")
