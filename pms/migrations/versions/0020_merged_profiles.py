"""A guest's second profile is merged into his first; who only looks like another is marked as two people."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Written out: SQLite takes a constraint with a new column, but not afterwards.
    op.execute(
        "ALTER TABLE guests ADD COLUMN merged_into INTEGER "
        "CONSTRAINT fk_guests_merged_into REFERENCES guests (id) "
        "CONSTRAINT ck_guests_merged_into_an_elder CHECK (merged_into < id)"
    )
    for column in ("merged_into", "born_on"):
        known = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_guests_{column}", "guests", [column], sqlite_where=known, postgresql_where=known)
    op.create_index("ix_guest_documents_number", "guest_documents", ["number"])
    op.create_table(
        "two_people",
        sa.Column(
            "elder_id", sa.Integer(), sa.ForeignKey("guests.id", name="fk_two_people_elder_id"), primary_key=True
        ),
        sa.Column(
            "younger_id", sa.Integer(), sa.ForeignKey("guests.id", name="fk_two_people_younger_id"), primary_key=True
        ),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), sa.ForeignKey("users.id", name="fk_two_people_by_id"), nullable=False),
        sa.CheckConstraint("elder_id < younger_id", name="elder_first"),
    )
