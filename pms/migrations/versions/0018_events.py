"""What is on in the house, for everybody at the desk."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("organiser", sa.String(length=80), nullable=False),
        sa.Column("covers", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("called_off_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends = '' OR ends > starts", name=op.f("ck_events_ends_after")),
        sa.CheckConstraint("title <> '' AND place <> '' AND starts <> ''", name=op.f("ck_events_told_whole")),
        sa.CheckConstraint("covers >= 0", name=op.f("ck_events_covers")),
        sa.ForeignKeyConstraint(["written_by"], ["users.id"], name=op.f("fk_events_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_events_day"), ["day"], unique=False)
