"""Requests that came over the Data Rights Protocol: who asks what, and the word of the shop's people. Sends nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum

from starlette.requests import Request
from starlette.responses import Response

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.domain.drp import FINAL, REASONS, DrpReason, DrpReport, DrpStatus
from vrm_desktop.protocol.drp_directory import Business
from vrm_desktop.protocol.drp_members import LINK_LENGTH, TEXT_LENGTH, link
from vrm_desktop.vendor.books import Books
from vrm_desktop.vendor.desk import Desk
from vrm_desktop.vendor.drp.desk import DrpDesk
from vrm_desktop.vendor.drp.rows import Kept
from vrm_desktop.vendor.errors import HandRefused
from vrm_desktop.vendor.inbox.staff import Session
from vrm_desktop.vendor.pages.doors import DOOR, go
from vrm_desktop.vendor.pages.forms import Form
from vrm_desktop.vendor.pages.rendering import Rendering
from vrm_desktop.vendor.reception import Clock, Reception
from vrm_desktop.wording import drp as words_of_drp

PLACE = f"{DOOR}/data-rights"


class Word(StrEnum):
    """What the shop's people can say of a request."""

    WORKING = "working"
    VERIFY = "verify"
    FULFILLED = "fulfilled"
    DENIED = "denied"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Shown:
    """One request on the page; `alike` others are by what may be the same person; `over` asks for no word."""

    kept: Kept
    alike: int
    over: bool


class DrpPages:
    """The page over one desk."""

    def __init__(self, reception: Reception, desk: Desk, drp: DrpDesk, *, clock: Clock, rendering: Rendering) -> None:
        self._reception = reception
        self._desk = desk
        self._drp = drp
        self._clock = clock
        self._rendering = rendering

    async def listed(self, _request: Request, session: Session) -> Response:
        """All requests on one page, those first that want a word."""
        now = self._clock.now()

        def look(books: Books) -> tuple[Kept, ...]:
            books.erased = books.data_rights.tidy(now) or books.erased
            return books.data_rights.listed()

        rows = await self._reception.ask(look)
        return self._rendering.page(
            "data_rights.html",
            session=session,
            here="data-rights",
            shop=self._desk.shop.settings.name,
            rows=tuple(Shown(kept=one, alike=_alike(one, rows), over=one.report.status in FINAL) for one in rows),
            asks=self._drp.settings.asks,
            reasons=sorted(REASONS[DrpStatus.DENIED]),
            drp_words=words_of_drp,
            entry=strict_json.encode(self._entry()).decode(),
        )

    async def say(self, request: Request, _session: Session, form: Form) -> Response:
        """Set a request's state."""
        now, key = self._clock.now(), request.path_params["request"]
        word = _word(form, key)
        await self._reception.ask(lambda books: self._drp.say(books.data_rights, key, word, now=now))
        return go(PLACE)

    def _entry(self) -> dict[str, JsonValue]:
        settings, drp = self._desk.shop.settings, self._drp.settings
        return Business(
            id=drp.business,
            name=settings.name,
            api_base=self._drp.api_base,
            actions=tuple(action.value for action in drp.actions),
            asks=drp.asks,
            web=settings.url,
            privacy=settings.privacy,
            contact=settings.email,
        ).members


def _alike(one: Kept, rows: tuple[Kept, ...]) -> int:
    return sum(
        other is not one and one.person is not None and other.person is not None and one.person.may_be(other.person)
        for other in rows
    )


def _word(form: Form, key: str) -> DrpReport:
    said = form.one_of("word", Word)
    details = form.text("details", most=TEXT_LENGTH)
    typed = form.text("link", most=LINK_LENGTH)
    shown = link({"link": typed}, "link")
    if typed and not shown:
        raise HandRefused("link: an address like https://shop.example/…")
    day = datetime.combine(form.day("day"), time(23, 59, 59), UTC) if form.text("day", most=10) else None
    match said:
        case Word.WORKING:
            return DrpReport(request_id=key, status=DrpStatus.IN_PROGRESS, details=details, expected_by=day)
        case Word.VERIFY:
            return DrpReport(
                request_id=key,
                status=DrpStatus.IN_PROGRESS,
                reason=DrpReason.NEED_USER_VERIFICATION,
                details=details,
                verification_url=shown,
                expires_at=day,
            )
        case Word.FULFILLED:
            return DrpReport(
                request_id=key, status=DrpStatus.FULFILLED, details=details, results_url=shown, expires_at=day
            )
        case Word.DENIED:
            reason = form.one_of("reason", DrpReason)
            return DrpReport(request_id=key, status=DrpStatus.DENIED, reason=reason, details=details)
