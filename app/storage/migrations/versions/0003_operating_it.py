"""Operating it: how long copies of codes are kept, the housekeeper's chores, daily figures, the mark of a backup"""

import sqlalchemy as sa
from alembic import op

from app.storage.tables import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_COPIES_KEPT = sa.text("voided_at IS NULL AND copies_erased_at IS NULL")


def upgrade() -> None:
    # Adding a column rebuilds no table on either database; a batch would, and with it all that refers to the sets.
    op.add_column(
        "recovery_code_set",
        sa.Column("visibility", sa.String(length=32), server_default=sa.text("'viewable'"), nullable=False),
    )
    op.add_column("recovery_code_set", sa.Column("copies_erased_at", Instant(), nullable=True))
    op.create_index(
        "ix_recovery_code_set_kept_copies",
        "recovery_code_set",
        ["visibility"],
        sqlite_where=_COPIES_KEPT,
        postgresql_where=_COPIES_KEPT,
    )
    op.add_column("organization", sa.Column("requirement_began_for", Instant(), nullable=True))
    # What began long ago is not to be noted as if it had begun today.
    now = "now()" if op.get_bind().dialect.name == "postgresql" else "CAST(strftime('%s', 'now') AS INTEGER) * 1000000"
    organization = sa.table(
        "organization",
        sa.column("second_factor_required_from", Instant()),
        sa.column("requirement_began_for", Instant()),
    )
    since = organization.c.second_factor_required_from
    op.execute(sa.update(organization).where(since <= sa.text(now)).values(requirement_began_for=since))
    op.create_table(
        "chore",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("leased_by", sa.Uuid(), nullable=True),
        sa.Column("leased_until", Instant(), nullable=True),
        sa.Column("done_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_chore")),
    )
    op.create_table(
        "readiness_figure",
        sa.Column("organization_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.Column("ready", sa.Integer(), nullable=False),
        sa.Column("no_authenticator", sa.Integer(), nullable=False),
        sa.Column("unacknowledged", sa.Integer(), nullable=False),
        sa.Column("few_codes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_readiness_figure_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("organization_id", "day", name=op.f("pk_readiness_figure")),
    )
    op.create_table(
        "backup_mark",
        sa.Column("taken_at", Instant(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("taken_at", name=op.f("pk_backup_mark")),
    )
