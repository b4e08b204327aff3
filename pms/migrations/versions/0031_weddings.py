"""Weddings: the couple, with the banquet on the board, their room and what is arranged for them."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

POINTS_TO = {
    "group_id": "groups", "event_id": "events", "stay_id": "stays", "salon_id": "arrangements",
    "decoration_id": "arrangements", "taken_by": "users",
}  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "weddings",
        sa.Column("group_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bride", sa.String(length=60), nullable=False),
        sa.Column("groom", sa.String(length=60), nullable=False),
        sa.Column("salon_at", sa.String(length=5), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=True),
        sa.Column("salon_id", sa.Integer(), nullable=True),
        sa.Column("decoration_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("bride <> '' AND groom <> ''", name=op.f("ck_weddings_couple")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_weddings_{column}"))
            for column, table in POINTS_TO.items()
        ),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_weddings")),
        sa.UniqueConstraint("event_id", name=op.f("uq_weddings_event_id")),
        sa.UniqueConstraint("stay_id", name=op.f("uq_weddings_stay_id")),
    )
