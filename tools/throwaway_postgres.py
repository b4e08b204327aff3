"""A PostgreSQL cluster for one test run: own directory, own socket, never root, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

# Durability costs time and means nothing here; the product never runs with these.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}
SUPERUSER = "innkeep"
ROOM_WANTED = 2 * 1024**3


class CannotRun(Exception):
    """PostgreSQL is not there or does not start; the message says what to do."""


def bin_dir() -> Path:
    """The newest server programs of this machine; Debian keeps them out of PATH."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise CannotRun("no PostgreSQL server on this machine (apt-get install postgresql)")
    return found[-1].parent


def unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root: the account to run it as then, None when we are not root."""
    if os.geteuid() != 0:
        return None
    accounts = {account.pw_name for account in pwd.getpwall()}
    return "postgres" if "postgres" in accounts else "nobody"


@dataclass(frozen=True)
class Cluster:
    """A running server, known by its directory; `url()` gives the SQLAlchemy address of one of its databases."""

    directory: Path

    @classmethod
    def start(cls, *, durable: bool = False) -> Cluster:
        """Make and start one; `durable` keeps its promises to the disk, for measuring. Raises `CannotRun`."""
        programs, user = bin_dir(), unprivileged_user()
        cluster = cls(Path(tempfile.mkdtemp(prefix="innkeep-pg-", dir=None if durable else _roomy_dir())))
        if user:
            shutil.chown(cluster.directory, user)
        data = cluster.directory / "data"
        run(
            programs / "initdb",
            "-D",
            data,
            "-U",
            SUPERUSER,
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-A",
            "trust",
            "--no-sync",
        )
        settings = "".join(f" -c {name}={value}" for name, value in ({} if durable else FAST).items())
        options = f"-c listen_addresses= -k {cluster.directory}{settings}"
        run(programs / "pg_ctl", "-D", data, "-o", options, "-l", cluster.directory / "log", "-w", "start")
        return cluster

    def stop(self) -> None:
        try:
            run(bin_dir() / "pg_ctl", "-D", self.directory / "data", "-m", "immediate", "stop")
        finally:
            shutil.rmtree(self.directory, ignore_errors=True)

    def url(self, database: str = "postgres") -> str:
        return f"postgresql+psycopg://{SUPERUSER}@/{database}?host={self.directory}"


def run(program: Path, *arguments: object) -> None:
    """One PostgreSQL program, never as root. Its output goes to a file: the server would keep a pipe open for ever."""
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            [str(program), *map(str, arguments)],
            user=unprivileged_user(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
        output.seek(0)
        said = output.read().strip()
    if done.returncode:
        raise CannotRun(f"{program.name} failed: {said[-500:]}")


def _roomy_dir() -> str | None:
    """Memory if there is plenty of it (containers often give 64 MB), else the usual place for temporary files."""
    shm = Path("/dev/shm")
    if shm.is_dir() and os.access(shm, os.W_OK) and shutil.disk_usage(shm).free > ROOM_WANTED:
        return str(shm)
    return None
