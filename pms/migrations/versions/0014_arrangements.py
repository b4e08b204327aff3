"""Special arrangements for guests: flowers, fruit, a car, a pick-up; each with its owner."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "arrangements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "flowers",
                "fruit",
                "cake",
                "car",
                "pick_up",
                "birthday",
                "other",
                name="special",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column(
            "department",
            sa.Enum(
                "front_desk",
                "reservations",
                "housekeeping",
                "service_centre",
                "concierge",
                "operator",
                "restaurants",
                "banquet",
                "salon",
                "engineering",
                "security",
                "assistant_manager",
                "sales",
                "cashier",
                name="department",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.String(length=5), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("dropped_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("done_at IS NULL OR dropped_at IS NULL", name=op.f("ck_arrangements_done_or_dropped")),
        sa.ForeignKeyConstraint(["asked_by"], ["users.id"], name=op.f("fk_arrangements_asked_by")),
        sa.ForeignKeyConstraint(["done_by"], ["users.id"], name=op.f("fk_arrangements_done_by")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_arrangements_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrangements")),
    )
    with op.batch_alter_table("arrangements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_arrangements_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_arrangements_stay_id"), ["stay_id"], unique=False)
        batch_op.create_index(
            "uq_arrangements_birthday",
            ["stay_id", "due_on", "what"],
            unique=True,
            sqlite_where=sa.text("kind = 'birthday' AND dropped_at IS NULL"),
            postgresql_where=sa.text("kind = 'birthday' AND dropped_at IS NULL"),
        )
