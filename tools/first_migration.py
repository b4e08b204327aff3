"""Write pms/migrations/versions/0001_the_house.py anew from the models.

Only while no house runs on a released version: afterwards every change of a table is a migration of its own
(`flask --app pms db revision --autogenerate`).
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import flask_migrate

from pms import create_app, home

FILE = home.migrations() / "versions" / "0001_the_house.py"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'empty.db'}"
        app = create_app({"DATABASE_URL": url, "ENVIRONMENT": "development", "SECRET_KEY": "only for this command"})
        FILE.unlink(missing_ok=True)
        with app.app_context():
            flask_migrate.revision(
                directory=str(home.migrations()), message="The house", autogenerate=True, rev_id="0001"
            )


if __name__ == "__main__":
    main()
