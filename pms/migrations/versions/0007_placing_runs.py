"""Runs of placing are kept: what was planned is what is accepted, and one press takes it back."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STATES = ("asked", "planning", "planned", "accepted", "undone", "failed")


def upgrade() -> None:
    op.create_table(
        "placing_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(*STATES, name="runstatus", native_enum=False, length=24, create_constraint=True),
            nullable=False,
        ),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("with_room", sa.Integer(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("tiers", sa.Text(), nullable=False),
        sa.Column("accepted_by", sa.Integer(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("first <= last", name=op.f("ck_placing_runs_days_in_order")),
        *_users("placing_runs", "asked_by", "accepted_by", "undone_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placing_runs")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_placing_runs_business_date"), "placing_runs", ["business_date"])
    op.create_table(
        "placing_lines",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("arrival", sa.Date(), nullable=False),
        sa.Column("departure", sa.Date(), nullable=False),
        sa.Column("was_room_id", sa.Integer(), nullable=True),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("unmet", sa.Text(), nullable=False),
        sa.Column("wishes", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.CheckConstraint("room_id IS NOT NULL OR NOT accepted", name=op.f("ck_placing_lines_accepted_with_a_room")),
        sa.ForeignKeyConstraint(["run_id"], ["placing_runs.id"], name=op.f("fk_placing_lines_run_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_placing_lines_stay_id")),
        sa.ForeignKeyConstraint(["was_room_id"], ["rooms.id"], name=op.f("fk_placing_lines_was_room_id")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_placing_lines_room_id")),
        sa.PrimaryKeyConstraint("run_id", "stay_id", name=op.f("pk_placing_lines")),
    )
    op.create_index(op.f("ix_placing_lines_stay_id"), "placing_lines", ["stay_id"])


def _users(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    return [sa.ForeignKeyConstraint([column], ["users.id"], name=op.f(f"fk_{table}_{column}")) for column in columns]
