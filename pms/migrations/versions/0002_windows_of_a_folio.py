"""A folio may have windows: parts of it that different payers settle, with postings moved between them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "folio_windows",
        sa.Column("folio_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("payer", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["folio_id"], ["folios.id"], name=op.f("fk_folio_windows_folio_id")),
        sa.PrimaryKeyConstraint("folio_id", "number", name=op.f("pk_folio_windows")),
    )
    op.add_column("postings", sa.Column("window", sa.Integer(), server_default="1", nullable=False))
