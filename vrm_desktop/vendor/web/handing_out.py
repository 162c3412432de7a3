"""Documents that lie ready, handed to whoever knows their address: nobody guesses it, and only the person is told.

The bytes are the shop's, but for a browser they are a stranger's: saved, never shown as a page of this site.
"""

from collections.abc import AsyncIterator
from functools import partial
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from vrm_desktop.vendor.books import Books
from vrm_desktop.vendor.documents.document import LyingReady, is_id
from vrm_desktop.vendor.reception import Reception

PLACE: Final = "documents"
"""Where documents lie, below the endpoint."""
_GONE: Final = HTTPException(404, "There is no such document, or it is not held ready any longer")
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}


def address_of(endpoint: str, id: str) -> str:
    """Where a document is fetched."""
    return f"{endpoint}/{PLACE}/{id}"


class HandingOut:
    """The handler over one reception."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    async def document(self, request: Request) -> Response:
        """GET {endpoint}/documents/{id}."""
        id: str = request.path_params["document"]
        today = self._reception.today
        found = await self._reception.ask(lambda books: books.documents.ready(id, today)) if is_id(id) else None
        if found is None:
            raise _GONE
        headers = {
            **_HEADERS,
            "Content-Length": str(found.size),
            "Content-Disposition": f'attachment; filename="document{found.media.suffix}"',
        }
        return StreamingResponse(self._bytes(found), media_type=found.media.value, headers=headers)

    async def _bytes(self, found: LyingReady) -> AsyncIterator[bytes]:
        for number in range(found.parts):
            data = await self._reception.ask(partial(_part, found.id, number))
            if data is None:
                return  # erased meanwhile: whoever fetches it sees that it is not whole
            yield data


def _part(id: str, number: int, books: Books) -> bytes | None:
    return books.documents.part(id, number)
