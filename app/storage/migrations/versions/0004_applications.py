"""Applications: projects, what they know of members, sessions of theirs, and the keys that sign these"""

import sqlalchemy as sa
from alembic import op

from app.storage.tables import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _projects()
    _users()
    op.add_column("event", sa.Column("actor_project_id", _KEY, nullable=True))
    op.add_column("member", sa.Column("locked_at", Instant(), nullable=True))
    op.add_column("session", sa.Column("claims", sa.JSON(none_as_null=True), nullable=True))
    op.create_index(op.f("ix_session_audience"), "session", ["audience"], unique=False)


def _projects() -> None:
    op.create_table(
        "project",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("environment_id", sa.Uuid(), nullable=False),
        sa.Column("public_token", sa.String(length=64), nullable=False),
        sa.Column("organization_id", _KEY, nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("factor_secrets", sa.Boolean(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_project_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("environment_id", name=op.f("uq_project_environment_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_project_public_id")),
        sa.UniqueConstraint("public_token", name=op.f("uq_project_public_token")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_project_organization_id"), "project", ["organization_id"], unique=False)
    op.create_table(
        "project_secret",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", _KEY, nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hint", sa.String(length=8), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=True),
        sa.Column("last_used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_secret_project_id_project"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_secret")),
        sa.UniqueConstraint("public_id", name=op.f("uq_project_secret_public_id")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_project_secret_secret_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_project_secret_project_id"), "project_secret", ["project_id"], unique=False)
    op.create_table(
        "project_profile",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", _KEY, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("issuer", sa.String(length=512), nullable=False),
        sa.Column("audience", sa.String(length=512), nullable=False),
        sa.Column("claim", sa.String(length=64), nullable=False),
        sa.Column("identifies", sa.String(length=16), nullable=False),
        sa.Column("public_key", sa.String(length=8192), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_profile_project_id_project"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_profile")),
        sa.UniqueConstraint("public_id", name=op.f("uq_project_profile_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_project_profile_project_id"), "project_profile", ["project_id"], unique=False)
    op.create_table(
        "project_use",
        sa.Column("project_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("window_began_at", Instant(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_use_project_id_project"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_project_use")),
    )
    op.create_table(
        "signing_key",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("project_id", _KEY, nullable=False),
        sa.Column("kid", sa.String(length=64), nullable=False),
        sa.Column("sealed_private", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key_id", sa.Integer(), nullable=True),
        sa.Column("public", sa.JSON(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("signs_from", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_signing_key_project_id_project"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
        sa.UniqueConstraint("project_id", "kid", name=op.f("uq_signing_key_project_id_kid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_signing_key_seal_key_id"), "signing_key", ["seal_key_id"], unique=False)


def _users() -> None:
    op.create_table(
        "project_user",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("organization_id", _KEY, nullable=False),
        sa.Column("project_id", _KEY, nullable=False),
        sa.Column("external_id", sa.String(length=128), nullable=True),
        sa.Column("first_name", sa.String(length=120), nullable=False),
        sa.Column("middle_name", sa.String(length=120), nullable=False),
        sa.Column("last_name", sa.String(length=120), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("trusted_metadata", sa.JSON(), nullable=False),
        sa.Column("untrusted_metadata", sa.JSON(), nullable=False),
        sa.Column("pending", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "organization_id"],
            ["member.id", "member.organization_id"],
            name=op.f("fk_project_user_member_id_organization_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_user_project_id_project"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_user")),
        sa.UniqueConstraint("project_id", "external_id", name=op.f("uq_project_user_project_id_external_id")),
        sa.UniqueConstraint("project_id", "member_id", name=op.f("uq_project_user_project_id_member_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_project_user_member_id"), "project_user", ["member_id"], unique=False)
    op.create_table(
        "session_factor",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("organization_id", _KEY, nullable=False),
        sa.Column("session_id", _KEY, nullable=False),
        sa.Column("proof", sa.String(length=16), nullable=False),
        sa.Column("method", sa.Uuid(), nullable=False),
        sa.Column("first_at", Instant(), nullable=False),
        sa.Column("last_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "organization_id"],
            ["member.id", "member.organization_id"],
            name=op.f("fk_session_factor_member_id_organization_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_session_factor_session_id_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_factor")),
        sa.UniqueConstraint("session_id", "proof", "method", name=op.f("uq_session_factor_session_id_proof_method")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_session_factor_member_id"), "session_factor", ["member_id"], unique=False)
    op.create_table(
        "project_enrolment",
        sa.Column("enrolment_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("organization_id", _KEY, nullable=False),
        sa.Column("project_id", _KEY, nullable=False),
        sa.Column("code_generation", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_project_enrolment_enrolment_id_enrolment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "organization_id"],
            ["member.id", "member.organization_id"],
            name=op.f("fk_project_enrolment_member_id_organization_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_enrolment_project_id_project")),
        sa.PrimaryKeyConstraint("enrolment_id", name=op.f("pk_project_enrolment")),
    )
    op.create_index(op.f("ix_project_enrolment_member_id"), "project_enrolment", ["member_id"], unique=False)
    op.create_index(op.f("ix_project_enrolment_project_id"), "project_enrolment", ["project_id"], unique=False)
    op.create_table(
        "staged_code",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("organization_id", _KEY, nullable=False),
        sa.Column("enrolment_id", _KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code_index", sa.LargeBinary(), nullable=False),
        sa.Column("index_key_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_staged_code_enrolment_id_enrolment"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "organization_id"],
            ["member.id", "member.organization_id"],
            name=op.f("fk_staged_code_member_id_organization_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staged_code")),
        sa.UniqueConstraint("enrolment_id", "number", name=op.f("uq_staged_code_enrolment_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_staged_code_index_key_id"), "staged_code", ["index_key_id"], unique=False)
    op.create_index(op.f("ix_staged_code_member_id"), "staged_code", ["member_id"], unique=False)
    op.create_index(op.f("ix_staged_code_seal_key_id"), "staged_code", ["seal_key_id"], unique=False)
