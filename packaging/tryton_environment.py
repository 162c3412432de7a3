"""A real Tryton for the tests of the desk's connector: its own environment, and a database with its modules.

Here: making both once, from a lock of their own. Tryton is GPL and no part of this program: it is installed beside,
only where tests ask for it, and spoken to over its network protocol alone. Never here: what the tests do with it.
"""

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

LOCK = "packaging/tryton.lock"
DATABASE = "shop"
_STAMP = "vrm-tryton.stamp"
_MODULE = "sale_opportunity"


@dataclass(frozen=True, kw_only=True, slots=True)
class TrytonEnvironment:
    """The environment and the fresh database below `folder`, for the checkout at `checkout`."""

    folder: Path
    checkout: Path

    @property
    def _binaries(self) -> Path:
        return self.folder / "venv" / ("Scripts" if os.name == "nt" else "bin")

    @property
    def python(self) -> Path:
        """Tryton's own interpreter."""
        return self._binaries / "python"

    @property
    def server(self) -> Path:
        """The program that serves."""
        return self._binaries / "trytond"

    @property
    def database(self) -> Path:
        """A SQLite database with the modules and no company; to be copied, never changed."""
        return self.folder / f"{DATABASE}.sqlite"

    @property
    def password_file(self) -> Path:
        """What `admin` signs in with in that database."""
        return self.folder / "admin.password"

    def is_whole(self) -> bool:
        """Whether it was made of today's lock by this Python."""
        try:
            return (self.folder / _STAMP).read_text(encoding="utf-8") == self._wanted()
        except OSError:
            return False

    def ensure(self, say: Callable[[str], None]) -> bool:
        """Make it whole; False when that failed, which only costs the tests that need it."""
        if self.is_whole():
            return True
        say(f"Installing a Tryton for tests, from {LOCK}.")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        try:
            self._make()
        except subprocess.CalledProcessError as error:
            say(f"{error.stdout}{error.stderr}\nTryton could not be installed; its tests will be skipped.")
            return False
        (self.folder / _STAMP).write_text(self._wanted(), encoding="utf-8")
        return True

    def _make(self) -> None:
        _run([sys.executable, "-m", "venv", str(self.folder / "venv")])
        pip = [str(self.python), "-m", "pip", "--quiet", "--disable-pip-version-check"]
        _run(
            [
                *pip,
                "--no-input",
                "install",
                "--no-compile",
                "--require-hashes",
                "--only-binary",
                ":all:",
                "--no-deps",
                "-r",
                str(self.checkout / LOCK),
            ]
        )
        self.password_file.write_text(secrets.token_urlsafe(24), encoding="utf-8")
        configuration = self.folder / "trytond.conf"
        configuration.write_text(f"[database]\nuri = sqlite://\npath = {self.folder}\n", encoding="utf-8")
        self.database.touch()
        admin = [str(self._binaries / "trytond-admin"), "-c", str(configuration), "-d", DATABASE]
        _run(
            [*admin, "-u", _MODULE, "--activate-dependencies", "--email", "admin@shop.example", "-l", "en"],
            TRYTONPASSFILE=str(self.password_file),
        )

    def _wanted(self) -> str:
        digest = hashlib.sha256((self.checkout / LOCK).read_bytes()).hexdigest()
        return f"{sys.version}\n{self.folder}\n{digest}\n"


def _run(command: list[str], **variables: str) -> None:
    subprocess.run(
        command,
        check=True,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env={**os.environ, **variables},
    )
