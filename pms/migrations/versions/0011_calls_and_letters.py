"""Calls to overdue guests, and confirmation letters that a superior reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("needs_review", sa.Boolean(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(), nullable=False),
        sa.Column("drafted_by", sa.Integer(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(), nullable=True),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.Column(
            "sent_how",
            sa.Enum(
                "email",
                "print",
                "fax",
                "messenger",
                name="sentby",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("replaced_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "reviewed_by IS NULL OR reviewed_by <> drafted_by", name=op.f("ck_letters_reviewed_by_another")
        ),
        sa.CheckConstraint("sent_at IS NULL OR replaced_at IS NULL", name=op.f("ck_letters_sent_or_replaced")),
        sa.CheckConstraint(
            "sent_at IS NULL OR reviewed_at IS NOT NULL OR NOT needs_review", name=op.f("ck_letters_reviewed_first")
        ),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_letters_booking_id")),
        sa.ForeignKeyConstraint(["drafted_by"], ["users.id"], name=op.f("fk_letters_drafted_by")),
        sa.ForeignKeyConstraint(["reviewed_by"], ["users.id"], name=op.f("fk_letters_reviewed_by")),
        sa.ForeignKeyConstraint(["sent_by"], ["users.id"], name=op.f("fk_letters_sent_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("booking_id", "number", name=op.f("uq_letters_booking_id_number")),
    )
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.create_index(
            "uq_letters_open",
            ["booking_id"],
            unique=True,
            sqlite_where=sa.text("sent_at IS NULL AND replaced_at IS NULL"),
            postgresql_where=sa.text("sent_at IS NULL AND replaced_at IS NULL"),
        )

    op.create_table(
        "arrival_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "comes",
                "hurries",
                "not_coming",
                "no_answer",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("eta", sa.String(length=5), nullable=False),
        sa.CheckConstraint(
            "(answer in ('comes', 'hurries')) = (eta <> '')", name=op.f("ck_arrival_calls_a_time_when_he_comes")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_arrival_calls_by_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_arrival_calls_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival_calls")),
    )
    with op.batch_alter_table("arrival_calls", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_arrival_calls_stay_id"), ["stay_id"], unique=False)
