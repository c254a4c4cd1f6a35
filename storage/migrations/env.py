"""Alembic's entry: runs the revisions on the connection that storage.migrate opened."""

from alembic import context

from storage.columns import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    # SQLite can roll back a change of the schema, as long as the transaction is ours.
    transactional_ddl=True,
)
context.run_migrations()
