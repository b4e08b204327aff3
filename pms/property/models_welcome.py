"""What the house gives its guests of honour and those who come again (C3, C6, C7)."""

from __future__ import annotations

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pms.db import choice, db
from pms.departments import Department


class Gift(StrEnum):
    """Kinds of special arrangements that can stand in the policy; an upgrade is OTHER, in words."""

    FLOWERS = "flowers"
    FRUIT = "fruit"
    CAKE = "cake"
    CAR = "car"
    OTHER = "other"


class Welcome(db.Model):  # type: ignore[name-defined]
    """A line of the policy: for VIPs of `vip_level`, or for guests from their `from_stay`th stay on; the other is 0."""

    __tablename__ = "welcomes"

    id: Mapped[int] = mapped_column(primary_key=True)
    vip_level: Mapped[int] = mapped_column(default=0)
    from_stay: Mapped[int] = mapped_column(default=0)
    kind: Mapped[Gift] = mapped_column(choice(Gift))
    name_en: Mapped[str] = mapped_column(sa.String(60))
    name_zh: Mapped[str] = mapped_column(sa.String(60))
    department: Mapped[Department] = mapped_column(choice(Department))
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("vip_level between 0 and 3", name="level"),
        sa.CheckConstraint("from_stay between 0 and 999", name="stays"),
        sa.CheckConstraint("(vip_level = 0) <> (from_stay = 0)", name="for_whom"),
        sa.CheckConstraint("name_en <> '' AND name_zh <> ''", name="named"),
    )
