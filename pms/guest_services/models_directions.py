"""Directions 指路卡: ways and complicated answers, written once, printed for every guest who asks (Q5)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pms.db import db


class Direction(db.Model):  # type: ignore[name-defined]
    """A place or a topic in both languages. `hours` and `way` (distance, time, price) are words, not figures.
    All together fits on one card.
    """

    __tablename__ = "directions"

    id: Mapped[int] = mapped_column(primary_key=True)
    title_en: Mapped[str] = mapped_column(sa.String(60), unique=True)
    title_zh: Mapped[str] = mapped_column(sa.String(24), unique=True)
    text_en: Mapped[str] = mapped_column(sa.String(500))
    text_zh: Mapped[str] = mapped_column(sa.String(260))
    address_zh: Mapped[str] = mapped_column(sa.String(40), default="")  # for the taxi driver
    telephone: Mapped[str] = mapped_column(sa.String(40), default="")
    hours_en: Mapped[str] = mapped_column(sa.String(60), default="")
    hours_zh: Mapped[str] = mapped_column(sa.String(35), default="")
    way_en: Mapped[str] = mapped_column(sa.String(60), default="")
    way_zh: Mapped[str] = mapped_column(sa.String(35), default="")
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint(
            "title_en <> '' AND title_zh <> '' AND text_en <> '' AND text_zh <> ''", name="in_both_languages"
        ),
        sa.CheckConstraint("(hours_en = '') = (hours_zh = '')", name="hours_in_both_languages"),
        sa.CheckConstraint("(way_en = '') = (way_zh = '')", name="way_in_both_languages"),
    )

    def called(self, lang: str) -> str:
        return self.title_zh if lang == "zh" else self.title_en
