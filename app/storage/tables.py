"""The tables. Nobody outside this package imports them.

All that belongs to a member names the organization too, and a foreign key over both columns makes it impossible for a
row to point into another organization.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.types import TypeEngine

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Instant(TypeDecorator[datetime]):
    """A moment: timestamptz on PostgreSQL, integer microseconds UTC on SQLite, always aware in Python."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(TIMESTAMP(timezone=True) if dialect.name == "postgresql" else BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone")
        return value if dialect.name == "postgresql" else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value.astimezone(UTC) if dialect.name == "postgresql" else _EPOCH + value * _MICROSECOND
        return moment


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_Key = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER PRIMARY KEY counts up by itself there
_COUNTED: dict[str, Any] = {"sqlite_autoincrement": True}
"""SQLite gives the id of a deleted row to the next one; what still holds the old id must not mean the new row."""


def _id() -> Column[int]:
    return Column("id", _Key, primary_key=True)


def _public_id() -> Column[Any]:
    return Column("public_id", Uuid, nullable=False, unique=True)


def _of_member(*, indexed: bool = True) -> tuple[Column[int], Column[int], ForeignKeyConstraint]:
    return (
        Column("member_id", _Key, nullable=False, index=indexed),
        Column("organization_id", _Key, nullable=False),
        ForeignKeyConstraint(
            ["member_id", "organization_id"], ["member.id", "member.organization_id"], ondelete="CASCADE"
        ),
    )


