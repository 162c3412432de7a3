"""`vrm-vendor serve` as a process of its own, and a person's plain HTTP to it. Only loopback."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import httpx

from tests.fakes.asking_person import AskingPerson
from tests.fakes.process_pool import unmeasured
from vrm_desktop.protocol.envelope import Envelope

_START = "import sys; from vrm_desktop.vendor.command import main; sys.exit(main())"
JSON = {"Content-Type": "application/json"}
_SECONDS = 60


class VendorProcess:
    """One running desk; `url` is what its first line said."""

    def __init__(self, home: Path, *options: str, log: IO[bytes]) -> None:
        self.home = home
        self.process = subprocess.Popen(
            [sys.executable, "-c", _START, "serve", "--home", str(home), "--port", "0", *options],
            stdout=subprocess.PIPE,
            stderr=log,
            env=unmeasured(),  # desks are started by the hundred; those of `fleet` are measured
        )
        assert self.process.stdout is not None
        self.output = self.process.stdout
        line = self.output.readline().decode()
        assert line.startswith("listening on http://"), f"{line!r}, status {self.process.poll()}"
        self.url = line.removeprefix("listening on ").strip()
        self.port = int(self.url.rpartition(":")[2])

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it with a signal; returns its exit status, and closes what it said."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        status = self.process.wait(_SECONDS)
        assert self.output.read() == b"", "one line on standard output, and no other"
        self.output.close()
        return status

    def kill(self) -> None:
        """End it the hard way, at once."""
        self.process.kill()
        self.process.wait(_SECONDS)
        self.output.close()


@contextmanager
def serving(home: Path, *options: str) -> Iterator[VendorProcess]:
    """A desk that serves from `home` while the block runs; what it logs stands in `vendor.log` beside the home."""
    with (home.parent / "vendor.log").open("ab") as log:
        vendor = VendorProcess(home, *options, log=log)
        try:
            yield vendor
        finally:
            if not vendor.output.closed:
                vendor.stop()


class Caller:
    """A person's HTTP to one desk: posts envelopes, reads answers until they are there."""

    def __init__(self, url: str, http: httpx.Client) -> None:
        self.http = http
        self.card: dict[str, Any] = http.get(f"{url}/.well-known/intentcast.json").raise_for_status().json()
        self.endpoint: str = self.card["endpoint"]

    def open(self, envelope: Envelope) -> httpx.Response:
        """POST a ping."""
        return self.http.post(f"{self.endpoint}/conversations", content=envelope.to_bytes(), headers=JSON)

    def post(self, person: AskingPerson, envelope: Envelope) -> httpx.Response:
        """POST a further message."""
        return self.http.post(self.address(person), content=envelope.to_bytes(), headers=JSON)

    def read(self, person: AskingPerson, query: str = "", headers: dict[str, str] | None = None) -> httpx.Response:
        """GET the messages."""
        secret = {"Authorization": f"Bearer {person.secret}"}
        return self.http.get(self.address(person) + query, headers={**secret, **(headers or {})})

    def address(self, person: AskingPerson) -> str:
        """Where the conversation's messages are."""
        return f"{self.endpoint}/conversations/{person.conversation.id}/messages"

    def exchange(self, person: AskingPerson, envelope: Envelope, *, hears: int = 1) -> None:
        """Send, and listen until `hears` more messages have come."""
        first = person.conversation.own.seq == 1
        answer = self.open(envelope) if first else self.post(person, envelope)
        assert answer.status_code == 202, answer.text
        self.listen(person, hears=hears)

    def listen(self, person: AskingPerson, *, hears: int) -> None:
        """Wait until `hears` more messages have come."""
        wanted, deadline = len(person.heard) + hears, time.monotonic() + _SECONDS
        while len(person.heard) < wanted:
            assert time.monotonic() < deadline, f"{len(person.heard)} of {wanted} messages"
            page = self.read(person, f"?side=vendor&after={len(person.heard)}", {"Prefer": "wait=5"}).json()
            person.hear(*(Envelope.from_value(entry["envelope"]) for entry in page["messages"]))


class HeldRead:
    """A read that the desk holds: sent over a bare socket, so that it is known when the desk has taken it up."""

    def __init__(self, vendor: VendorProcess, caller: Caller, person: AskingPerson, *, after: int) -> None:
        self._line = socket.create_connection(("127.0.0.1", vendor.port), timeout=_SECONDS)
        path = caller.address(person).removeprefix(f"http://127.0.0.1:{vendor.port}")
        self._line.sendall(
            f"GET {path}?after={after} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
            f"Authorization: Bearer {person.secret}\r\nPrefer: wait=30\r\n\r\n".encode()
        )
        own = self._line.getsockname()[1]
        deadline = time.monotonic() + _SECONDS
        while not _taken_up(server=vendor.port, client=own):
            assert time.monotonic() < deadline, "the desk does not take the read up"

    def answer(self) -> tuple[int, bytes]:
        """Status and body, once the desk lets go."""
        data = b"".join(iter(lambda: self._line.recv(65536), b""))
        self._line.close()
        head, _, body = data.partition(b"\r\n\r\n")
        return int(head.split()[1]), body


def _taken_up(*, server: int, client: int) -> bool:
    """Whether the server's end of that connection is open with nothing left unread."""
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _, local, remote, state, queues, *_ = line.split()
        if local.endswith(f":{server:04X}") and remote.endswith(f":{client:04X}"):
            return state == "01" and queues.endswith(":00000000")
    return False
