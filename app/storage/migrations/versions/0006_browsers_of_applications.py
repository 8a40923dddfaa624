"""Browsers of applications: from which pages they call, how often, and what a session was shown and called last"""

import sqlalchemy as sa
from alembic import op

from app.storage.tables import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("session", sa.Column("handed_generation", sa.Integer(), nullable=True))
    op.add_column("session", sa.Column("former_token_hash", sa.LargeBinary(), nullable=True))
    op.create_index(op.f("ix_session_former_token_hash"), "session", ["former_token_hash"], unique=False)
    op.add_column(
        "project_profile", sa.Column("makes_users", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column("project_user", sa.Column("preferred", sa.Uuid(), nullable=True))
    op.create_table(
        "project_origin",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("project_id", _KEY, nullable=False),
        sa.Column("origin", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_origin_project_id_project"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_origin")),
        sa.UniqueConstraint("project_id", "origin", name=op.f("uq_project_origin_project_id_origin")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "project_visit",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("window_began_at", Instant(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_project_visit")),
    )
    op.create_index(op.f("ix_project_visit_window_began_at"), "project_visit", ["window_began_at"], unique=False)
