"""The ASGI application: which address does what, and which error becomes which answer. No wiring of parts."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route

from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.vendor.errors import Busy, UnknownConversation
from vrm_desktop.vendor.reception import Reception
from vrm_desktop.vendor.web import problems
from vrm_desktop.vendor.web.handing_out import PLACE, HandingOut
from vrm_desktop.vendor.web.posting import Posting
from vrm_desktop.vendor.web.publishing import WELL_KNOWN, Publishing
from vrm_desktop.vendor.web.reading import Reading

PATH = "/intentcast"
"""Where the protocol's paths begin, below the public address."""


def application(
    reception: Reception, publishing: Publishing, *, endpoint: str, inbox: Sequence[Route] = ()
) -> Starlette:
    """The desk's web application; `endpoint` is what its card says, and ends in `PATH`; `inbox` are its pages."""
    posting, reading = Posting(reception, endpoint=endpoint), Reading(reception)
    handing_out = HandingOut(reception)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        reception.start()
        try:
            yield
        finally:
            await reception.close()

    messages = f"{PATH}/conversations/{{conversation}}/messages"
    app = Starlette(
        routes=[
            Route(WELL_KNOWN, publishing.card, methods=["GET"]),
            Route(f"{PATH}/conversations", posting.open, methods=["POST"]),
            Route(messages, posting.take, methods=["POST"]),
            Route(messages, reading.messages, methods=["GET"]),
            Route(f"{PATH}/{PLACE}/{{document}}", handing_out.document, methods=["GET"]),
            *inbox,
        ],
        exception_handlers={
            ProtocolError: problems.protocol_problem,
            UnknownConversation: problems.unknown_conversation,
            Busy: problems.busy,
            HTTPException: problems.plain_http,
            Exception: problems.broken,
        },
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    return app
