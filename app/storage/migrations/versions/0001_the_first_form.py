"""The first form"""

import sqlalchemy as sa
from alembic import op

from app.storage.tables import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


# Only INTEGER PRIMARY KEY counts up by itself in SQLite.
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "key_check",
        sa.Column("key_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_key_check")),
    )
    op.create_table(
        "organization",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("second_factor_required_from", Instant(), nullable=True),
        sa.Column("code_count", sa.Integer(), nullable=False),
        sa.Column("code_visibility", sa.String(length=32), nullable=False),
        sa.Column("remembered_browser_days", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
        sa.UniqueConstraint("public_id", name=op.f("uq_organization_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_organization_slug")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "password_wait",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("wait_until", Instant(), nullable=True),
        sa.Column("last_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_password_wait")),
    )
    op.create_index(op.f("ix_password_wait_last_at"), "password_wait", ["last_at"], unique=False)
    op.create_table(
        "setup_link",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setup_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_setup_link_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "event",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", _KEY, nullable=False),
        sa.Column("member_id", _KEY, nullable=True),
        sa.Column("actor_kind", sa.String(length=16), nullable=False),
        sa.Column("actor_member_id", _KEY, nullable=True),
        sa.Column("act", sa.String(length=64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_event_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("public_id", name=op.f("uq_event_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_event_member_id_id"), "event", ["member_id", "id"], unique=False)
    op.create_index(op.f("ix_event_organization_id_act_id"), "event", ["organization_id", "act", "id"], unique=False)
    op.create_index(op.f("ix_event_organization_id_id"), "event", ["organization_id", "id"], unique=False)
    op.create_table(
        "member",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", _KEY, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("email_key", sa.String(length=320), nullable=True),
        sa.Column("email_verified", sa.Boolean(), nullable=False),
        sa.Column("email_changed_at", Instant(), nullable=True),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.Column("password_changed_at", Instant(), nullable=True),
        sa.Column("password_stopped_at", Instant(), nullable=True),
        sa.Column("lock_reason", sa.String(length=16), nullable=True),
        sa.Column("locked_until", Instant(), nullable=True),
        sa.Column("failures_in_row", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("locks_in_row", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("authenticator_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("codes_left", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("codes_pending", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("ready", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("enrols_with_pass", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("code_generation", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("factor_generation", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("search_text", sa.String(length=512), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("last_sign_in_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_member_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("uq_member_id_organization_id")),
        sa.UniqueConstraint("organization_id", "email_key", name=op.f("uq_member_organization_id_email_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_member_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_member_organization_id_authenticator_count"),
        "member",
        ["organization_id", "authenticator_count"],
        unique=False,
    )
    op.create_index(
        op.f("ix_member_organization_id_codes_left"), "member", ["organization_id", "codes_left"], unique=False
    )
    op.create_index(
        op.f("ix_member_organization_id_codes_pending"), "member", ["organization_id", "codes_pending"], unique=False
    )
    op.create_index(
        op.f("ix_member_organization_id_lock_reason_locked_until"),
        "member",
        ["organization_id", "lock_reason", "locked_until"],
        unique=False,
    )
    op.create_index(op.f("ix_member_organization_id_ready"), "member", ["organization_id", "ready"], unique=False)
    op.create_index(op.f("ix_member_organization_id_role"), "member", ["organization_id", "role"], unique=False)
    op.create_index(
        op.f("ix_member_organization_id_search_text"), "member", ["organization_id", "search_text"], unique=False
    )
    op.create_index(op.f("ix_member_organization_id_status"), "member", ["organization_id", "status"], unique=False)
    op.create_table(
        "authenticator",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("organization_id", _KEY, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("seal_key_id", sa.Integer(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("last_used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id", "organization_id"],
            ["member.id", "member.organization_id"],
            name=op.f("fk_authenticator_member_id_organization_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authenticator")),
        sa.UniqueConstraint("public_id", name=op.f("uq_authenticator_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_authenticator_member_id"), "authenticator", ["member_id"], unique=False)
    op.create_index(op.f("ix_authenticator_seal_key_id"), "authenticator", ["seal_key_id"], unique=False)
    op.create_table(
        "door",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("organization_id", _KEY, nullable=False),
        sa.Column("door", sa.String(length=64), nullable=False),
        sa.Column("failures_in_row", sa.Integer(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id", "organization_id"],
            ["member.id", "member.organization_id"],
            name=op.f("fk_door_member_id_organization_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door")),
        sa.UniqueConstraint("member_id", "door", name=op.f("uq_door_member_id_door")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "event_origin",
        sa.Column("event_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("member_id", _KEY, nullable=True),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("browser", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_origin_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_origin")),
    )
    op.create_index(op.f("ix_event_origin_member_id"), "event_origin", ["member_id"], unique=False)
    op.create_table(
        "known_browser",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("organization_id", _KEY, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("browser", sa.String(length=120), nullable=False),
        sa.Column("known_since", Instant(), nullable=False),
        sa.Column("last_seen_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "organization_id"],
            ["member.id", "member.organization_id"],
            name=op.f("fk_known_browser_member_id_organization_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_browser")),
        sa.UniqueConstraint("member_id", "token_hash", name=op.f("uq_known_browser_member_id_token_hash")),
        sa.UniqueConstraint("public_id", name=op.f("uq_known_browser_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "password_link",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("organization_id", _KEY, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_by", sa.String(length=16), nullable=False),
        sa.Column("made_by_member_id", _KEY, nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.Column("voided_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id", "organization_id"],
            ["member.id", "member.organization_id"],
            name=op.f("fk_password_link_member_id_organization_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_link")),
        sa.UniqueConstraint("public_id", name=op.f("uq_password_link_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_password_link_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_password_link_member_id_made_at", "password_link", ["member_id", "made_at"], unique=False)
    op.create_table(
        "second_factor_failure",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("organization_id", _KEY, nullable=False),
        sa.Column("door", sa.String(length=64), nullable=False),
        sa.Column("failed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "organization_id"],
            ["member.id", "member.organization_id"],
            name=op.f("fk_second_factor_failure_member_id_organization_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factor_failure")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_second_factor_failure_member_id_failed_at"),
        "second_factor_failure",
        ["member_id", "failed_at"],
        unique=False,
    )
    op.create_table(
        "session",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("organization_id", _KEY, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("audience", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("opened_by", sa.String(length=16), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("last_seen_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("proved_by", sa.String(length=16), nullable=True),
        sa.Column("proved_at", Instant(), nullable=True),
        sa.Column("password_proved_at", Instant(), nullable=True),
        sa.Column("step_up_failures", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_path", sa.String(length=512), nullable=True),
        sa.Column("browser", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "organization_id"],
            ["member.id", "member.organization_id"],
            name=op.f("fk_session_member_id_organization_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("public_id", name=op.f("uq_session_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_session_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_session_expires_at"), "session", ["expires_at"], unique=False)
    op.create_index(op.f("ix_session_member_id"), "session", ["member_id"], unique=False)
    op.create_table(
        "sign_in",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("organization_id", _KEY, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("audience", sa.String(length=64), nullable=False),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("next_path", sa.String(length=512), nullable=True),
        sa.Column("browser", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "organization_id"],
            ["member.id", "member.organization_id"],
            name=op.f("fk_sign_in_member_id_organization_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sign_in_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sign_in_expires_at"), "sign_in", ["expires_at"], unique=False)
    op.create_index(op.f("ix_sign_in_member_id"), "sign_in", ["member_id"], unique=False)
    op.create_table(
        "enrolment",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("organization_id", _KEY, nullable=False),
        sa.Column("session_id", _KEY, nullable=True),
        sa.Column("sign_in_id", _KEY, nullable=True),
        sa.Column("replaces_id", _KEY, nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("seal_key_id", sa.Integer(), nullable=False),
        sa.Column("vouched", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "organization_id"],
            ["member.id", "member.organization_id"],
            name=op.f("fk_enrolment_member_id_organization_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["authenticator.id"],
            name=op.f("fk_enrolment_replaces_id_authenticator"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_enrolment_session_id_session"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sign_in_id"], ["sign_in.id"], name=op.f("fk_enrolment_sign_in_id_sign_in"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("member_id", name=op.f("uq_enrolment_member_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_enrolment_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_enrolment_replaces_id"), "enrolment", ["replaces_id"], unique=False)
    op.create_index(op.f("ix_enrolment_seal_key_id"), "enrolment", ["seal_key_id"], unique=False)
    op.create_index(op.f("ix_enrolment_session_id"), "enrolment", ["session_id"], unique=False)
    op.create_index(op.f("ix_enrolment_sign_in_id"), "enrolment", ["sign_in_id"], unique=False)
    op.create_table(
        "enrolment_pass",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("organization_id", _KEY, nullable=False),
        sa.Column("code_index", sa.LargeBinary(), nullable=False),
        sa.Column("index_key_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(length=16), nullable=False),
        sa.Column("made_by_member_id", _KEY, nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("holder_hash", sa.LargeBinary(), nullable=True),
        sa.Column("session_id", _KEY, nullable=True),
        sa.Column("spent_at", Instant(), nullable=True),
        sa.Column("voided_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id", "organization_id"],
            ["member.id", "member.organization_id"],
            name=op.f("fk_enrolment_pass_member_id_organization_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_enrolment_pass_session_id_session"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_pass")),
        sa.UniqueConstraint("public_id", name=op.f("uq_enrolment_pass_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_enrolment_pass_index_key_id"), "enrolment_pass", ["index_key_id"], unique=False)
    op.create_index("ix_enrolment_pass_member_id_made_at", "enrolment_pass", ["member_id", "made_at"], unique=False)
    op.create_index(op.f("ix_enrolment_pass_session_id"), "enrolment_pass", ["session_id"], unique=False)
    op.create_index(
        "uq_enrolment_pass_live",
        "enrolment_pass",
        ["member_id"],
        unique=True,
        sqlite_where=sa.text("spent_at IS NULL AND voided_at IS NULL"),
        postgresql_where=sa.text("spent_at IS NULL AND voided_at IS NULL"),
    )
    op.create_table(
        "recovery_code_set",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("organization_id", _KEY, nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=16), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_in_session_id", _KEY, nullable=True),
        sa.Column("acknowledged_at", Instant(), nullable=True),
        sa.Column("handed_at", Instant(), nullable=True),
        sa.Column("voided_at", Instant(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("proof_number", sa.Integer(), nullable=True),
        sa.Column("proof_tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("proved_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_in_session_id"],
            ["session.id"],
            name=op.f("fk_recovery_code_set_made_in_session_id_session"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "organization_id"],
            ["member.id", "member.organization_id"],
            name=op.f("fk_recovery_code_set_member_id_organization_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code_set")),
        sa.UniqueConstraint("member_id", "generation", name=op.f("uq_recovery_code_set_member_id_generation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_recovery_code_set_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_recovery_code_set_made_in_session_id"), "recovery_code_set", ["made_in_session_id"], unique=False
    )
    op.create_index(
        "uq_recovery_code_set_live",
        "recovery_code_set",
        ["member_id"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
        postgresql_where=sa.text("voided_at IS NULL"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("organization_id", _KEY, nullable=False),
        sa.Column("set_id", _KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code_index", sa.LargeBinary(), nullable=False),
        sa.Column("index_key_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key_id", sa.Integer(), nullable=True),
        sa.Column("spent_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id", "organization_id"],
            ["member.id", "member.organization_id"],
            name=op.f("fk_recovery_code_member_id_organization_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["set_id"],
            ["recovery_code_set.id"],
            name=op.f("fk_recovery_code_set_id_recovery_code_set"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("member_id", "code_index", name=op.f("uq_recovery_code_member_id_code_index")),
        sa.UniqueConstraint("set_id", "number", name=op.f("uq_recovery_code_set_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_recovery_code_index_key_id"), "recovery_code", ["index_key_id"], unique=False)
    op.create_index(op.f("ix_recovery_code_seal_key_id"), "recovery_code", ["seal_key_id"], unique=False)
