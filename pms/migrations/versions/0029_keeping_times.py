"""How many days the house keeps each kind of thing."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kinds = ("mail", "parcel", "fax", "handing_on", "found")
    op.create_table(
        "keeping_times",
        sa.Column(
            "kind",
            sa.Enum(*kinds, name="keptkind", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.CheckConstraint("days between 1 and 3650", name=op.f("ck_keeping_times_some_days")),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_keeping_times")),
    )
