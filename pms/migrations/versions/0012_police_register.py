"""What goes to the police is kept with the proof that it went; the form for guests from abroad is complete."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "police_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_police_batches_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_police_batches")),
        sa.UniqueConstraint("reference", name=op.f("uq_police_batches_reference")),
    )
    op.add_column("registrations", sa.Column("visa_expires_on", sa.Date(), nullable=True))
    op.add_column("registrations", sa.Column("host", sa.String(length=80), server_default="", nullable=False))
    # Written out: SQLite takes a constraint with a new column, but not afterwards.
    op.execute(
        "ALTER TABLE registrations ADD COLUMN batch_id INTEGER "
        "CONSTRAINT fk_registrations_batch_id REFERENCES police_batches (id) "
        "CONSTRAINT ck_registrations_sent_with_its_batch CHECK (batch_id IS NULL OR sent_at IS NOT NULL)"
    )
    batched = sa.text("batch_id IS NOT NULL")
    op.create_index(
        "ix_registrations_batch_id", "registrations", ["batch_id"], sqlite_where=batched, postgresql_where=batched
    )
    op.create_index("ix_registrations_at", "registrations", ["at"])
