"""Luggage may be collected in parts; a message is urgent or not, says to whom it was given and when it was read."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Written out: SQLite takes a constraint with a new column, but not afterwards.
    op.execute(
        "ALTER TABLE luggage ADD COLUMN collected INTEGER DEFAULT 0 NOT NULL "
        "CONSTRAINT ck_luggage_collected_once CHECK (collected between 0 and pieces)"
    )
    op.execute("UPDATE luggage SET collected = pieces WHERE released_at IS NOT NULL")
    op.add_column("messages", sa.Column("urgent", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("messages", sa.Column("delivered_to", sa.String(length=80), server_default="", nullable=False))
    op.add_column("messages", sa.Column("read_at", sa.DateTime(), nullable=True))
    op.execute("ALTER TABLE messages ADD COLUMN read_by INTEGER CONSTRAINT fk_messages_read_by REFERENCES users (id)")
