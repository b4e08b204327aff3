"""Who waits for a room has a row of his own, which asks for the call afterwards."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

# Who waits at this moment was known from the journal alone.
WAITING_NOW = """
INSERT INTO room_waits (stay_id, since, said)
SELECT stays.id, MIN(journal.at), '' FROM stays JOIN journal ON journal.subject = 'stay:' || stays.id
WHERE stays.status = 'reserved' AND journal.action = 'ask_rush_cleaning' GROUP BY stays.id
"""


def upgrade() -> None:
    op.create_table(
        "room_waits",
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("again_at", sa.DateTime(), nullable=True),
        sa.Column("called_at", sa.DateTime(), nullable=True),
        sa.Column("called_by", sa.Integer(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "all_well",
                "not_well",
                "no_answer",
                name="afterwait",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("said", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(called_at IS NULL) = (called_by IS NULL) AND (called_at IS NULL) = (outcome IS NULL)",
            name=op.f("ck_room_waits_called_by_somebody"),
        ),
        sa.CheckConstraint("outcome <> 'no_answer'", name=op.f("ck_room_waits_answered")),
        sa.CheckConstraint("outcome <> 'not_well' OR said <> ''", name=op.f("ck_room_waits_what_is_not_well")),
        sa.ForeignKeyConstraint(["called_by"], ["users.id"], name=op.f("fk_room_waits_called_by")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_room_waits_stay_id")),
        sa.PrimaryKeyConstraint("stay_id", name=op.f("pk_room_waits")),
    )
    still_open = sa.text("called_at IS NULL")
    op.create_index("ix_room_waits_open", "room_waits", ["since"], sqlite_where=still_open, postgresql_where=still_open)
    op.execute(WAITING_NOW)
