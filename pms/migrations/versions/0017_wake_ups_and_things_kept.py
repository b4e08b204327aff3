"""Wake-up calls; and things kept for somebody: mail, parcels, what is to be handed on, lost and found."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_things",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "mail",
                "parcel",
                "fax",
                "handing_on",
                "found",
                name="keptkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("giver", sa.String(length=80), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=True),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("shelf", sa.String(length=12), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=False),
        sa.Column("kept_by", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.Column(
            "gone",
            sa.Enum(
                "handed_out", "posted", "disposed", name="gone", native_enum=False, create_constraint=True, length=24
            ),
            nullable=True,
        ),
        sa.Column("gone_at", sa.DateTime(), nullable=True),
        sa.Column("gone_on", sa.Date(), nullable=True),
        sa.Column("gone_by", sa.Integer(), nullable=True),
        sa.Column("gone_to", sa.String(length=120), nullable=False),
        sa.CheckConstraint("(gone IS NULL) = (gone_at IS NULL)", name=op.f("ck_kept_things_gone_once")),
        sa.ForeignKeyConstraint(["gone_by"], ["users.id"], name=op.f("fk_kept_things_gone_by")),
        sa.ForeignKeyConstraint(["kept_by"], ["users.id"], name=op.f("fk_kept_things_kept_by")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_kept_things_room_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_kept_things_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_things")),
        sa.UniqueConstraint("number", name=op.f("uq_kept_things_number")),
    )
    with op.batch_alter_table("kept_things", schema=None) as batch_op:
        batch_op.create_index(
            "ix_kept_things_here",
            ["due_on"],
            unique=False,
            sqlite_where=sa.text("gone IS NULL"),
            postgresql_where=sa.text("gone IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_kept_things_kept_on"), ["kept_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_kept_things_stay_id"), ["stay_id"], unique=False)

    op.create_table(
        "wake_ups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("wall", sa.String(length=16), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "go_up",
                "answered",
                "woken",
                "cancelled",
                name="wakeupstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("unanswered", sa.Integer(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(), nullable=False),
        sa.Column("ordered_by", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("unanswered between 0 and 2", name=op.f("ck_wake_ups_two_calls")),
        sa.ForeignKeyConstraint(["ended_by"], ["users.id"], name=op.f("fk_wake_ups_ended_by")),
        sa.ForeignKeyConstraint(["ordered_by"], ["users.id"], name=op.f("fk_wake_ups_ordered_by")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_wake_ups_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wake_ups")),
    )
    with op.batch_alter_table("wake_ups", schema=None) as batch_op:
        batch_op.create_index(
            "ix_wake_ups_next",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("state IN ('waiting', 'go_up')"),
            postgresql_where=sa.text("state IN ('waiting', 'go_up')"),
        )
        batch_op.create_index(
            "uq_wake_ups_once",
            ["stay_id", "wall"],
            unique=True,
            sqlite_where=sa.text("state <> 'cancelled'"),
            postgresql_where=sa.text("state <> 'cancelled'"),
        )

    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.schema.CreateSequence(sa.Sequence("number_kept")))
