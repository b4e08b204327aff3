"""Regular work is claimed by its row, so that of several workers one does it."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "worker_runs",
        sa.Column("job", sa.String(60), primary_key=True),
        sa.Column("due", sa.DateTime(), primary_key=True),
        sa.Column("claimed_at", sa.DateTime(), nullable=False),
        sa.Column("claimed_by", sa.String(120), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime()),
        sa.Column("result", sa.Text()),
        sa.Column("problem", sa.String(200), nullable=False),
        sa.CheckConstraint("tries > 0", name="tried"),
        sqlite_with_rowid=False,
    )
