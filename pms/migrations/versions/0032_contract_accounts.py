"""What was agreed with a company or agency: its contract, how long it holds, discount, credit."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

# Written out: SQLite takes a constraint with a new column, but not afterwards.
TENANT = (
    "ALTER TABLE accounts ADD COLUMN tenant BOOLEAN DEFAULT {no} NOT NULL "
    "CONSTRAINT ck_accounts_tenant_is_a_company CHECK (NOT tenant OR kind = 'company')"
)
VALID_TO = (
    "ALTER TABLE accounts ADD COLUMN valid_to DATE CONSTRAINT ck_accounts_valid_in_order CHECK (valid_from <= valid_to)"
)
DISCOUNT = (
    "ALTER TABLE accounts ADD COLUMN discount_percent INTEGER DEFAULT 0 NOT NULL "
    "CONSTRAINT ck_accounts_discount_percent CHECK (discount_percent between 0 and 100)"
)
LIMIT = (
    "ALTER TABLE accounts ADD COLUMN credit_limit BIGINT "
    "CONSTRAINT ck_accounts_credit_limit_positive CHECK (credit_limit >= 0) "
    "CONSTRAINT ck_accounts_limit_of_a_credit CHECK (credit OR credit_limit IS NULL)"
)


def upgrade() -> None:
    no = "0" if op.get_bind().dialect.name == "sqlite" else "false"
    op.execute(TENANT.format(no=no))
    op.add_column("accounts", sa.Column("contract", sa.String(40), server_default="", nullable=False))
    op.add_column("accounts", sa.Column("valid_from", sa.Date()))
    op.execute(VALID_TO)
    op.execute(DISCOUNT)
    # Whoever was charged so far goes on being charged.
    op.add_column("accounts", sa.Column("credit", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.execute(LIMIT)
    op.add_column("accounts", sa.Column("notes", sa.String(500), server_default="", nullable=False))
    op.add_column("accounts", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    for column in ("company_id", "agent_id"):
        known = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_bookings_{column}", "bookings", [column], sqlite_where=known, postgresql_where=known)
