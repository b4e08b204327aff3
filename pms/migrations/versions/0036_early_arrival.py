"""A VIP request says whether the room must be ready before noon."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("vip_requests", sa.Column("early_arrival", sa.Boolean(), nullable=False, server_default=sa.false()))
