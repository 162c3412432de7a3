"""A document uploaded for one person, who is told where it lies. What a document is and where it goes is elsewhere."""

from collections.abc import Callable

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from vrm_desktop.vendor.desk import Desk
from vrm_desktop.vendor.documents.document import MOST_BYTES, Uploaded, title_of
from vrm_desktop.vendor.documents.receiving import Incoming
from vrm_desktop.vendor.errors import HandRefused
from vrm_desktop.vendor.inbox.staff import Session
from vrm_desktop.vendor.later_acts import SendDocument
from vrm_desktop.vendor.pages.doors import DOOR, go
from vrm_desktop.vendor.pages.forms import Form
from vrm_desktop.vendor.pages.later_forms import read_of, read_state
from vrm_desktop.vendor.pages.multipart import Field, FileBegins, FileBytes, Multipart
from vrm_desktop.vendor.reception import Reception
from vrm_desktop.vendor.web.handing_out import address_of

_POLITE = 4 * MOST_BYTES
"""So much of a refused form is read and dropped: a browser that still sends shows no answer."""


class DocumentPages:
    """The form's handler over one desk."""

    def __init__(self, reception: Reception, desk: Desk, *, random: Callable[[int], bytes]) -> None:
        self._reception = reception
        self._desk = desk
        self._random = random

    async def take(self, request: Request, session: Session, check: Callable[[Form], None]) -> Response:
        """Take a document in, tell the person where it lies, and look at the enquiry again."""
        conversation: str = request.path_params["conversation"]
        body = _Body(request)
        incoming = Incoming(self._reception, conversation, random=self._random)
        try:
            form, file_name = await _read(body, incoming, check)
            act = self._act(form, file_name, await incoming.complete())
            stood = (form.number("peer", least=0, most=200), form.number("own", least=0, most=200))
            await self._reception.act(conversation, act, by=session.name, stood=stood)
        except HandRefused:
            await incoming.drop()
            await body.run_out()
            raise
        except BaseException:
            await incoming.drop()
            raise
        return go(f"{DOOR}/c/{conversation}")

    def _act(self, form: Form, file_name: str, document: Uploaded) -> SendDocument:
        title = title_of(form.text("title", most=200), file_name)
        if not title:
            raise HandRefused("title: what the document is")
        return SendDocument(
            document=document,
            title=title,
            link=address_of(self._desk.endpoint, document.id),
            state=read_state(form),
            of=read_of(form),
            note=form.text("note", most=200),
        )


class _Body:
    """A request's body, piece by piece."""

    def __init__(self, request: Request) -> None:
        self.kind = request.headers.get("content-type", "")
        self._pieces = request.stream()
        self._size = 0
        self._over = False

    async def next(self) -> bytes | None:
        """The next piece; None at the end."""
        try:
            piece = await anext(self._pieces, None)
        except ClientDisconnect as error:
            self._over = True
            raise HandRefused("the upload broke off") from error
        self._over = piece is None
        self._size += len(piece or b"")
        return piece

    async def run_out(self) -> None:
        """Drop what still comes, up to a point."""
        while not self._over and self._size < _POLITE:
            await self.next()


async def _read(body: _Body, incoming: Incoming, check: Callable[[Form], None]) -> tuple[Form, str]:
    """The fields, which `check` sees before any of the file is kept, and the file's name."""
    parts, fields, file_name = Multipart(body.kind), dict[str, str](), ""
    while (piece := await body.next()) is not None:
        for event in parts.feed(piece):
            match event:
                case Field(name=name, text=text):
                    fields[name] = text
                case FileBegins(file_name=named):
                    check(Form(fields))
                    file_name = named
                case FileBytes(data=data):
                    await incoming.add(data)
    parts.close()
    return Form(fields), file_name
