"""Wake-up calls are listed by their day: for the paper of the night and for programs."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_wake_ups_wall", "wake_ups", ["wall"])
