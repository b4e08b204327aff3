"""A run says whether guests who have rooms are planned again."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Written out: SQLite takes a constraint with a new column, but not afterwards.
    op.execute(
        "ALTER TABLE placing_runs ADD COLUMN again VARCHAR(24) DEFAULT 'nobody' NOT NULL "
        "CONSTRAINT ck_placing_runs_again CHECK (again IN ('nobody', 'few', 'all'))"
    )
