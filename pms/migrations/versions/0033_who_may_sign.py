"""Who may sign for what on a group's account, and what was signed for."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kinds", sa.String(length=80), nullable=False),
        sa.Column("most", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("name <> '' AND kinds <> ''", name=op.f("ck_signers_named")),
        sa.CheckConstraint("used >= 0 AND used <= most", name=op.f("ck_signers_within_limit")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_signers_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signers")),
        sa.UniqueConstraint("group_id", "name", name=op.f("uq_signers_group_id_name")),
    )
    op.create_table(
        "signatures",
        sa.Column("posting_id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("signer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.id"], name=op.f("fk_signatures_posting_id")),
        sa.ForeignKeyConstraint(["signer_id"], ["signers.id"], name=op.f("fk_signatures_signer_id")),
        sa.PrimaryKeyConstraint("posting_id", name=op.f("pk_signatures")),
        sqlite_with_rowid=False,
    )
