"""What Alembic runs: the migrations over the connection that `assistant.clinic.opening` hands it."""

from __future__ import annotations

from alembic import context

from assistant.clinic.opening import VERSION_TABLE
from assistant.clinic.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
