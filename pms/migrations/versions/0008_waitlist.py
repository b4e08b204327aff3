"""Who could not be given a room: those who wait for one, and the business that was lost."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "turnaways",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column(
            "why",
            sa.Enum(
                "full",
                "stopped",
                "minimum_stay",
                "price",
                "not_the_kind",
                "other",
                name="why",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("type_id", sa.Integer(), nullable=True),
        sa.Column(
            "source",
            sa.Enum(
                "phone",
                "walk_in",
                "web",
                "agent",
                "company",
                "ota",
                "group",
                "conference",
                "wedding",
                "other",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("arrival", sa.Date(), nullable=False),
        sa.Column("departure", sa.Date(), nullable=False),
        sa.Column("rooms", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.CheckConstraint("departure > arrival", name=op.f("ck_turnaways_some_nights")),
        sa.CheckConstraint("rooms > 0", name=op.f("ck_turnaways_some_rooms")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_turnaways_by_id")),
        sa.ForeignKeyConstraint(["type_id"], ["room_types.id"], name=op.f("fk_turnaways_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turnaways")),
    )
    with op.batch_alter_table("turnaways", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_turnaways_business_date"), ["business_date"], unique=False)

    op.create_table(
        "waitlist",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guest_id", sa.Integer(), nullable=False),
        sa.Column("telephone", sa.String(length=24), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "phone",
                "walk_in",
                "web",
                "agent",
                "company",
                "ota",
                "group",
                "conference",
                "wedding",
                "other",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("arrival", sa.Date(), nullable=False),
        sa.Column("departure", sa.Date(), nullable=False),
        sa.Column("rooms", sa.Integer(), nullable=False),
        sa.Column("adults", sa.Integer(), nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "waiting", "booked", "given_up", name="waitstatus", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("called_at", sa.DateTime(), nullable=True),
        sa.Column("called_by", sa.Integer(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum("no_answer", "thinks", name="waitcall", native_enum=False, create_constraint=True, length=24),
            nullable=True,
        ),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(status = 'booked') = (booking_id IS NOT NULL)", name=op.f("ck_waitlist_booked_once")),
        sa.CheckConstraint("telephone <> ''", name=op.f("ck_waitlist_can_be_called")),
        sa.CheckConstraint("departure > arrival", name=op.f("ck_waitlist_some_nights")),
        sa.CheckConstraint("rooms > 0", name=op.f("ck_waitlist_some_rooms")),
        sa.ForeignKeyConstraint(["asked_by"], ["users.id"], name=op.f("fk_waitlist_asked_by")),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_waitlist_booking_id")),
        sa.ForeignKeyConstraint(["called_by"], ["users.id"], name=op.f("fk_waitlist_called_by")),
        sa.ForeignKeyConstraint(["guest_id"], ["guests.id"], name=op.f("fk_waitlist_guest_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["rate_plans.id"], name=op.f("fk_waitlist_plan_id")),
        sa.ForeignKeyConstraint(["type_id"], ["room_types.id"], name=op.f("fk_waitlist_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waitlist")),
    )
    with op.batch_alter_table("waitlist", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waitlist_guest_id"), ["guest_id"], unique=False)
        batch_op.create_index(
            "ix_waitlist_waiting",
            ["departure"],
            unique=False,
            sqlite_where=sa.text("status = 'waiting'"),
            postgresql_where=sa.text("status = 'waiting'"),
        )
