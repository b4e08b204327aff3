"""What VIPs and returning guests are given is a table, and each line becomes a special arrangement once a stay."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

DEPARTMENTS = (
    "front_desk", "reservations", "housekeeping", "service_centre", "concierge", "operator", "restaurants", "banquet",
    "salon", "engineering", "security", "assistant_manager", "sales", "cashier",
)  # fmt: skip
# level, from which stay on, kind, in English, in Chinese, who sees to it: what the program did before by itself.
LINES = (
    (1, 0, "flowers", "Flowers", "鲜花", "housekeeping"),
    (1, 0, "fruit", "Fruit", "水果", "housekeeping"),
    (1, 0, "other", "Wine", "酒", "restaurants"),
    (1, 0, "other", "Welcome letter", "欢迎信", "assistant_manager"),
    (2, 0, "flowers", "Flowers", "鲜花", "housekeeping"),
    (2, 0, "fruit", "Fruit", "水果", "housekeeping"),
    (2, 0, "other", "Welcome letter", "欢迎信", "assistant_manager"),
    (3, 0, "fruit", "Fruit", "水果", "housekeeping"),
    (3, 0, "other", "Welcome letter", "欢迎信", "assistant_manager"),
    (0, 3, "fruit", "Fruit", "水果", "housekeeping"),
    (0, 6, "flowers", "Flowers", "鲜花", "housekeeping"),
    (0, 6, "fruit", "Fruit", "水果", "housekeeping"),
    (0, 10, "other", "Upgrade one step, if a room is free", "有房升一级", "front_desk"),
)


def upgrade() -> None:
    welcomes = op.create_table(
        "welcomes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vip_level", sa.Integer(), nullable=False),
        sa.Column("from_stay", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "flowers", "fruit", "cake", "car", "other",
                name="gift", native_enum=False, create_constraint=True, length=24,
            ),
            nullable=False,
        ),
        sa.Column("name_en", sa.String(length=60), nullable=False),
        sa.Column("name_zh", sa.String(length=60), nullable=False),
        sa.Column(
            "department",
            sa.Enum(*DEPARTMENTS, name="department", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("vip_level between 0 and 3", name=op.f("ck_welcomes_level")),
        sa.CheckConstraint("from_stay between 0 and 999", name=op.f("ck_welcomes_stays")),
        sa.CheckConstraint("(vip_level = 0) <> (from_stay = 0)", name=op.f("ck_welcomes_for_whom")),
        sa.CheckConstraint("name_en <> '' AND name_zh <> ''", name=op.f("ck_welcomes_named")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_welcomes")),
    )  # fmt: skip
    names = ("vip_level", "from_stay", "kind", "name_en", "name_zh", "department")
    op.bulk_insert(welcomes, [dict(zip(names, line, strict=True)) | {"active": True, "version": 1} for line in LINES])
    # Not by a batch: on SQLite that would copy the table.
    op.execute(
        "ALTER TABLE arrangements ADD COLUMN welcome_id INTEGER "
        "CONSTRAINT fk_arrangements_welcome_id REFERENCES welcomes (id)"
    )
    asked_for = sa.text("welcome_id IS NOT NULL")
    op.create_index(
        "uq_arrangements_welcome", "arrangements", ["stay_id", "welcome_id"], unique=True,
        sqlite_where=asked_for, postgresql_where=asked_for,
    )  # fmt: skip
