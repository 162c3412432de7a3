"""The import contracts of pyproject.toml hold, and each of them breaks when something is planted against it."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.source_tree import CHECKOUT

CONTRACTS = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
    "contracts"
]

# For each contract, a module of the room it guards and an import that it must not allow there.
PLANTED = {
    "One way through": ("services", "vrm_desktop.cli"),
    "canon is a leaf": ("canon", "vrm_desktop.domain"),
    "courier is a leaf": ("courier", "vrm_desktop.canon"),
    "domain knows no other room": ("domain", "vrm_desktop.canon"),
    "protocol knows": ("protocol", "vrm_desktop.courier"),
    "wording knows": ("wording", "vrm_desktop.services"),
    "formats knows": ("formats", "vrm_desktop.vault"),
    "vault knows": ("vault", "vrm_desktop.channels"),
    "channels never see": ("channels", "vrm_desktop.vault"),
    "services see ports": ("services", "vrm_desktop.vault"),
    "the window sees": ("ui", "vrm_desktop.vault"),
    "the command line sees": ("cli", "vrm_desktop.channels"),
    "the vendor's house": ("vendor", "vrm_desktop.services"),
    "the conformance kit": ("conformance", "vrm_desktop.vault"),
    "Only wiring wires": ("canon", "vrm_desktop.wiring"),
    "domain is pure": ("domain", "json"),
    "protocol is sans-IO": ("protocol", "socket"),
    "PySide6 lives": ("cli", "PySide6"),
    "httpx and truststore live": ("channels", "httpx"),
    "What httpx stands on": ("channels", "httpcore"),
    "sqlcipher3 lives": ("vendor", "sqlcipher3"),
    "keyring lives": ("ui", "keyring"),
    "cryptography lives": ("protocol", "cryptography"),
    "msgspec lives": ("domain", "msgspec"),
    "PyNaCl lives": ("services", "nacl"),
    "SQLAlchemy": ("vault", "sqlalchemy"),
    "fpdf2, segno and vobject live": ("ui", "vobject"),
    "holidays lives": ("ui", "holidays"),
    "babel lives": ("services", "babel"),
}


def lint(folder: Path, where_the_package_is: Path) -> str:
    """What import-linter says, run in `folder` by its pyproject.toml."""
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    variables = {**os.environ, "PYTHONPATH": str(where_the_package_is), "COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, cwd=folder, env=variables, capture_output=True, text=True
    )
    return done.stdout + done.stderr


def test_every_contract_is_kept() -> None:
    told = lint(CHECKOUT, CHECKOUT)
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in told, told


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Import-linter on a package of the same shape, with everything in `PLANTED` in it."""
    folder = tmp_path_factory.mktemp("planted")
    (folder / "pyproject.toml").write_bytes((CHECKOUT / "pyproject.toml").read_bytes())
    package = folder / "vrm_desktop"
    for room in (path.parent.name for path in sorted((CHECKOUT / "vrm_desktop").glob("*/__init__.py"))):
        (package / room).mkdir(parents=True)
        (package / room / "__init__.py").touch()
    (package / "__init__.py").touch()
    (package / "wiring.py").touch()
    for number, (room, library) in enumerate(PLANTED.values()):
        (package / room / f"planted_{number}.py").write_text(f"import {library}\n", encoding="utf-8")
    return lint(folder, folder)


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: str(contract["name"]).partition(":")[0])
def test_the_contract_breaks_on_what_is_planted(contract: dict[str, object], verdicts: str) -> None:
    name = str(contract["name"])
    start = next((start for start in PLANTED if name.startswith(start)), None)
    assert start is not None, f"nothing is planted against the contract {name!r}"
    room, library = PLANTED[start]
    number = list(PLANTED).index(start)
    titles_and_texts = re.split(r"\n([^\n]+)\n-{4,}\n", verdicts)[1:]
    explained = dict(zip(titles_and_texts[::2], titles_and_texts[1::2], strict=True))
    assert f"vrm_desktop.{room}.planted_{number} -> {library}" in explained.get(name, ""), verdicts
