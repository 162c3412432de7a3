"""A real Tryton on SQLite as a process of its own, and its people at work over its own protocol. Only loopback."""

import base64
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

import httpx
from tryton_environment import DATABASE, TrytonEnvironment

from tests.fakes.held_port import HeldPort

_SECONDS = 120
PASSWORD = "a long pass phrase for the desk"


class TrytonServer:
    """One running Tryton with a company, a seller and the user `desk`; `url` is what a shop writes into `desk.toml`."""

    def __init__(self, environment: TrytonEnvironment, folder: Path) -> None:
        shutil.copy(environment.database, folder / f"{DATABASE}.sqlite")
        self._held = HeldPort()
        self.port = self._held.number
        self.url = f"http://127.0.0.1:{self.port}/{DATABASE}"
        self.database = folder / f"{DATABASE}.sqlite"
        self._environment = environment
        self._folder = folder
        self._configuration = folder / "trytond.conf"
        self._configuration.write_text(
            f"[database]\nuri = sqlite://\npath = {folder}\n[web]\nlisten = 127.0.0.1:{self.port}\n", encoding="utf-8"
        )
        self.start()
        self.admin = TrytonUser(self.url, "admin", environment.password_file.read_text(encoding="utf-8"))
        self._set_up()
        self.seller = TrytonUser(self.url, "desk", PASSWORD)

    def start(self) -> None:
        """Serve, and wait until it answers."""
        with (self._folder / "tryton.log").open("ab") as log:
            self.process = subprocess.Popen(
                [self._environment.server, "-c", self._configuration, "-d", DATABASE],
                stdout=log,
                stderr=log,
                env={**os.environ, "PYTHONWARNINGS": "ignore"},
            )
        deadline = time.monotonic() + _SECONDS
        while not self._answers():
            assert self.process.poll() is None, (self._folder / "tryton.log").read_text()
            assert time.monotonic() < deadline, "Tryton does not answer"

    def stop(self) -> None:
        """End it, the hard way; it may be started again."""
        self.process.kill()
        self.process.wait(_SECONDS)

    def remove(self) -> None:
        """End it for good."""
        self.stop()
        self._held.let_go()

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return True
        except OSError:
            self.process_has_time()
            return False

    def process_has_time(self) -> None:
        """Give the other process the processor for a moment."""
        try:
            self.process.wait(0.05)
        except subprocess.TimeoutExpired:
            return

    def _set_up(self) -> None:
        create = self.admin.create
        euro = create("currency.currency", name="Euro", symbol="€", code="EUR", rounding=decimal("0.01"), digits=2)
        create("country.country", name="Germany", code="DE")
        company = create("company.company", party=create("party.party", name="Rad & Tat"), currency=euro)
        employee = create("company.employee", party=create("party.party", name="Seller"), company=company)
        groups = self.admin.call("model.res.group.search", [], 0, None, None)
        create(
            "res.user",
            name="Desk",
            login="desk",
            password=PASSWORD,
            companies=[["add", [company]]],
            company=company,
            employees=[["add", [employee]]],
            employee=employee,
            groups=[["add", groups]],
        )
        by_hand = {"sale_invoice_method": "manual", "sale_shipment_method": "manual"}
        self.admin.call("model.sale.configuration.write", [1], by_hand)


class TrytonUser:
    """Somebody who works in Tryton."""

    def __init__(self, url: str, login: str, password: str) -> None:
        self._url = f"{url}/rpc/"
        self._headers: dict[str, str] = {}
        self._context: dict[str, Any] = {}
        user, session, _bus = self._post("common.db.login", [login, {"password": password}, "en"])
        token = base64.b64encode(f"{login}:{user}:{session}".encode()).decode()
        self._headers = {"Authorization": f"Session {token}"}
        self._context = self._post("model.res.user.get_preferences", [True, {}])

    def call(self, method: str, *params: Any) -> Any:
        """One method with this user's context."""
        return self._post(method, [*params, self._context])

    def create(self, model: str, **values: Any) -> int:
        """One record."""
        (made,) = self.call(f"model.{model}.create", [values])
        return int(made)

    def read(self, model: str, record: int, *fields: str) -> dict[str, Any]:
        """One record's fields."""
        (row,) = self.call(f"model.{model}.read", [record], list(fields))
        return dict(row)

    def find(self, model: str, *domain: Any) -> list[int]:
        """The ids of records, archived ones too."""
        return list(
            self._post(f"model.{model}.search", [list(domain), 0, None, None, {**self._context, "active_test": False}])
        )

    def _post(self, method: str, params: list[Any]) -> Any:
        body = {"id": 0, "method": method, "params": params}
        # Tryton labels long answers as compressed even for those who take none, so this one takes some.
        with httpx.Client(trust_env=False, timeout=_SECONDS) as client:
            answer = client.post(self._url, json=body, headers=self._headers).raise_for_status().json()
        assert "result" in answer, answer
        return answer["result"]


def decimal(text: str) -> dict[str, str]:
    """A decimal number as Tryton's JSON has it."""
    return {"__class__": "Decimal", "decimal": text}
