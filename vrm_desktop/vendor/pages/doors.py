"""What every page of the inbox has in common: who is signed in, and what becomes of a refusal. No page of its own."""

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vrm_desktop.vendor.errors import Busy, HandRefused, UnknownConversation
from vrm_desktop.vendor.inbox.staff import Role, Session
from vrm_desktop.vendor.pages.forms import Form, read_form
from vrm_desktop.vendor.pages.guarding import Guard, NotYours, SignedOut
from vrm_desktop.vendor.pages.rendering import HEADERS, Rendering
from vrm_desktop.wording.catalogue import _

DOOR = "/desk"
_SEE_OTHER = 303
Look = Callable[[Request, Session], Awaitable[Response]]
Do = Callable[[Request, Session, Form], Awaitable[Response]]
Take = Callable[[Request, Session, Callable[[Form], None]], Awaitable[Response]]
Handler = Callable[[Request], Awaitable[Response]]


def go(place: str) -> Response:
    """Look at `place` next."""
    return RedirectResponse(place, status_code=_SEE_OTHER, headers=HEADERS)


class Doors:
    """Turns the pages' own functions into handlers that only signed-in people reach."""

    def __init__(self, guard: Guard, rendering: Rendering) -> None:
        self._guard = guard
        self._rendering = rendering

    def look(self, page: Look, *, role: Role = Role.STAFF) -> Handler:
        """A page that is read."""

        async def handler(request: Request) -> Response:
            return await self._guarded(request, role, page)

        return handler

    def do(self, page: Do, *, role: Role = Role.STAFF) -> Handler:
        """A form that is posted."""

        async def post(request: Request, session: Session) -> Response:
            self._guard.check_origin(request)
            form = await read_form(request)
            self._guard.check_form(session, form)
            return await page(request, session, form)

        async def handler(request: Request) -> Response:
            return await self._guarded(request, role, post)

        return handler

    def take(self, page: Take, *, role: Role = Role.STAFF) -> Handler:
        """A form with a file: `page` reads it, and hands over its fields before it believes the file."""

        async def post(request: Request, session: Session) -> Response:
            self._guard.check_origin(request)
            return await page(request, session, lambda form: self._guard.check_form(session, form))

        async def handler(request: Request) -> Response:
            answer = await self._guarded(request, role, post)
            if answer.status_code != _SEE_OTHER or answer.headers["location"].startswith(f"{DOOR}/sign-in"):
                answer.headers["Connection"] = "close"  # what was not read of the file is not read at all
            return answer

        return handler

    async def _guarded(self, request: Request, role: Role, page: Look) -> Response:
        try:
            session = await self._guard.session(request, role=role)
        except SignedOut:
            wanted = request.url.path if request.method == "GET" else DOOR
            return go(f"{DOOR}/sign-in?next={quote(wanted, safe='/')}")
        except NotYours:
            return self.refusal(_("Only owners may do this."), status=403)
        except Busy:
            return self.refusal(_("The database is away. Please try again in a moment."), status=503)
        try:
            return await page(request, session)
        except UnknownConversation:
            return self.refusal(_("There is no such enquiry."), status=404)
        except HandRefused as error:
            return self.refusal(_("That was not done: {reason}.").format(reason=error), status=409)
        except Busy:
            return self.refusal(_("The database is away. Please try again in a moment."), status=503)

    def refusal(self, text: str, *, status: int) -> Response:
        """A page that says why not."""
        return self._rendering.page("refused.html", status=status, text=text, session=None, here="")
