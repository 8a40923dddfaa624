"""Every setting, its default and its check: environment over `instance/sparekey.toml` over defaults."""

import ipaddress
import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

CHECKOUT = Path(__file__).resolve().parent.parent
FILE_NAME = "sparekey.toml"


_HOST_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})*", re.IGNORECASE)

_LONGEST_NAME = 253


class UnfitSettingsError(Exception):
    """`complaints` holds one plain sentence for each thing that is wrong."""

    def __init__(self, complaints: list[str]) -> None:
        super().__init__("\n".join(complaints))
        self.complaints = complaints


class Settings(BaseSettings):
    """Each field can be set as an environment variable of its name in capitals, or in the file in lower case."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    instance: Path = Field(CHECKOUT / "instance", description="Folder of the database, the keys and the settings file.")
    host: str = Field("127.0.0.1", description="IP address to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on.")
    public_url: str = Field(
        "",
        validate_default=True,
        description="Where people reach the portal. Needed as soon as it is not on this machine.",
    )
    database_url: str = Field(
        "", description="SQLite in the instance folder unless set: postgresql://... or sqlite:///..."
    )
    keys: str = Field("", description="The key ring itself, as JSON. Over KEYS_FILE.", repr=False)
    keys_file: Path | None = Field(
        None, description="File with the key ring; instance/keys.json unless set (SQLite only)."
    )
    workers: int = Field(2, ge=1, le=64, description="Processes that answer requests.")
    threads: int = Field(4, ge=1, le=128, description="Requests that one process answers at once.")
    proxies: int = Field(0, ge=0, le=10, description="Reverse proxies in front whose X-Forwarded-For is believed.")
    trusted_hosts: str = Field(
        "",
        description="Further names under which the portal answers, with commas between; PUBLIC_URL's is one already.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="What is logged.")
    log_format: Literal["logfmt", "json"] = Field("logfmt", description="How a line of the log is written.")
    metrics_host: str = Field("127.0.0.1", description="Address on which figures are given out for monitoring.")
    metrics_port: int = Field(0, ge=0, le=65535, description="Port for that; 0 gives none out.")
    keep_origins_days: int = Field(
        365, ge=0, le=36500, description="How long the log keeps network addresses and browsers; 0 keeps them for ever."
    )
    lock_after: int = Field(10, ge=1, le=100, description="Wrong codes in a row that lock the second factor.")
    lock_minutes: int = Field(
        60, ge=5, le=10080, description="How long the first lock lasts; each further one doubles."
    )
    address_limit: int = Field(
        20, ge=0, le=100000, description="Wrong passwords from one address before it must wait; 0 switches this off."
    )
    project_limit: int = Field(
        3000, ge=0, le=1000000, description="Requests a minute from one project; 0 switches this off."
    )
    visitor_limit: int = Field(
        600,
        ge=0,
        le=1000000,
        description="Requests a minute to one project from browsers at one address; 0 switches this off.",
    )
    session_idle_minutes: int = Field(30, ge=1, le=60, description="A session unused for so long has ended.")
    session_hours: int = Field(12, ge=1, le=24, description="A session ends after so long in any case.")
    pass_minutes: int = Field(60, ge=10, le=1440, description="How long a pass lives unless its maker says otherwise.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del dotenv_settings, file_secret_settings
        instance = init_settings().get("instance") or os.environ.get("INSTANCE") or CHECKOUT / "instance"
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, Path(instance) / FILE_NAME)

    @field_validator("host")
    @classmethod
    def _is_an_ip_address(cls, value: str) -> str:
        try:
            ipaddress.ip_address(value)
        except ValueError:
            raise ValueError("write an IP address of this machine, such as 127.0.0.1, or 0.0.0.0 for all") from None
        return value

    @field_validator("public_url")
    @classmethod
    def _is_an_origin(cls, value: str, info: ValidationInfo) -> str:
        host = info.data.get("host", "")
        if not value and host and not _is_loopback(host):
            raise ValueError(
                f"it is not set, but HOST is {host}, which others can reach; "
                "write the https address under which people open the portal"
            )
        if not value:
            return value
        if not _is_origin(value.rstrip("/")):
            raise ValueError("write it like https://keys.example.org, without a path")
        parts = urlsplit(value)
        if parts.scheme == "http" and not (_is_loopback(parts.hostname or "") and _is_loopback(host or "localhost")):
            raise ValueError(
                "plain http is only safe on this machine; put a proxy with TLS in front and write its https address"
            )
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _is_a_database(cls, value: str) -> str:
        return database_address(value) if value else value

    @field_validator("trusted_hosts")
    @classmethod
    def _are_names(cls, value: str) -> str:
        if not all(_is_host(name) for name in _split(value)):
            raise ValueError(
                "write names or addresses of hosts alone, with commas between: "
                "keys.internal, 10.0.0.5, without https://, port or *"
            )
        return value

    @field_validator("metrics_host")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if not _is_host(value):
            raise ValueError("write an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them")
        return value

    @field_validator("metrics_port")
    @classmethod
    def _is_free(cls, value: int, info: ValidationInfo) -> int:
        if value and value == info.data.get("port"):
            raise ValueError("it is the one of PORT; figures need one of their own")
        return value

    @property
    def further_hosts(self) -> list[str]:
        return [name.lower().strip("[]") for name in _split(self.trusted_hosts)]

    @property
    def origin(self) -> str:
        """Scheme, host and port under which people reach the portal."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url or f"http://{host}:{self.port}"

    @property
    def secure(self) -> bool:
        return self.origin.startswith("https://")

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.instance / 'sparekey.sqlite3'}"

    @property
    def on_sqlite(self) -> bool:
        return self.database.startswith("sqlite:")

    @property
    def cores(self) -> int:
        return os.cpu_count() or 1

    @property
    def session_idle(self) -> timedelta:
        return timedelta(minutes=self.session_idle_minutes)

    @property
    def session_life(self) -> timedelta:
        return timedelta(hours=self.session_hours)


