"""Somebody at the inbox without a browser: the real application over a real store, driven from plain tests.

Never here: what is expected. One event loop for as long as the visitor is there.
"""

import asyncio
import os
import re
from collections.abc import Callable
from datetime import timedelta
from functools import cache, partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
import pytest
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from tests.fakes.asking_person import AskingPerson
from tests.fakes.open_desk import OpenDesk
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.vendor.budget import Budget
from vrm_desktop.vendor.drp.desk import DrpDesk
from vrm_desktop.vendor.inbox.passwords import hashed
from vrm_desktop.vendor.inbox.staff import Role
from vrm_desktop.vendor.pages import rendering
from vrm_desktop.vendor.pages.routes import inbox_routes
from vrm_desktop.vendor.reception import Clock, Reception
from vrm_desktop.vendor.settings import DeskSettings, Limits
from vrm_desktop.vendor.web.app import application
from vrm_desktop.vendor.web.drp_doors import DrpDoors
from vrm_desktop.vendor.web.publishing import Publishing

PASSWORD = "correct horse battery"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class _Compiled(BytecodeCache):
    """Templates compiled once for all visitors; the same text compiles to the same code (jinja2 compares it)."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


@cache
def _secret() -> str:
    """Hashing takes its time on purpose: once for all tests."""
    return hashed(PASSWORD, random=os.urandom)


class Shown(HTMLParser):
    """The words of a page, and its hidden fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden: dict[str, str] = {}
        self.tags: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        found = dict(attrs)
        if tag == "a":
            self.links.append(found.get("href") or "")
        if tag == "input" and found.get("type") == "hidden":
            self.hidden.setdefault(found["name"] or "", found.get("value") or "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))


class InboxVisitor:
    """One desk, its inbox, and a client with a cookie jar. `close()` at the end."""

    def __init__(
        self,
        folder: Path,
        *,
        settings: DeskSettings | None = None,
        secure: bool = False,
        database: str | None = None,
        drp: DrpDesk | None = None,
    ) -> None:
        self.desk = OpenDesk(folder, settings=settings, database=database)
        self.steady = 0.0
        self._drp = drp
        scheme = "https" if secure else "http"
        self._runner = asyncio.Runner()
        self._runner.run(self._open(scheme, secure=secure))

    async def _open(self, scheme: str, *, secure: bool) -> None:
        desk = self.desk
        clock = Clock(now=lambda: desk.now, steady=lambda: self.steady)
        self._reception = Reception(
            desk=desk.desk,
            store=desk.store,
            budget=Budget(Limits(), (), steady=0.0),
            clock=clock,
            ask_again=timedelta(seconds=5),
        )

        async def card() -> bytes:
            return b"{}"

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(rendering, "Environment", partial(Environment, bytecode_cache=_COMPILED))
            routes = inbox_routes(
                self._reception,
                desk.desk,
                clock=clock,
                random=os.urandom,
                resources=resources_folder(),
                secure=secure,
                drp=self._drp,
            )
        if self._drp is not None:
            routes += DrpDoors(self._drp, self._reception, clock).routes()
        self._app = app = application(
            self._reception, Publishing(card), endpoint="http://127.0.0.1:1/intentcast", inbox=routes
        )
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app, raise_app_exceptions=False),
            base_url=f"{scheme}://desk.test",
            follow_redirects=False,
        )

    def add(self, name: str, role: Role = Role.STAFF) -> None:
        """Let somebody sign in with `PASSWORD`."""
        with self.desk.store.turn() as books:
            books.staff.put(name, role, _secret())

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Look at a page."""
        return self._runner.run(self.http.get(path, headers=headers))

    def post(self, path: str, fields: dict[str, str], **headers: str) -> httpx.Response:
        """Post a form."""
        return self._runner.run(self.http.post(path, data=fields, headers=headers))

    def post_bytes(self, path: str, body: bytes, **headers: str) -> httpx.Response:
        """Post anything."""
        return self._runner.run(self.http.post(path, content=body, headers=headers))

    def forget_cookies(self) -> None:
        """Come back with an empty browser."""
        self.http.cookies.clear()

    def sign_in(self, name: str, password: str = PASSWORD) -> httpx.Response:
        """Sign in."""
        return self.post("/desk/sign-in", {"name": name, "password": password, "next": "/desk"})

    def shown(self, path: str) -> Shown:
        """A page's words."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return Shown(answer.text)

    def act(self, person: AskingPerson, act: str, **fields: str) -> httpx.Response:
        """Look at a person's enquiry and do something there, as its forms are."""
        place = f"/desk/c/{person.conversation.id}"
        hidden = self.shown(place).hidden
        answer = self.post(f"{place}/{act}", {**hidden, **fields})
        if answer.status_code == 303:
            self.desk.tell(person)
        return answer

    def upload(self, person: AskingPerson, data: bytes, *, name: str = "invoice.pdf", **fields: str) -> httpx.Response:
        """Look at a person's enquiry and send a document there, as its form does."""
        place = f"/desk/c/{person.conversation.id}"
        hidden = self.shown(place).hidden
        told = {"csrf": hidden["csrf"], "peer": hidden["peer"], "own": hidden["own"], "state": "preparing", **fields}
        answer = self.post_form(f"{place}/document", told, data, name=name)
        if answer.status_code == 303:
            self.desk.tell(person)
        return answer

    def post_form(self, path: str, fields: dict[str, str], data: bytes, *, name: str = "invoice.pdf") -> httpx.Response:
        """Post a form with a file."""
        return self._runner.run(self.http.post(path, data=fields, files={"file": (name, data)}))

    def break_off(self, person: AskingPerson, data: bytes, *, meanwhile: Callable[[], None]) -> int:
        """Begin to send a document; after `data` of it, and what happens `meanwhile`, be gone. The answer's status."""
        place = f"/desk/c/{person.conversation.id}/document"
        hidden = self.shown(place.removesuffix("/document")).hidden
        told = {"csrf": hidden["csrf"], "peer": hidden["peer"], "own": hidden["own"], "state": "preparing"}
        request = self.http.build_request("POST", place, data=told, files={"file": ("invoice.pdf", data)})
        body = request.read()
        pieces = [body[: len(body) - 40], None]  # without the last boundary
        status: list[int] = []

        async def receive() -> dict[str, Any]:
            piece = pieces.pop(0)
            if piece is None:
                meanwhile()
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": piece, "more_body": True}

        async def send(message: Any) -> None:
            status.append(message.get("status", 0))

        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": place,
            "raw_path": place.encode(),
            "query_string": b"",
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "server": ("desk.test", 80),
        }
        self._runner.run(self._app(scope, receive, send))
        return status[0]

    def let_the_clock_run(self) -> None:
        """Do what the desk does every hour."""
        self._runner.run(self._reception.lapse())

    def send(self, person: AskingPerson, envelope: Envelope) -> None:
        """The person sends something, and hears what there is."""
        self.desk.exchange(person, envelope)

    def close(self) -> None:
        """Leave."""
        self._runner.run(self._close())
        self._runner.close()
        self.desk.close()

    async def _close(self) -> None:
        await self.http.aclose()
        await self._reception.close()
