"""Directions and complicated answers that are printed for guests."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "directions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title_en", sa.String(length=60), nullable=False),
        sa.Column("title_zh", sa.String(length=24), nullable=False),
        sa.Column("text_en", sa.String(length=500), nullable=False),
        sa.Column("text_zh", sa.String(length=260), nullable=False),
        sa.Column("address_zh", sa.String(length=40), nullable=False),
        sa.Column("telephone", sa.String(length=40), nullable=False),
        sa.Column("hours_en", sa.String(length=60), nullable=False),
        sa.Column("hours_zh", sa.String(length=35), nullable=False),
        sa.Column("way_en", sa.String(length=60), nullable=False),
        sa.Column("way_zh", sa.String(length=35), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "title_en <> '' AND title_zh <> '' AND text_en <> '' AND text_zh <> ''",
            name=op.f("ck_directions_in_both_languages"),
        ),
        sa.CheckConstraint("(hours_en = '') = (hours_zh = '')", name=op.f("ck_directions_hours_in_both_languages")),
        sa.CheckConstraint("(way_en = '') = (way_zh = '')", name=op.f("ck_directions_way_in_both_languages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directions")),
        sa.UniqueConstraint("title_en", name=op.f("uq_directions_title_en")),
        sa.UniqueConstraint("title_zh", name=op.f("uq_directions_title_zh")),
    )
