"""A room that a guest has refused is written down, and not offered to him again (P6)."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "refused_rooms",
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("why", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_refused_rooms_stay_id")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_refused_rooms_room_id")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_refused_rooms_by_id")),
        sa.PrimaryKeyConstraint("stay_id", "room_id", name=op.f("pk_refused_rooms")),
    )
