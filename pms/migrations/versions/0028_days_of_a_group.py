"""The days of a group in the house, and what its leader has confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group_programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "item",
            sa.Enum(
                "wake_up", "breakfast", "lunch", "dinner", "luggage_out",
                name="item", native_enum=False, create_constraint=True, length=24,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.String(length=5), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("covers", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("at <> ''", name=op.f("ck_group_programme_timed")),
        sa.CheckConstraint("covers between 0 and 999", name=op.f("ck_group_programme_covers")),
        sa.CheckConstraint(
            "item NOT IN ('breakfast', 'lunch', 'dinner') OR (place <> '' AND covers > 0)",
            name=op.f("ck_group_programme_meal_whole"),
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_group_programme_group_id")),
        sa.ForeignKeyConstraint(["written_by"], ["users.id"], name=op.f("fk_group_programme_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_programme")),
        sa.UniqueConstraint("group_id", "day", "item", name=op.f("uq_group_programme_group_id_day_item")),
    )  # fmt: skip
    op.create_table(
        "group_confirmed",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("long_distance", sa.Boolean(), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("leader", sa.String(length=80), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL)", name=op.f("ck_group_confirmed_confirmed_by_somebody")
        ),
        sa.CheckConstraint(
            "confirmed_at IS NULL OR (heads > 0 AND leader <> '')", name=op.f("ck_group_confirmed_signed")
        ),
        sa.ForeignKeyConstraint(["confirmed_by"], ["users.id"], name=op.f("fk_group_confirmed_confirmed_by")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_group_confirmed_group_id")),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_group_confirmed")),
        sqlite_with_rowid=False,
    )
