"""Alembic's entry: runs on the connection it is handed, and compares with our tables."""

from alembic import context

from app.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    compare_type=True,
    compare_server_default=True,
    render_as_batch=context.config.attributes.get("batch", True),
    transaction_per_migration=False,
)
context.run_migrations()
