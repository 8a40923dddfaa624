"""Tenants: what projects of the whole installation know of organizations, and organizations that are removed"""

import sqlalchemy as sa
from alembic import op

from app.storage.tables import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("organization", sa.Column("ended_at", Instant(), nullable=True))
    for name in ("breakglass", "wants_second_factor"):
        op.add_column("project_user", sa.Column(name, sa.Boolean(), server_default=sa.text("false"), nullable=False))
    # Nothing refers to this table, so that SQLite may rebuild it; what was unique before is so under the wider rule.
    with op.batch_alter_table("project_user", table_kwargs={"sqlite_autoincrement": True}) as project_user:
        project_user.drop_constraint(op.f("uq_project_user_project_id_external_id"), type_="unique")
        project_user.create_unique_constraint(
            op.f("uq_project_user_project_id_organization_id_external_id"),
            ["project_id", "organization_id", "external_id"],
        )
    op.create_table(
        "project_tenant",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("project_id", _KEY, nullable=False),
        sa.Column("organization_id", _KEY, nullable=False),
        sa.Column("external_id", sa.String(length=128), nullable=True),
        sa.Column("logo_url", sa.String(length=2048), nullable=False),
        sa.Column("trusted_metadata", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_project_tenant_organization_id_organization"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_tenant_project_id_project"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_tenant")),
        sa.UniqueConstraint("project_id", "external_id", name=op.f("uq_project_tenant_project_id_external_id")),
        sa.UniqueConstraint("project_id", "organization_id", name=op.f("uq_project_tenant_project_id_organization_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_project_tenant_organization_id"), "project_tenant", ["organization_id"], unique=False)
