"""On PostgreSQL running numbers come from sequences: bookings waited for each other at the row that counted them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NAMES = ("confirmation", "folio", "luggage", "message")


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for name in NAMES:
        op.execute(sa.schema.CreateSequence(sa.Sequence(f"number_{name}")))
        op.execute(f"SELECT setval('number_{name}', last) FROM counters WHERE name = '{name}' AND last > 0")
