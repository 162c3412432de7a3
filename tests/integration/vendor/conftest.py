"""A desk as a process, and a client that talks to it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from tests.fakes.asking_person import AskingPerson
from tests.fakes.held_port import held_port
from tests.fakes.postgres_server import PostgresServer
from tests.fakes.vendor_process import Caller, VendorProcess, serving
from vrm_desktop.domain.ids import Kid
from vrm_desktop.resources_folder import resources_folder


@pytest.fixture
def vendor(tmp_path: Path) -> Iterator[VendorProcess]:
    """The sample shop, served from an empty folder."""
    with serving(tmp_path / "shop") as running:
        yield running


@pytest.fixture
def port() -> Iterator[int]:
    """A port for a desk that comes back to the same place."""
    with held_port() as held:
        yield held


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    """A plain client that takes no proxy from the environment."""
    with httpx.Client(trust_env=False, timeout=40) as client:
        yield client


@pytest.fixture
def caller(vendor: VendorProcess, http: httpx.Client) -> Caller:
    """A caller of the sample shop."""
    return Caller(vendor.url, http)


@pytest.fixture
def person(caller: Caller) -> AskingPerson:
    """Somebody who wants a bike from the sample shop."""
    return AskingPerson(vendor=Kid(caller.card["key"]), now=datetime.now(UTC))


@pytest.fixture(scope="module")
def postgres() -> Iterator[PostgresServer]:
    """A database server that runs."""
    server = PostgresServer()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture
def database(postgres: PostgresServer) -> str:
    """The address of an empty database on a server that runs."""
    return postgres.new_database()


@pytest.fixture
def full_shelves(tmp_path: Path) -> Path:
    """The sample shop's home with so many pieces of everything that no number of people empties it."""
    home = tmp_path / "shop"
    home.mkdir(mode=0o700)
    samples = resources_folder() / "samples"
    (home / "desk.toml").write_bytes((samples / "desk.toml").read_bytes())
    header, *rows = (samples / "catalogue.csv").read_text(encoding="utf-8").splitlines()
    full = [f"{header},quantity", *(f"{row},100000" for row in rows)]
    (home / "catalogue.csv").write_text("\n".join(full), encoding="utf-8")
    return home
