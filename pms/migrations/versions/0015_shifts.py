"""Shifts have a log, handovers signed by both sides, and count the cash drawer."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MONEY = sa.BigInteger()


def _choice(name, *words):
    return sa.Enum(*words, name=name, native_enum=False, length=24, create_constraint=True)


def _shift():
    return _choice("shift", "early", "late", "night")


def _user(name, nullable=False):
    return sa.Column(name, sa.Integer(), sa.ForeignKey("users.id"), nullable=nullable)


def _key():
    return sa.Column("id", sa.Integer(), primary_key=True)


def upgrade() -> None:
    _log()
    _handovers()
    _equipment()
    _drawer()


def _log() -> None:
    op.create_table(
        "shift_notes",
        _key(),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shift", _shift(), nullable=False),
        sa.Column("kind", _choice("notekind", "done", "open", "remember"), nullable=False),
        sa.Column("text", sa.String(500), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        _user("by_id"),
        sa.Column("settled_at", sa.DateTime()),
        _user("settled_by", nullable=True),
        sa.CheckConstraint("(settled_at IS NULL) = (settled_by IS NULL)", name="settled_by_somebody"),
    )
    op.create_index("ix_shift_notes_day", "shift_notes", ["day", "shift"])
    waits = sa.text("settled_at IS NULL AND kind <> 'done'")
    op.create_index("ix_shift_notes_open", "shift_notes", ["at"], sqlite_where=waits, postgresql_where=waits)


def _handovers() -> None:
    op.create_table(
        "handovers",
        _key(),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shift", _shift(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(), nullable=False),
        _user("drafted_by"),
        sa.Column("given_at", sa.DateTime()),
        _user("given_by", nullable=True),
        sa.Column("taken_at", sa.DateTime()),
        _user("taken_by", nullable=True),
        sa.UniqueConstraint("day", "shift"),
        sa.CheckConstraint("(given_at IS NULL) = (given_by IS NULL)", name="given_by_somebody"),
        sa.CheckConstraint("(taken_at IS NULL) = (taken_by IS NULL)", name="taken_by_somebody"),
        sa.CheckConstraint("taken_at IS NULL OR given_at IS NOT NULL", name="given_before_taken"),
        sa.CheckConstraint("taken_by <> given_by", name="nobody_signs_for_both"),
    )
    op.create_index("ix_handovers_business_date", "handovers", ["business_date"])
    op.create_table(
        "handover_points",
        _key(),
        sa.Column("handover_id", sa.Integer(), sa.ForeignKey("handovers.id"), nullable=False),
        sa.Column("source", sa.String(24), nullable=False),
        sa.Column("about", sa.String(40), nullable=False),
        sa.Column("room", sa.String(60), nullable=False),
        sa.Column("guest", sa.String(200), nullable=False),
        sa.Column("guest_incognito", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime()),
        _user("acknowledged_by", nullable=True),
        sa.UniqueConstraint("handover_id", "source", "about"),
        sa.CheckConstraint("(acknowledged_at IS NULL) = (acknowledged_by IS NULL)", name="acknowledged_by_somebody"),
    )
    waits = sa.text("acknowledged_at IS NULL")
    op.create_index(
        "ix_handover_points_open", "handover_points", ["handover_id"], sqlite_where=waits, postgresql_where=waits
    )


def _equipment() -> None:
    op.create_table(
        "equipment",
        _key(),
        sa.Column("name", sa.String(60), nullable=False, unique=True),
        sa.Column("name_zh", sa.String(60), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("pieces > 0", name="some_pieces"),
    )
    op.create_table(
        "equipment_counts",
        sa.Column("handover_id", sa.Integer(), sa.ForeignKey("handovers.id"), primary_key=True),
        sa.Column("equipment_id", sa.Integer(), sa.ForeignKey("equipment.id"), primary_key=True),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.CheckConstraint("found >= 0", name="not_less_than_none"),
    )


def _drawer() -> None:
    op.create_table(
        "cash_counts",
        _key(),
        sa.Column("previous_id", sa.Integer(), nullable=False, unique=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shift", _shift(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        _user("by_id"),
        sa.Column("pieces", sa.Text(), nullable=False),
        sa.Column("counted", MONEY, nullable=False),
        sa.Column("expected", MONEY, nullable=False),
        sa.Column("kept", MONEY, nullable=False),
        sa.Column("book", MONEY, nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        _user("witness_id", nullable=True),
        sa.CheckConstraint("kept BETWEEN 0 AND counted", name="kept_of_what_was_counted"),
        sa.CheckConstraint(
            "counted = expected OR (reason <> '' AND witness_id IS NOT NULL)", name="difference_explained_and_seen"
        ),
        sa.CheckConstraint("witness_id <> by_id", name="a_second_person"),
    )
    op.create_index("ix_cash_counts_day", "cash_counts", ["day", "shift"])
    op.create_index("ix_cash_counts_business_date", "cash_counts", ["business_date"])
    cash = sa.text("method = 'cash'")
    op.create_index("ix_postings_cash", "postings", ["amount"], sqlite_where=cash, postgresql_where=cash)
