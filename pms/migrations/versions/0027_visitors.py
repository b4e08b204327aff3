"""Visitors: whom they asked for, what the guest said, in and out; and the hour by which they should be out."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("hotel", sa.Column("visitors_hour", sa.Integer(), server_default="23", nullable=False))
    op.create_table(
        "visitors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("document", sa.String(length=20), nullable=False),
        sa.Column("document_end", sa.String(length=4), nullable=False),
        sa.Column("asked_name", sa.String(length=80), nullable=False),
        sa.Column("asked_room", sa.String(length=8), nullable=False),
        sa.Column("by_appointment", sa.Boolean(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=True),
        sa.Column(
            "answer",
            sa.Enum(
                "asking",
                "comes_up",
                "lobby",
                "no_answer",
                "refused",
                "nobody",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("came_at", sa.DateTime(), nullable=False),
        sa.Column("came_on", sa.Date(), nullable=False),
        sa.Column("received_by", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("in_at", sa.DateTime(), nullable=True),
        sa.Column("out_at", sa.DateTime(), nullable=True),
        sa.Column("out_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("(answer = 'nobody') = (stay_id IS NULL)", name=op.f("ck_visitors_nobody_has_no_room")),
        sa.CheckConstraint("(in_at IS NOT NULL) = (answer = 'comes_up')", name=op.f("ck_visitors_up_with_consent")),
        sa.CheckConstraint("out_at IS NULL OR in_at IS NOT NULL", name=op.f("ck_visitors_out_after_in")),
        sa.ForeignKeyConstraint(["answered_by"], ["users.id"], name=op.f("fk_visitors_answered_by")),
        sa.ForeignKeyConstraint(["out_by"], ["users.id"], name=op.f("fk_visitors_out_by")),
        sa.ForeignKeyConstraint(["received_by"], ["users.id"], name=op.f("fk_visitors_received_by")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_visitors_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitors")),
    )
    with op.batch_alter_table("visitors", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visitors_came_on"), ["came_on"], unique=False)
        batch_op.create_index(
            "ix_visitors_in_house",
            ["in_at"],
            unique=False,
            sqlite_where=sa.text("in_at IS NOT NULL AND out_at IS NULL"),
            postgresql_where=sa.text("in_at IS NOT NULL AND out_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_visitors_stay_id"), ["stay_id"], unique=False)
