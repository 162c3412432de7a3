"""Which address of the inbox is which page, and the few files that pages need. No page is made here."""

from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vrm_desktop.vendor.desk import Desk
from vrm_desktop.vendor.drp.desk import DrpDesk
from vrm_desktop.vendor.inbox.staff import Role
from vrm_desktop.vendor.pages.connection_pages import ConnectionPages
from vrm_desktop.vendor.pages.document_pages import DocumentPages
from vrm_desktop.vendor.pages.doors import DOOR, Doors
from vrm_desktop.vendor.pages.drp_pages import PLACE, DrpPages
from vrm_desktop.vendor.pages.guarding import Guard
from vrm_desktop.vendor.pages.inbox_pages import InboxPages
from vrm_desktop.vendor.pages.people_pages import PeoplePages
from vrm_desktop.vendor.pages.rendering import HEADERS, Rendering
from vrm_desktop.vendor.reception import Clock, Reception

_FILES = {
    "desk.css": ("vendor/desk.css", "text/css"),
    "mark.svg": ("icons/mark.svg", "image/svg+xml"),
    "inter-regular.woff2": ("fonts/Inter-Regular.woff2", "font/woff2"),
    "inter-semibold.woff2": ("fonts/Inter-SemiBold.woff2", "font/woff2"),
}


def inbox_routes(
    reception: Reception,
    desk: Desk,
    *,
    clock: Clock,
    random: Callable[[int], bytes],
    resources: Path,
    secure: bool,
    drp: DrpDesk | None = None,
) -> list[Route]:
    """The inbox's routes; `secure` says that people reach it by https; `drp` answers the Data Rights Protocol."""
    rendering = Rendering(resources / "vendor", drp=drp is not None)
    guard = Guard(reception, clock=clock, random=random, secure=secure)
    doors = Doors(guard, rendering)
    inbox = InboxPages(reception, desk, clock=clock, rendering=rendering)
    people = PeoplePages(
        reception, guard, clock=clock, random=random, rendering=rendering, shop=desk.shop.settings.name
    )
    documents = DocumentPages(reception, desk, random=random)
    connections = ConnectionPages(reception, desk, clock=clock, rendering=rendering)
    owner = Role.OWNER
    return [
        Route(DOOR, doors.look(inbox.folder), methods=["GET"]),
        Route(f"{DOOR}/c/{{conversation}}", doors.look(inbox.case), methods=["GET"]),
        Route(f"{DOOR}/c/{{conversation}}/document", doors.take(documents.take), methods=["POST"]),
        Route(f"{DOOR}/c/{{conversation}}/{{act}}", doors.do(inbox.act), methods=["POST"]),
        Route(f"{DOOR}/service", doors.look(inbox.service), methods=["GET"]),
        Route(f"{DOOR}/data", doors.look(inbox.held), methods=["GET"]),
        Route(f"{DOOR}/unmet", doors.look(inbox.unmet), methods=["GET"]),
        Route(f"{DOOR}/unmet.csv", doors.look(inbox.unmet_csv), methods=["GET"]),
        Route(f"{DOOR}/declined.csv", doors.look(inbox.declined_csv), methods=["GET"]),
        Route(f"{DOOR}/connections", doors.look(connections.show), methods=["GET"]),
        Route(f"{DOOR}/connections/retry", doors.do(connections.retry, role=owner), methods=["POST"]),
        Route(f"{DOOR}/connections/skip", doors.do(connections.skip, role=owner), methods=["POST"]),
        Route(f"{DOOR}/connections/{{sheet}}.csv", doors.look(connections.sheet), methods=["GET"]),
        Route(f"{DOOR}/people", doors.look(people.people, role=owner), methods=["GET"]),
        Route(f"{DOOR}/people/put", doors.do(people.put, role=owner), methods=["POST"]),
        Route(f"{DOOR}/people/remove", doors.do(people.remove, role=owner), methods=["POST"]),
        Route(f"{DOOR}/sign-in", people.ask, methods=["GET"]),
        Route(f"{DOOR}/sign-in", people.sign_in, methods=["POST"]),
        Route(f"{DOOR}/sign-out", doors.do(people.sign_out), methods=["POST"]),
        *(_data_rights(reception, desk, drp, doors, clock, rendering) if drp is not None else ()),
        *(_file(name, resources / place, kind) for name, (place, kind) in _FILES.items()),
    ]


def _data_rights(
    reception: Reception, desk: Desk, drp: DrpDesk, doors: Doors, clock: Clock, rendering: Rendering
) -> list[Route]:
    pages = DrpPages(reception, desk, drp, clock=clock, rendering=rendering)
    return [
        Route(PLACE, doors.look(pages.listed), methods=["GET"]),
        Route(f"{PLACE}/{{request}}", doors.do(pages.say), methods=["POST"]),
    ]


def _file(name: str, file: Path, kind: str) -> Route:
    data = file.read_bytes()
    headers = {**HEADERS, "Cache-Control": "max-age=86400"}

    async def handler(_request: Request) -> Response:
        return Response(data, media_type=kind, headers=headers)

    return Route(f"{DOOR}/{name}", handler, methods=["GET"])
