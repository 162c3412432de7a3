"""A shop's own program that catches webhooks over plain loopback HTTP; it can refuse, or take one and never answer."""

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True, kw_only=True)
class Caught:
    """One delivery: its headers by lower-case name, and its exact bytes."""

    headers: dict[str, str]
    body: bytes


@dataclass
class WebhookCatcher:
    """Catches until `close`. `status` is the answer; `silent` is how many deliveries get none."""

    status: int = 204
    silent: int = 0
    caught: list[Caught] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.came = threading.Condition()
        self._let_go = threading.Event()
        catcher = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                with catcher.came:
                    catcher.caught.append(Caught(headers=headers, body=body))
                    holds, catcher.silent = catcher.silent > 0, max(0, catcher.silent - 1)
                    catcher.came.notify_all()
                if holds:
                    catcher._let_go.wait(60)
                    return
                self.send_response(catcher.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_request(self, code: int | str = "-", size: int | str = "-") -> None:  # noqa: ARG002 - as inherited
                return None

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/hook"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="catcher")
        self._thread.start()

    def wait_for(self, count: int, *, seconds: float = 30) -> list[Caught]:
        """All deliveries, once there are so many."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.caught) >= count, seconds), f"{len(self.caught)} of {count}"
            return list(self.caught)

    def close(self) -> None:
        """Stop, and wait until nothing runs."""
        self._let_go.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)
