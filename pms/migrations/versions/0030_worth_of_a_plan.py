"""A run keeps what its plan costs and a price that no plan undercuts."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("placing_runs", sa.Column("price", sa.Integer(), nullable=True))
    op.add_column("placing_runs", sa.Column("bound", sa.Integer(), nullable=True))
