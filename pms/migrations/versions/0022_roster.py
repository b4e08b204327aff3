"""Who works when, and shifts that are swapped."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

DEPARTMENTS = (
    "front_desk", "reservations", "housekeeping", "service_centre", "concierge", "operator", "restaurants", "banquet",
    "salon", "engineering", "security", "assistant_manager", "sales", "cashier",
)  # fmt: skip


def _choice(name, *words):
    return sa.Enum(*words, name=name, native_enum=False, length=24, create_constraint=True)


def _shift(name="shift"):
    return _choice(name, "early", "late", "night")


def _department():
    return _choice("department", *DEPARTMENTS)


def _user(name, **options):
    return sa.Column(name, sa.Integer(), sa.ForeignKey("users.id"), **options)


def upgrade() -> None:
    _duties()
    _weeks()
    _swaps()


def _duties() -> None:
    op.create_table(
        "roster_duties",
        _user("user_id", primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("shift", _shift(), nullable=False),
        sa.Column("department", _department(), nullable=False),
        sa.Column("post", sa.String(24), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_roster_duties_day", "roster_duties", ["day", "department"])


def _weeks() -> None:
    op.create_table(
        "roster_weeks",
        sa.Column("department", _department(), primary_key=True),
        sa.Column("monday", sa.Date(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        _user("changed_by", nullable=False),
        sqlite_with_rowid=False,
    )


def _swaps() -> None:
    op.create_table(
        "roster_swaps",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("department", _department(), nullable=False),
        _user("asked_by", nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shift", _shift(), nullable=False),
        _user("other_id", nullable=False),
        sa.Column("other_day", sa.Date()),
        sa.Column("other_shift", _shift("other_shift")),
        sa.Column(
            "state",
            _choice("swapstate", "asked", "agreed", "approved", "refused", "declined", "withdrawn"),
            nullable=False,
        ),
        sa.Column("answered_at", sa.DateTime()),
        sa.Column("decided_at", sa.DateTime()),
        _user("decided_by", nullable=True),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.CheckConstraint("asked_by <> other_id", name="two_people"),
        sa.CheckConstraint("decided_by <> asked_by AND decided_by <> other_id", name="nobody_approves_his_own"),
        sa.CheckConstraint("(decided_by IS NOT NULL) = (state IN ('approved', 'declined'))", name="decided_by_leader"),
        sa.CheckConstraint("state NOT IN ('refused', 'declined') OR reason <> ''", name="no_with_its_reason"),
        sa.CheckConstraint("(other_day IS NULL) = (other_shift IS NULL)", name="whole_return"),
    )
    waits = sa.text("state IN ('asked', 'agreed')")
    op.create_index(
        "uq_roster_swaps_open", "roster_swaps", ["asked_by", "day"], unique=True, sqlite_where=waits,
        postgresql_where=waits,
    )  # fmt: skip
    op.create_index("ix_roster_swaps_state", "roster_swaps", ["state", "day"])
