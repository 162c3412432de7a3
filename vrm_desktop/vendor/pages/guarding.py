"""Who is at the door of the inbox: sessions in a cookie, forms that prove where they come from, patience with guessing.

Passwords are checked elsewhere; rows are the store's.
"""

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from vrm_desktop.canon import base64url
from vrm_desktop.canon.hashes import digest
from vrm_desktop.vendor.errors import BadSignIn, HandRefused
from vrm_desktop.vendor.inbox.passwords import LONGEST
from vrm_desktop.vendor.inbox.staff import Role, Session
from vrm_desktop.vendor.pages.forms import Form
from vrm_desktop.vendor.reception import Clock, Reception

_LASTS = timedelta(hours=12)
_TOKEN_BYTES = 32
_MOST_TRIES = 10
_MOST_NAMES = 1000
_TRIES_LAST = 15 * 60


class SignedOut(BadSignIn):
    """Nobody is signed in, or no longer."""


class NotYours(BadSignIn):
    """The role of whoever is signed in does not go so far."""


class Tries:
    """Failed attempts to sign in, by name, over a quarter of an hour. One process only."""

    def __init__(self) -> None:
        self._failed: dict[str, list[float]] = {}

    def check(self, name: str, now: float) -> None:
        """Let somebody try.

        Raises:
            BadSignIn: too many tries failed under this name.
        """
        recent = [then for then in self._failed.get(name, ()) if now - then < _TRIES_LAST]
        if len(recent) >= _MOST_TRIES:
            raise BadSignIn("too many tries; please wait a quarter of an hour")

    def failed(self, name: str, now: float) -> None:
        """A try under this name failed."""
        if len(self._failed) >= _MOST_NAMES:
            self._failed = {known: times for known, times in self._failed.items() if now - times[-1] < _TRIES_LAST}
        if name in self._failed or len(self._failed) < _MOST_NAMES:
            self._failed[name] = [*self._failed.get(name, [])[-_MOST_TRIES:], now]

    def forget(self, name: str) -> None:
        """Somebody signed in."""
        self._failed.pop(name, None)


class Guard:
    """The door of one desk's inbox."""

    def __init__(self, reception: Reception, *, clock: Clock, random: Callable[[int], bytes], secure: bool) -> None:
        self._reception = reception
        self._clock = clock
        self._random = random
        self._secure = secure
        self.tries = Tries()

    @property
    def cookie(self) -> str:
        """The cookie's name; over https one that no other host can set."""
        return "__Host-desk" if self._secure else "desk"

    async def session(self, request: Request, *, role: Role = Role.STAFF) -> Session:
        """Who is signed in, with at least this role.

        Raises:
            SignedOut: nobody. NotYours: somebody whose role does not go so far.
        """
        token = request.cookies.get(self.cookie, "")
        if not token or len(token) > LONGEST:
            raise SignedOut("nobody is signed in")
        hashed, now = digest(token.encode("utf-8", "replace")), self._clock.now()
        found = await self._reception.ask(lambda books: books.staff.session(hashed, now))
        if found is None:
            raise SignedOut("the session is over")
        if role is Role.OWNER and found.role is not Role.OWNER:
            raise NotYours("only owners may do this")
        return found

    async def open(self, name: str, response: Response) -> None:
        """Begin a session of `name`, whose password was found right."""
        token = base64url.encode(self._random(_TOKEN_BYTES))
        csrf = base64url.encode(self._random(_TOKEN_BYTES))
        now: datetime = self._clock.now()
        await self._reception.ask(
            lambda books: books.staff.sign_in(
                name, token=digest(token.encode()), csrf=csrf, now=now, until=now + _LASTS
            )
        )
        response.set_cookie(
            self.cookie,
            token,
            max_age=int(_LASTS.total_seconds()),
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="strict",
        )

    async def close(self, request: Request, response: Response) -> None:
        """End the session, here and in the browser."""
        hashed = digest(request.cookies.get(self.cookie, "").encode("utf-8", "replace"))
        await self._reception.ask(lambda books: books.staff.sign_out(hashed))
        response.delete_cookie(self.cookie, path="/", secure=self._secure, httponly=True, samesite="strict")

    @staticmethod
    def check_origin(request: Request) -> None:
        """A post must come from this very site, as far as the browser tells.

        Raises:
            HandRefused: it comes from elsewhere.
        """
        site = request.headers.get("sec-fetch-site")
        origin = request.headers.get("origin")
        if site is not None:
            same = site in {"same-origin", "none"}
        else:
            same = origin is None or urlsplit(origin).netloc == request.headers.get("host")
        if not same:
            raise HandRefused("the form was sent from another site")

    @staticmethod
    def check_form(session: Session, form: Form) -> None:
        """A form must carry what this session's pages put into it.

        Raises:
            HandRefused: it does not.
        """
        if not hmac.compare_digest(form.fields.get("csrf", "").encode(), session.csrf.encode()):
            raise HandRefused("the form is from an earlier visit; please send it again")
