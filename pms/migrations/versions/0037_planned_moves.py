"""Room changes that are agreed before the guest comes; they go with the room-night they stand on."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "planned_moves",
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("consent", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("consent <> ''", name=op.f("ck_planned_moves_agreed")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_planned_moves_stay_id")),
        sa.ForeignKeyConstraint(
            ["room_id", "day"],
            ["room_nights.room_id", "room_nights.night"],
            name="fk_planned_moves_room_night",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_planned_moves_by_id")),
        sa.PrimaryKeyConstraint("stay_id", "day", name=op.f("pk_planned_moves")),
        sqlite_with_rowid=False,
    )
    op.create_index("uq_planned_moves_room_id_day", "planned_moves", ["room_id", "day"], unique=True)
    op.create_index("ix_planned_moves_day", "planned_moves", ["day"])
