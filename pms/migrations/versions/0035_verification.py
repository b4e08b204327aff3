"""Contradictions among bookings that were explained, and the dates on which all was verified."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "explanations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_explanations_says_why")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_explanations_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explanations")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_explanations_fingerprint")),
    )
    op.create_table(
        "verifications",
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("explained", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_verifications_by_id")),
        sa.PrimaryKeyConstraint("business_date", name=op.f("pk_verifications")),
    )
