"""A placing rule may be set aside for one stay, by name, with who said so and why (P2, P15)."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rule_overrides",
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("why", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("why <> ''", name=op.f("ck_rule_overrides_with_a_reason")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_rule_overrides_stay_id")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_rule_overrides_by_id")),
        sa.PrimaryKeyConstraint("stay_id", "rule", name=op.f("pk_rule_overrides")),
    )
