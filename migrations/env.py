"""Alembic environment: runs on the connection that mesomap.storage.migrate hands over, in its transaction."""

from alembic import context

from mesomap.storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=False)
with context.begin_transaction():
    context.run_migrations()
