"""The deposit for the key of a safe-deposit box stands on the guest's bill."""

from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Written out: SQLite takes a constraint with a new column, but not afterwards.
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(
        f"ALTER TABLE box_uses ADD COLUMN deposit_id {number} "
        "CONSTRAINT fk_box_uses_deposit_id REFERENCES postings (id)"
    )
