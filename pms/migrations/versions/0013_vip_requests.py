"""VIPs are requested and approved, their rooms looked at before others are told, and they register in the room."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vip_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("host", sa.String(length=80), nullable=False),
        sa.Column("position", sa.String(length=80), nullable=False),
        sa.Column("amenities", sa.String(length=120), nullable=False),
        sa.Column("welcome_party", sa.String(length=120), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "requested", "approved", "declined",
                name="requeststatus", native_enum=False, length=24, create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("requested_by", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.CheckConstraint("level between 1 and 3", name=op.f("ck_vip_requests_level")),
        sa.CheckConstraint(
            "(status = 'requested') = (decided_by IS NULL)", name=op.f("ck_vip_requests_decided_by_somebody")
        ),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_vip_requests_stay_id")),
        sa.ForeignKeyConstraint(["requested_by"], ["users.id"], name=op.f("fk_vip_requests_requested_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_vip_requests_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vip_requests")),
        sa.UniqueConstraint("stay_id", name=op.f("uq_vip_requests_stay_id")),
    )  # fmt: skip
    op.create_table(
        "room_inspections",
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_room_inspections_stay_id")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_room_inspections_room_id")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_room_inspections_by_id")),
        sa.PrimaryKeyConstraint("stay_id", "room_id", name=op.f("pk_room_inspections")),
    )
    op.create_table(
        "early_check_ins",
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("registered_at", sa.DateTime(), nullable=True),
        sa.Column("registered_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(registered_at IS NULL) = (registered_by IS NULL)", name=op.f("ck_early_check_ins_registered_by_somebody")
        ),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_early_check_ins_stay_id")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_early_check_ins_by_id")),
        sa.ForeignKeyConstraint(["registered_by"], ["users.id"], name=op.f("fk_early_check_ins_registered_by")),
        sa.PrimaryKeyConstraint("stay_id", name=op.f("pk_early_check_ins")),
    )
    still_open = sa.text("registered_at IS NULL")
    op.create_index(
        "ix_early_check_ins_open", "early_check_ins", ["stay_id"], sqlite_where=still_open,
        postgresql_where=still_open,
    )  # fmt: skip
