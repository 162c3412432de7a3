"""A real PostgreSQL server of a test's own: made in a temporary folder, on a free port of loopback, gone afterwards.

Never here: what is kept in it. The server refuses to run as root, so root starts it as `nobody`.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import psycopg
from system_packages import SERVICES

from tests.fakes.held_port import HeldPort

_SERVICE = next(service for service in SERVICES if service.name == "postgresql")
_SECONDS = 120


def _as_nobody() -> dict[str, Any]:
    return {"user": "nobody", "group": "nogroup", "extra_groups": ()} if os.geteuid() == 0 else {}


class PostgresServer:
    """One server. `start()` and `crash()` as often as wanted; `remove()` at the end."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="postgres-"))
        if _as_nobody():
            shutil.chown(self.folder, "nobody", "nogroup")
        self._held = HeldPort()
        self.port = self._held.number
        self._made = 0
        self._run("initdb", "-D", str(self.data), "-U", "desk", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync")

    @property
    def data(self) -> Path:
        """The server's data folder."""
        return self.folder / "data"

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        settings = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        more = "-c max_connections=60 -c shared_buffers=16MB"
        log = self.folder / "log"
        self._run("pg_ctl", "-D", str(self.data), "-l", str(log), "-w", "-o", f"{settings} {more}", "start")

    def crash(self) -> None:
        """End it the hard way: no checkpoint, every connection cut, recovery at the next start."""
        self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")

    def new_database(self) -> str:
        """An empty database; its address."""
        self._made += 1
        name = f"desk{self._made}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.address(name)

    def address(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://desk@127.0.0.1:{self.port}/{database}"

    def remove(self) -> None:
        """Stop it, and leave nothing behind."""
        if (self.data / "postmaster.pid").exists():
            self.crash()
        self._held.let_go()
        shutil.rmtree(self.folder)

    def _run(self, command: str, *arguments: str) -> None:
        program = _SERVICE.find(command)
        assert program is not None
        # Its output goes nowhere: the server keeps what pg_ctl was given, and a pipe would never close.
        subprocess.run(
            [program, *arguments],
            check=True,
            timeout=_SECONDS,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **_as_nobody(),
        )
