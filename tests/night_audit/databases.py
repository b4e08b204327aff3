"""A copy of a test's database that is made anew for every try, always under the same address."""

from __future__ import annotations

import shutil
from pathlib import Path

import sqlalchemy as sa


class Copy:
    """`renew()` makes the copy as the original is now, `remove()` throws it away; `url` stays the same.

    On PostgreSQL nobody may be connected to the original meanwhile.
    """

    def __init__(self, url: str) -> None:
        self.original = sa.make_url(url)
        self.copy = self.original.set(database=f"{self.original.database}_copy")

    @property
    def url(self) -> str:
        return self.copy.render_as_string(hide_password=False)

    def renew(self) -> None:
        self.remove()
        if self.copy.get_backend_name() == "sqlite":
            shutil.copyfile(str(self.original.database), str(self.copy.database))
        else:
            self._maintain(f"CREATE DATABASE {self.copy.database} TEMPLATE {self.original.database}")

    def remove(self) -> None:
        if self.copy.get_backend_name() == "sqlite":
            file = Path(str(self.copy.database))
            for leftover in file.parent.glob(f"{file.name}*"):
                leftover.unlink()
        else:
            self._maintain(f"DROP DATABASE IF EXISTS {self.copy.database} WITH (FORCE)")

    def _maintain(self, sql: str) -> None:
        engine = sa.create_engine(self.original.set(database="postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(sql)
        engine.dispose()
