"""Signing in and out, and the owners' page that says who may. Passwords are hashed elsewhere, rows are the store's."""

import asyncio
import re
from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from vrm_desktop.vendor.books import Books
from vrm_desktop.vendor.errors import BadSignIn, Busy, HandRefused
from vrm_desktop.vendor.inbox.passwords import LONGEST, SHORTEST, check_password, hashed
from vrm_desktop.vendor.inbox.staff import Role, Session
from vrm_desktop.vendor.pages.doors import DOOR, go
from vrm_desktop.vendor.pages.forms import Form, read_form
from vrm_desktop.vendor.pages.guarding import Guard
from vrm_desktop.vendor.pages.rendering import Rendering
from vrm_desktop.vendor.reception import Clock, Reception
from vrm_desktop.wording.catalogue import _

NAME = re.compile(r"[A-Za-z0-9._@-]{1,64}")
_P = ParamSpec("_P")
_T = TypeVar("_T")
_MOST_HASHING = 16
_INSIDE = re.compile(rf"{DOOR}(/[A-Za-z0-9_/-]*)?")


class PeoplePages:
    """The pages over one desk."""

    def __init__(
        self,
        reception: Reception,
        guard: Guard,
        *,
        clock: Clock,
        random: Callable[[int], bytes],
        rendering: Rendering,
        shop: str,
    ) -> None:
        self._reception = reception
        self._guard = guard
        self._clock = clock
        self._random = random
        self._rendering = rendering
        self._shop = shop
        self._hashing = asyncio.Semaphore(1)
        self._hashing_waits = 0

    async def ask(self, request: Request) -> Response:
        """The form to sign in."""
        return self._form(request.query_params.get("next", DOOR))

    async def sign_in(self, request: Request) -> Response:
        """Check a name and a password; both wrong look alike, and take as long."""
        place = DOOR
        try:
            self._guard.check_origin(request)
            form = await read_form(request)
            place = form.fields.get("next", DOOR)
            name, password = form.text("name", most=64), form.fields.get("password", "")
            self._guard.tries.check(name, self._clock.steady())
            secret = await self._reception.ask(lambda books: books.staff.secret(name))
            try:
                await self._one_by_one(check_password, password, secret)
            except BadSignIn:
                self._guard.tries.failed(name, self._clock.steady())
                raise
        except (BadSignIn, HandRefused) as error:
            return self._form(place, trouble=_("That did not work: {reason}.").format(reason=error), status=403)
        except Busy:
            return self._form(place, trouble=_("The desk is busy. Please try again in a moment."), status=503)
        self._guard.tries.forget(name)
        response = go(place if _INSIDE.fullmatch(place) else DOOR)
        await self._guard.open(name, response)
        return response

    async def sign_out(self, request: Request, _session: Session, _posted: Form) -> Response:
        """End the session."""
        response = go(f"{DOOR}/sign-in")
        await self._guard.close(request, response)
        return response

    async def people(self, _request: Request, session: Session) -> Response:
        """Who may sign in."""
        rows = await self._reception.ask(lambda books: books.staff.all())
        return self._rendering.page(
            "people.html",
            session=session,
            here="people",
            shop=self._shop,
            rows=rows,
            roles=tuple(Role),
            shortest=SHORTEST,
            longest=LONGEST,
        )

    async def put(self, _request: Request, _session: Session, form: Form) -> Response:
        """Add somebody, or give them another role and password."""
        name = form.text("name", most=64, needed=True)
        if not NAME.fullmatch(name):
            raise HandRefused("name: letters, digits and . _ @ -")
        role, password = form.one_of("role", Role), form.fields.get("password", "")
        try:
            secret = await self._one_by_one(partial(hashed, random=self._random), password)
        except BadSignIn as error:
            raise HandRefused(str(error)) from error

        def put(books: Books) -> None:
            books.staff.put(name, role, secret)
            _keep_an_owner(books)

        await self._reception.ask(put)
        return go(f"{DOOR}/people")

    async def remove(self, _request: Request, _session: Session, form: Form) -> Response:
        """Take somebody out."""
        name = form.text("name", most=64, needed=True)

        def remove(books: Books) -> None:
            books.staff.remove(name)
            _keep_an_owner(books)

        await self._reception.ask(remove)
        return go(f"{DOOR}/people")

    async def _one_by_one(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Hash in a thread, one at a time: hashing takes time and memory on purpose, and strangers may ask for it.

        Raises:
            Busy: too many wait for it.
        """
        if self._hashing_waits >= _MOST_HASHING:
            raise Busy(retry_after=5, closed=True)
        self._hashing_waits += 1
        try:
            async with self._hashing:
                return await asyncio.to_thread(work, *args, **kwargs)
        finally:
            self._hashing_waits -= 1

    def _form(self, place: str, *, trouble: str = "", status: int = 200) -> Response:
        return self._rendering.page(
            "sign_in.html",
            status=status,
            session=None,
            here="",
            shop=self._shop,
            next=place if _INSIDE.fullmatch(place) else DOOR,
            trouble=trouble,
        )


def _keep_an_owner(books: Books) -> None:
    if books.staff.owners() == 0:
        raise HandRefused("somebody must stay owner")
