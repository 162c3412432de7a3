"""Makes requirements.lock anew from pyproject.toml: `python packaging/lock.py [--upgrade]`. Needs `uv`.

One file, good for Python 3.11 to 3.13 on every system (and resolved for 3.14), each version with its hashes.
Here: how it is made, and what shows that it still fits. Never here: installing from it (environment.py).
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
LOCK = CHECKOUT / "packaging" / "requirements.lock"
PROJECT = CHECKOUT / "pyproject.toml"
EXTRAS = ("desktop", "vendor", "postgres")
GROUPS = ("test", "lint", "build")


def declared_digest(project: Path = PROJECT) -> str:
    """SHA-256 over what pyproject.toml says about dependencies, and nothing else in it."""
    tables = tomllib.loads(project.read_text(encoding="utf-8"))
    declared = {
        "requires-python": tables["project"]["requires-python"],
        "dependencies": tables["project"]["dependencies"],
        "extras": {name: tables["project"]["optional-dependencies"][name] for name in EXTRAS},
        "groups": {name: tables["dependency-groups"][name] for name in GROUPS},
    }
    return hashlib.sha256(json.dumps(declared, sort_keys=True).encode()).hexdigest()


def header() -> str:
    """The lock's first lines. The digest ties it to the declarations that it was made from."""
    return (
        "# Made by packaging/lock.py from pyproject.toml. Do not edit; run it again.\n"
        f"# declared: sha256:{declared_digest()}\n"
    )


def make(*, upgrade: bool) -> None:
    """Resolves and writes the lock; versions already in it stay, unless `upgrade`.

    Raises:
        SystemExit: `uv` is absent, or found no answer (its own words are on standard error).
    """
    uv = shutil.which("uv", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    if uv is None:
        sys.exit("uv is needed to make the lock: pip install uv")
    extras = [argument for name in EXTRAS for argument in ("--extra", name)]
    groups = [argument for name in GROUPS for argument in ("--group", name)]
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--only-binary", ":all:"]
    # No addresses and no paths: the lock says what, and each machine's own settings say from where.
    quiet = ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--quiet"]
    fresh = ["--upgrade"] if upgrade else []
    command = [uv, "pip", "compile", "pyproject.toml", *options, *quiet, *extras, *groups, *fresh, "-o", str(LOCK)]
    status = subprocess.run(command, check=False, cwd=CHECKOUT).returncode
    if status:
        sys.exit(status)
    LOCK.write_text(header() + LOCK.read_text(encoding="utf-8"), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Makes requirements.lock anew.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that fit")
    make(upgrade=parser.parse_args().upgrade)
