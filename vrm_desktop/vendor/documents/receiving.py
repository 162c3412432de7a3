"""A document on its way in: part after part into the database, hashed and counted as it comes. Nobody is told of it."""

import asyncio
import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Final

from vrm_desktop.canon import base64url
from vrm_desktop.domain.ids import Digest
from vrm_desktop.vendor.books import Books
from vrm_desktop.vendor.documents.document import HEAD, ID_BYTES, MOST_BYTES, Media, Uploaded, media_of
from vrm_desktop.vendor.errors import HandRefused, UnknownConversation
from vrm_desktop.vendor.reception import Reception

PART_BYTES: Final = 256 * 1024
"""So much goes into one transaction, so that no document holds up what people say meanwhile."""
_WAITS: Final = timedelta(days=1)
"""What breaks off and is not cleared away (the power is cut, say) goes with the retention clock after this."""


class Incoming:
    """One document that comes. `add()` its bytes, then `complete()` it, or `drop()` it."""

    def __init__(self, reception: Reception, conversation: str, *, random: Callable[[int], bytes]) -> None:
        self._reception = reception
        self._conversation = conversation
        self._id = base64url.encode(random(ID_BYTES))
        self._held = bytearray()
        self._hash = hashlib.sha256()
        self._size = 0
        self._parts = 0
        self._media: Media | None = None

    async def add(self, data: bytes) -> None:
        """The next bytes.

        Raises:
            HandRefused: it is no document that is sent, or too large. UnknownConversation: there is none of that id.
            Busy: the database takes nothing now.
        """
        self._size += len(data)
        if self._size > MOST_BYTES:
            raise HandRefused("a document has at most 10 MiB")
        self._hash.update(data)
        self._held += data
        if self._media is None and len(self._held) >= HEAD:
            await self._begin()
        while len(self._held) >= PART_BYTES:
            await self._keep(PART_BYTES)

    async def complete(self) -> Uploaded:
        """It is all here, on the disk. Raises as `add()` does."""
        if not self._size:
            raise HandRefused("choose a file")
        media = self._media or await self._begin()
        if self._held:
            await self._keep(len(self._held))
        digest = Digest(base64url.encode(self._hash.digest()))
        return Uploaded(id=self._id, media=media, size=self._size, digest=digest)

    async def drop(self) -> None:
        """Forget what came, unless the person was told of it; whoever is cancelled meanwhile has it forgotten, too."""
        if self._media is not None:
            await asyncio.shield(self._reception.ask(partial(_drop, self._id)))

    async def _begin(self) -> Media:
        media = media_of(bytes(self._held[:HEAD]))
        if media is None:
            raise HandRefused("a document is a PDF or a picture (PNG, JPEG, WebP)")
        self._media = media
        until = self._reception.today + _WAITS
        await self._reception.look_at(self._conversation, partial(_begin, self._id, self._conversation, media, until))
        return media

    async def _keep(self, size: int) -> None:
        data, number = bytes(self._held[:size]), self._parts
        del self._held[:size]
        self._parts += 1
        await self._reception.ask(partial(_add, self._id, number, data))


def _begin(id: str, conversation: str, media: Media, until: date, books: Books) -> None:
    if books.read_hash(conversation) is None:
        raise UnknownConversation(conversation)
    books.documents.begin(id, conversation, media, until=until)


def _add(id: str, number: int, data: bytes, books: Books) -> None:
    books.documents.add(id, number, data)


def _drop(id: str, books: Books) -> None:
    books.erased = books.documents.drop(id) or books.erased
