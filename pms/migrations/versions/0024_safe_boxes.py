"""Safe-deposit boxes, who has one, and every opening with its two signatures."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "safe_boxes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("size", _words("boxsize", "small", "medium", "large"), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safe_boxes")),
        sa.UniqueConstraint("number", name=op.f("uq_safe_boxes_number")),
    )
    op.create_table(
        "box_uses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("box_id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("signatory", sa.String(length=80), nullable=False),
        sa.Column("also", sa.String(length=80), nullable=False),
        sa.Column("key_deposit", sa.BigInteger(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("key_lost_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name=op.f("ck_box_uses_closed_by_somebody")),
        sa.CheckConstraint("key_deposit >= 0", name=op.f("ck_box_uses_key_deposit_positive")),
        sa.ForeignKeyConstraint(["box_id"], ["safe_boxes.id"], name=op.f("fk_box_uses_box_id")),
        sa.ForeignKeyConstraint(["closed_by"], ["users.id"], name=op.f("fk_box_uses_closed_by")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_box_uses_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box_uses")),
    )
    with op.batch_alter_table("box_uses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_box_uses_box_id"), ["box_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_box_uses_stay_id"), ["stay_id"], unique=False)
        batch_op.create_index(
            "uq_box_uses_one_guest",
            ["box_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
    op.create_table(
        "box_openings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("use_id", sa.Integer(), nullable=False),
        sa.Column("act", _words("boxact", "given", "opened", "handed_back", "forced"), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("signed_by", sa.String(length=80), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("contents", sa.String(length=200), nullable=False),
        sa.CheckConstraint("(act = 'forced') = (second_id IS NOT NULL)", name=op.f("ck_box_openings_second_person")),
        sa.CheckConstraint("second_id <> by_id", name=op.f("ck_box_openings_two_people")),
        sa.CheckConstraint("act = 'forced' OR signed_by <> ''", name=op.f("ck_box_openings_guest_signed")),
        sa.CheckConstraint(
            "act <> 'forced' OR (reason <> '' AND contents <> '')", name=op.f("ck_box_openings_forced_with_reason")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_box_openings_by_id")),
        sa.ForeignKeyConstraint(["second_id"], ["users.id"], name=op.f("fk_box_openings_second_id")),
        sa.ForeignKeyConstraint(["use_id"], ["box_uses.id"], name=op.f("fk_box_openings_use_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box_openings")),
    )
    with op.batch_alter_table("box_openings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_box_openings_use_id"), ["use_id"], unique=False)


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=24)