key_check = Table(
    "key_check",
    metadata,
    Column("key_id", Integer, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("added_at", Instant, nullable=False),
)

setup_link = Table(
    "setup_link",
    metadata,
    _id(),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    **_COUNTED,
)

organization = Table(
    "organization",
    metadata,
    _id(),
    _public_id(),
    Column("slug", String(40), nullable=False, unique=True),
    Column("name", String(120), nullable=False),
    Column("time_zone", String(64), nullable=False),
    Column("second_factor_required_from", Instant),
    Column("requirement_began_for", Instant),
    Column("code_count", Integer, nullable=False),
    Column("code_visibility", String(32), nullable=False),
    Column("remembered_browser_days", Integer, nullable=False, server_default=text("0")),
    Column("made_at", Instant, nullable=False),
    Column("ended_at", Instant),
    **_COUNTED,
)
"""A removed one stays, without its people, for its log."""

member = Table(
    "member",
    metadata,
    _id(),
    _public_id(),
    Column("organization_id", _Key, ForeignKey("organization.id"), nullable=False),
    Column("role", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("name", String(120), nullable=False),
    Column("email", String(254)),
    Column("email_key", String(320)),
    Column("email_verified", Boolean, nullable=False),
    Column("email_changed_at", Instant),
    Column("password_hash", String(255)),
    Column("password_changed_at", Instant),
    Column("password_stopped_at", Instant),
    Column("lock_reason", String(16)),
    Column("locked_until", Instant),
    Column("locked_at", Instant),
    Column("failures_in_row", Integer, nullable=False, server_default=text("0")),
    Column("locks_in_row", Integer, nullable=False, server_default=text("0")),
    Column("authenticator_count", Integer, nullable=False, server_default=text("0")),
    Column("codes_left", Integer, nullable=False, server_default=text("0")),
    Column("codes_pending", Boolean, nullable=False, server_default=text("false")),
    Column("ready", Boolean, nullable=False, server_default=text("false")),
    Column("enrols_with_pass", Boolean, nullable=False, server_default=text("false")),
    Column("code_generation", Integer, nullable=False, server_default=text("0")),
    Column("factor_generation", Integer, nullable=False, server_default=text("0")),
    Column("search_text", String(512), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("last_sign_in_at", Instant),
    UniqueConstraint("id", "organization_id"),
    UniqueConstraint("organization_id", "email_key"),
    Index(None, "organization_id", "id"),
    Index(None, "organization_id", "search_text", "status"),
    Index(None, "organization_id", "last_sign_in_at"),
    Index(None, "organization_id", "role"),
    Index(None, "organization_id", "status", "ready"),
    Index(None, "organization_id", "ready"),
    Index(None, "organization_id", "authenticator_count"),
    Index(None, "organization_id", "codes_pending"),
    Index(None, "organization_id", "codes_left"),
    Index(None, "organization_id", "lock_reason", "locked_until"),
    **_COUNTED,
)

door = Table(
    "door",
    metadata,
    _id(),
    *_of_member(indexed=False),
    Column("door", String(64), nullable=False),
    Column("failures_in_row", Integer, nullable=False),
    Column("closed_at", Instant),
    UniqueConstraint("member_id", "door"),
    Index(None, "closed_at"),
    **_COUNTED,
)

second_factor_failure = Table(
    "second_factor_failure",
    metadata,
    _id(),
    *_of_member(indexed=False),
    Column("door", String(64), nullable=False),
    Column("failed_at", Instant, nullable=False),
    Index(None, "member_id", "failed_at"),
    **_COUNTED,
)

password_wait = Table(
    "password_wait",
    metadata,
    Column("key", LargeBinary, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("wait_until", Instant),
    Column("last_at", Instant, nullable=False, index=True),
)

authenticator = Table(
    "authenticator",
    metadata,
    _id(),
    _public_id(),
    *_of_member(),
    Column("name", String(120), nullable=False),
    Column("sealed_secret", LargeBinary, nullable=False),
    Column("seal_key_id", Integer, nullable=False, index=True),
    Column("last_step", BigInteger, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("last_used_at", Instant),
    **_COUNTED,
)

session = Table(
    "session",
    metadata,
    _id(),
    _public_id(),
    *_of_member(),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("former_token_hash", LargeBinary, index=True),
    Column("audience", String(64), nullable=False),
    Column("scope", String(16), nullable=False),
    Column("opened_by", String(16), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("last_seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
    Column("proved_by", String(16)),
    Column("proved_at", Instant),
    Column("password_proved_at", Instant),
    Column("step_up_failures", Integer, nullable=False, server_default=text("0")),
    Column("next_path", String(512)),
    Column("browser", String(120), nullable=False),
    Column("address", String(64), nullable=False),
    Column("claims", JSON(none_as_null=True)),
    Column("handed_generation", Integer),
    Index(None, "audience"),
    **_COUNTED,
)

session_factor = Table(
    "session_factor",
    metadata,
    _id(),
    *_of_member(),
    Column("session_id", _Key, ForeignKey("session.id", ondelete="CASCADE"), nullable=False),
    Column("proof", String(16), nullable=False),
    Column("method", Uuid, nullable=False),
    Column("first_at", Instant, nullable=False),
    Column("last_at", Instant, nullable=False),
    UniqueConstraint("session_id", "proof", "method"),
    **_COUNTED,
)

sign_in = Table(
    "sign_in",
    metadata,
    _id(),
    _public_id(),
    *_of_member(),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("audience", String(64), nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
    Column("next_path", String(512)),
    Column("browser", String(120), nullable=False),
    Column("address", String(64), nullable=False),
    **_COUNTED,
)

enrolment = Table(
    "enrolment",
    metadata,
    _id(),
    _public_id(),
    *_of_member(indexed=False),
    Column("session_id", _Key, ForeignKey("session.id", ondelete="CASCADE"), index=True),
    Column("sign_in_id", _Key, ForeignKey("sign_in.id", ondelete="CASCADE"), index=True),
    Column("replaces_id", _Key, ForeignKey("authenticator.id", ondelete="CASCADE"), index=True),
    Column("name", String(120), nullable=False),
    Column("sealed_secret", LargeBinary, nullable=False),
    Column("seal_key_id", Integer, nullable=False, index=True),
    Column("vouched", Boolean, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    UniqueConstraint("member_id"),
    **_COUNTED,
)

project_enrolment = Table(
    "project_enrolment",
    metadata,
    Column("enrolment_id", _Key, ForeignKey("enrolment.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    *_of_member(),
    Column("project_id", _Key, ForeignKey("project.id"), nullable=False, index=True),
    Column("code_generation", Integer, nullable=False),
)
"""An enrolment that an application began; its codes are staged beside it, and open nothing before it is confirmed."""

staged_code = Table(
    "staged_code",
    metadata,
    _id(),
    *_of_member(),
    Column("enrolment_id", _Key, ForeignKey("enrolment.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("code_index", LargeBinary, nullable=False),
    Column("index_key_id", Integer, nullable=False, index=True),
    Column("sealed", LargeBinary),
    Column("seal_key_id", Integer, index=True),
    UniqueConstraint("enrolment_id", "number"),
    **_COUNTED,
)

recovery_code_set = Table(
    "recovery_code_set",
    metadata,
    _id(),
    _public_id(),
    *_of_member(indexed=False),
    Column("generation", Integer, nullable=False),
    Column("form", String(16), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("made_in_session_id", _Key, ForeignKey("session.id", ondelete="SET NULL"), index=True),
    Column("acknowledged_at", Instant),
    Column("handed_at", Instant),
    Column("visibility", String(32), nullable=False, server_default=text("'viewable'")),
    Column("copies_erased_at", Instant),
    Column("voided_at", Instant),
    Column("total", Integer, nullable=False),
    Column("proof_number", Integer),
    Column("proof_tries", Integer, nullable=False, server_default=text("0")),
    Column("proved_at", Instant),
    UniqueConstraint("member_id", "generation"),
    Index(
        "uq_recovery_code_set_live",
        "member_id",
        unique=True,
        sqlite_where=text("voided_at IS NULL"),
        postgresql_where=text("voided_at IS NULL"),
    ),
    Index(
        "ix_recovery_code_set_kept_copies",
        "visibility",
        sqlite_where=text("voided_at IS NULL AND copies_erased_at IS NULL"),
        postgresql_where=text("voided_at IS NULL AND copies_erased_at IS NULL"),
    ),
    **_COUNTED,
)

recovery_code = Table(
    "recovery_code",
    metadata,
    _id(),
    *_of_member(indexed=False),
    Column("set_id", _Key, ForeignKey("recovery_code_set.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("code_index", LargeBinary, nullable=False),
    Column("index_key_id", Integer, nullable=False, index=True),
    Column("sealed", LargeBinary),
    Column("seal_key_id", Integer, index=True),
    Column("spent_at", Instant),
    UniqueConstraint("set_id", "number"),
    UniqueConstraint("member_id", "code_index"),
    **_COUNTED,
)

known_browser = Table(
    "known_browser",
    metadata,
    _id(),
    _public_id(),
    *_of_member(indexed=False),
    Column("token_hash", LargeBinary, nullable=False),
    Column("browser", String(120), nullable=False),
    Column("known_since", Instant, nullable=False),
    Column("last_seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    UniqueConstraint("member_id", "token_hash"),
    **_COUNTED,
)

enrolment_pass = Table(
    "enrolment_pass",
    metadata,
    _id(),
    _public_id(),
    *_of_member(indexed=False),
    Column("code_index", LargeBinary, nullable=False),
    Column("index_key_id", Integer, nullable=False, index=True),
    Column("made_by", String(16), nullable=False),
    Column("made_by_member_id", _Key),
    Column("reason", String(300), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("holder_hash", LargeBinary),
    Column("session_id", _Key, ForeignKey("session.id", ondelete="SET NULL"), index=True),
    Column("spent_at", Instant),
    Column("voided_at", Instant),
    Index("ix_enrolment_pass_member_id_made_at", "member_id", "made_at"),
    Index(
        "uq_enrolment_pass_live",
        "member_id",
        unique=True,
        sqlite_where=text("spent_at IS NULL AND voided_at IS NULL"),
        postgresql_where=text("spent_at IS NULL AND voided_at IS NULL"),
    ),
    **_COUNTED,
)

password_link = Table(
    "password_link",
    metadata,
    _id(),
    _public_id(),
    *_of_member(indexed=False),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("made_by", String(16), nullable=False),
    Column("made_by_member_id", _Key),
    Column("reason", String(300), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("voided_at", Instant),
    Index("ix_password_link_member_id_made_at", "member_id", "made_at"),
    **_COUNTED,
)

invitation = Table(
    "invitation",
    metadata,
    _id(),
    _public_id(),
    *_of_member(indexed=False),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("made_by", String(16), nullable=False),
    Column("made_by_member_id", _Key),
    Column("reason", String(300), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("voided_at", Instant),
    Index("ix_invitation_member_id_made_at", "member_id", "made_at"),
    **_COUNTED,
)

event = Table(
    "event",
    metadata,
    _id(),
    _public_id(),
    Column("organization_id", _Key, ForeignKey("organization.id"), nullable=False),
    Column("member_id", _Key),
    Column("actor_kind", String(16), nullable=False),
    Column("actor_member_id", _Key),
    Column("actor_project_id", _Key),
    Column("act", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Column("details", JSON, nullable=False),
    Index(None, "member_id", "id"),
    Index(None, "organization_id", "id"),
    Index(None, "organization_id", "act", "id"),
    Index(None, "organization_id", "actor_member_id", "id"),
    Index(None, "organization_id", "at"),
    **_COUNTED,
)

event_origin = Table(
    "event_origin",
    metadata,
    Column("event_id", _Key, ForeignKey("event.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("member_id", _Key, index=True),
    Column("address", String(64), nullable=False),
    Column("browser", String(120), nullable=False),
)

project = Table(
    "project",
    metadata,
    _id(),
    _public_id(),
    Column("environment_id", Uuid, nullable=False, unique=True),
    Column("public_token", String(64), nullable=False, unique=True),
    Column("organization_id", _Key, ForeignKey("organization.id"), index=True),
    Column("name", String(120), nullable=False),
    Column("factor_secrets", Boolean, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("ended_at", Instant),
    **_COUNTED,
)
"""Without an organization it is one of the whole installation. A removed one stays, for the log to name it."""

project_secret = Table(
    "project_secret",
    metadata,
    _id(),
    _public_id(),
    Column("project_id", _Key, ForeignKey("project.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("secret_hash", LargeBinary, nullable=False, unique=True),
    Column("hint", String(8), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("last_used_at", Instant),
    **_COUNTED,
)

project_profile = Table(
    "project_profile",
    metadata,
    _id(),
    _public_id(),
    Column("project_id", _Key, ForeignKey("project.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String(120), nullable=False),
    Column("issuer", String(512), nullable=False),
    Column("audience", String(512), nullable=False),
    Column("claim", String(64), nullable=False),
    Column("identifies", String(16), nullable=False),
    Column("public_key", String(8192), nullable=False),
    Column("makes_users", Boolean, nullable=False, server_default=text("false")),
    Column("made_at", Instant, nullable=False),
    **_COUNTED,
)

project_origin = Table(
    "project_origin",
    metadata,
    _id(),
    Column("project_id", _Key, ForeignKey("project.id", ondelete="CASCADE"), nullable=False),
    Column("origin", String(255), nullable=False),
    UniqueConstraint("project_id", "origin"),
    **_COUNTED,
)
"""From which pages browsers may call in the name of a project."""

project_visit = Table(
    "project_visit",
    metadata,
    Column("key", LargeBinary, primary_key=True),
    Column("window_began_at", Instant, nullable=False, index=True),
    Column("taken", Integer, nullable=False),
)
"""How often browsers at one address called in the name of one project, by a keyed digest of the two."""

project_use = Table(
    "project_use",
    metadata,
    Column("project_id", _Key, ForeignKey("project.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("window_began_at", Instant, nullable=False),
    Column("taken", Integer, nullable=False),
)

project_user = Table(
    "project_user",
    metadata,
    _id(),
    *_of_member(),
    Column("project_id", _Key, ForeignKey("project.id", ondelete="CASCADE"), nullable=False),
    Column("external_id", String(128)),
    Column("first_name", String(120), nullable=False),
    Column("middle_name", String(120), nullable=False),
    Column("last_name", String(120), nullable=False),
    Column("labels", JSON, nullable=False),
    Column("trusted_metadata", JSON, nullable=False),
    Column("untrusted_metadata", JSON, nullable=False),
    Column("pending", Boolean, nullable=False),
    Column("breakglass", Boolean, nullable=False, server_default=text("false")),
    Column("wants_second_factor", Boolean, nullable=False, server_default=text("false")),
    Column("preferred", Uuid),
    UniqueConstraint("project_id", "member_id"),
    UniqueConstraint("project_id", "organization_id", "external_id"),
    **_COUNTED,
)
"""What an application has noted of a member for itself; no other reads it, and no page acts by it."""

project_tenant = Table(
    "project_tenant",
    metadata,
    _id(),
    Column("project_id", _Key, ForeignKey("project.id", ondelete="CASCADE"), nullable=False),
    Column("organization_id", _Key, ForeignKey("organization.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("external_id", String(128)),
    Column("logo_url", String(2048), nullable=False),
    Column("trusted_metadata", JSON, nullable=False),
    UniqueConstraint("project_id", "organization_id"),
    UniqueConstraint("project_id", "external_id"),
    **_COUNTED,
)
"""Likewise of an organization."""

signing_key = Table(
    "signing_key",
    metadata,
    _id(),
    Column("project_id", _Key, ForeignKey("project.id", ondelete="CASCADE"), nullable=False),
    Column("kid", String(64), nullable=False),
    Column("sealed_private", LargeBinary),
    Column("seal_key_id", Integer, index=True),
    Column("public", JSON, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("signs_from", Instant, nullable=False),
    UniqueConstraint("project_id", "kid"),
    **_COUNTED,
)

chore = Table(
    "chore",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("due_at", Instant, nullable=False),
    Column("leased_by", Uuid),
    Column("leased_until", Instant),
    Column("done_at", Instant),
)

readiness_figure = Table(
    "readiness_figure",
    metadata,
    Column("organization_id", _Key, ForeignKey("organization.id"), primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("active", Integer, nullable=False),
    Column("ready", Integer, nullable=False),
    Column("no_authenticator", Integer, nullable=False),
    Column("unacknowledged", Integer, nullable=False),
    Column("few_codes", Integer, nullable=False),
)

backup_mark = Table(
    "backup_mark",
    metadata,
    Column("taken_at", Instant, primary_key=True, autoincrement=False),
)
"""Empty but in a backup: what was restored from one is known by it, and not served before it was looked after."""
