"""Looking after members: invitations, and what lists and the log are searched by"""

import sqlalchemy as sa
from alembic import op

from app.storage.tables import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "invitation",
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
            name=op.f("fk_invitation_member_id_organization_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_invitation_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_invitation_member_id_made_at", "invitation", ["member_id", "made_at"])
    op.create_index("ix_door_closed_at", "door", ["closed_at"])
    op.create_index(
        "ix_event_organization_id_actor_member_id_id", "event", ["organization_id", "actor_member_id", "id"]
    )
    op.create_index("ix_event_organization_id_at", "event", ["organization_id", "at"])
    # A search looks at text and status of everybody, and a count at status and readiness: both find them in the index.
    op.drop_index("ix_member_organization_id_search_text", "member")
    op.create_index(
        "ix_member_organization_id_search_text_status", "member", ["organization_id", "search_text", "status"]
    )
    op.drop_index("ix_member_organization_id_status", "member")
    op.create_index("ix_member_organization_id_status_ready", "member", ["organization_id", "status", "ready"])
    op.create_index("ix_member_organization_id_id", "member", ["organization_id", "id"])
    op.create_index("ix_member_organization_id_last_sign_in_at", "member", ["organization_id", "last_sign_in_at"])