def database_address(value: str) -> str:
    """The address as it is. Raises ValueError, with what is wrong, where it is none of a database that we can use."""
    if not (value.startswith("postgresql://") or value.removeprefix("sqlite:///") not in {value, ""}):
        raise ValueError("write it like postgresql://user@host/database or sqlite:////path/to/file")
    try:
        _ = urlsplit(value).port
    except ValueError:
        raise ValueError("its port is not a number between 1 and 65535") from None
    return value


def write_example(settings: Settings) -> None:
    """A settings file in which everything is explained and nothing is set, where there is none yet."""
    path = settings.instance / FILE_NAME
    if path.exists():
        return
    lines = [
        "# Settings of this installation. The environment wins over this file. Take a # away to set something.",
        "",
    ]
    for name, field in Settings.model_fields.items():
        if name not in {"instance", "keys"}:  # where this file lies, and what no file but its own should hold
            value = "" if field.default is None else field.default
            lines += [f"# {field.description}", f"# {name} = {value!r}".replace("'", '"'), ""]
    path.write_text("\n".join(lines))
    path.chmod(0o600)


def load(instance: Path | None = None) -> Settings:
    """Raises UnfitSettingsError with everything that is wrong, not only the first."""
    try:
        return Settings() if instance is None else Settings(instance=instance)
    except ValidationError as problem:
        raise UnfitSettingsError(
            [_sentence(error["loc"], error["msg"], error["type"]) for error in problem.errors()]
        ) from None
    except (ValueError, OSError) as problem:
        raise UnfitSettingsError([f"{FILE_NAME} cannot be read: {problem}."]) from None


def _sentence(location: tuple[int | str, ...], message: str, kind: str) -> str:
    name = str(location[0]).upper() if location else ""
    words = message.removeprefix("Value error, ").rstrip(".")
    if kind == "extra_forbidden":
        return f"{name} is not a setting. Take it out of {FILE_NAME}, or check its spelling."
    return f"{name}: {words[0].lower() + words[1:]}." if name else f"{words}."


def _is_origin(value: str) -> bool:
    parts = urlsplit(value)
    try:
        _ = parts.port
    except ValueError:
        return False
    only_host = parts.hostname and not (parts.path or parts.query or parts.fragment or "@" in parts.netloc)
    return bool(only_host) and parts.scheme in {"http", "https"} and value.isprintable() and " " not in value


def _split(names: str) -> list[str]:
    return [name for part in names.split(",") if (name := part.strip())]


def _is_host(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return bool(_HOST_NAME.fullmatch(name)) and len(name) <= _LONGEST_NAME
    return True


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
