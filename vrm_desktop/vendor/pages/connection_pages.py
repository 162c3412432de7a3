"""How the connected programs do: last told, waiting, set aside; and tables for spreadsheets. Tells nobody anything."""

import io

from starlette.requests import Request
from starlette.responses import Response

from vrm_desktop.vendor.books import Books
from vrm_desktop.vendor.connectors.rows import NotDone, Standing, Waiting
from vrm_desktop.vendor.connectors.spreadsheets import Sheet, write_sheet
from vrm_desktop.vendor.desk import Desk
from vrm_desktop.vendor.errors import HandRefused, UnknownConversation
from vrm_desktop.vendor.inbox.staff import Session
from vrm_desktop.vendor.pages.doors import DOOR, go
from vrm_desktop.vendor.pages.forms import Form
from vrm_desktop.vendor.pages.rendering import HEADERS, Rendering
from vrm_desktop.vendor.reception import Clock, Reception

_LARGEST = 2**31 - 1


class ConnectionPages:
    """The pages over one desk."""

    def __init__(self, reception: Reception, desk: Desk, *, clock: Clock, rendering: Rendering) -> None:
        self._reception = reception
        self._desk = desk
        self._clock = clock
        self._rendering = rendering

    async def show(self, _request: Request, session: Session) -> Response:
        """All of them on one page."""

        def look(books: Books) -> tuple[tuple[Standing, ...], tuple[Waiting, ...], tuple[NotDone, ...]]:
            return books.connections.standing(), books.connections.set_aside(), books.connections.not_done()

        standing, aside, undone = await self._reception.ask(look)
        return self._rendering.page(
            "connections.html",
            session=session,
            here="connections",
            shop=self._desk.shop.settings.name,
            rows=standing,
            aside=aside,
            undone=undone,
            sheets=tuple(Sheet),
            now=int(self._clock.now().timestamp()),
        )

    async def retry(self, _request: Request, _session: Session, form: Form) -> Response:
        """Try again at once what rests or was refused."""
        name = form.text("name", most=32, needed=True)
        now = self._clock.now()
        await self._reception.ask(lambda books: books.connections.try_again(name, now))
        return go(f"{DOOR}/connections")

    async def skip(self, _request: Request, _session: Session, form: Form) -> Response:
        """Leave out one thing that was set aside."""
        number = form.number("number", least=1, most=_LARGEST)
        if not await self._reception.ask(lambda books: books.connections.skip(number)):
            raise HandRefused("it does not stand aside any more")
        return go(f"{DOOR}/connections")

    async def sheet(self, request: Request, _session: Session) -> Response:
        """One table as a file."""
        named = request.path_params["sheet"]
        if named not in set(Sheet):
            raise UnknownConversation(named)
        out = io.StringIO()
        await self._reception.ask(lambda books: write_sheet(books, Sheet(named), out))
        disposition = {"Content-Disposition": f'attachment; filename="{named}.csv"'}
        return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers={**HEADERS, **disposition})
