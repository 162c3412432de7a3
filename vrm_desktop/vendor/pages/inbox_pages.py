"""The lists and the single enquiry: what came in, what waits, what is held, what could not be offered."""

import asyncio
import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.terms import Standing
from vrm_desktop.protocol.messages import Counter
from vrm_desktop.vendor.books import Books
from vrm_desktop.vendor.desk import Desk
from vrm_desktop.vendor.errors import HandRefused, UnknownConversation
from vrm_desktop.vendor.inbox.case import Case, NamedEntry, coarse_want, read_case
from vrm_desktop.vendor.inbox.matters import voice_state
from vrm_desktop.vendor.inbox.rows import SMALLEST_GROUP, Folder, Listed
from vrm_desktop.vendor.inbox.service import ANSWERS, Matter, read_matters
from vrm_desktop.vendor.inbox.staff import Session
from vrm_desktop.vendor.offering import offered_price
from vrm_desktop.vendor.pages import words
from vrm_desktop.vendor.pages.act_forms import OfferForm, act_from, closest, form_from_offer, form_from_quote
from vrm_desktop.vendor.pages.doors import DOOR, go
from vrm_desktop.vendor.pages.forms import Form
from vrm_desktop.vendor.pages.later_forms import STATES
from vrm_desktop.vendor.pages.rendering import HEADERS, Rendering
from vrm_desktop.vendor.pages.wish_form import WishForm, wish_form
from vrm_desktop.vendor.permissions import covered, terms_in_force
from vrm_desktop.vendor.quoting import Counter as ShopCounter
from vrm_desktop.vendor.quoting import Judgement, quote_for
from vrm_desktop.vendor.reasons import Because
from vrm_desktop.vendor.reception import Clock, Reception
from vrm_desktop.vendor.settings import Template
from vrm_desktop.vendor.shop import Shop

_MOST_SHOWN = 12
_LAST_PAGE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A case with what the rules make of it, read in one transaction."""

    case: Case
    judgement: Judgement | None


class InboxPages:
    """The pages over one desk."""

    def __init__(self, reception: Reception, desk: Desk, *, clock: Clock, rendering: Rendering) -> None:
        self._reception = reception
        self._desk = desk
        self._clock = clock
        self._rendering = rendering

    @property
    def _shop(self) -> Shop:
        return self._desk.shop

    async def folder(self, request: Request, session: Session) -> Response:
        """One list, and how many the others have."""
        named = request.query_params.get("folder", Folder.WAITING.value)
        which = Folder(named) if named in set(Folder) else Folder.WAITING
        page = _page(request)

        def look(books: Books) -> tuple[tuple[Listed, ...], bool, dict[Folder, int]]:
            rows, more = books.inbox.list(which, page=page)
            return rows, more, {each: books.inbox.count(each) for each in Folder}

        rows, more, counts = await self._reception.ask(look)
        return self._rendering.page(
            "folder.html",
            session=session,
            here=which.value,
            shop=self._shop.settings.name,
            which=which,
            rows=rows,
            more=more,
            page=page,
            counts=counts,
            fits=await asyncio.to_thread(self._fits, rows),
            today=self._clock.now().date(),
        )

    def _fits(self, rows: tuple[Listed, ...]) -> dict[str, Because]:
        """What the rules make of each row's coarse want, which many rows share."""
        known: dict[tuple[str, str, str], Because] = {}
        found = {}
        for row in rows:
            if row.about:
                continue
            key = (row.category, row.area, json.dumps(row.wish, sort_keys=True))
            if key not in known:
                judgement = self._desk.judgement(coarse_want(row))
                known[key] = Because(why=judgement.why, facts=judgement.facts)
            found[row.conversation] = known[key]
        return found

    async def case(self, request: Request, session: Session) -> Response:
        """One enquiry with all that may be done."""
        shown = await self._read(request.path_params["conversation"])
        return self._show(request, session, shown)

    async def act(self, request: Request, session: Session, form: Form) -> Response:
        """Do one thing, and look at the enquiry again."""
        conversation: str = request.path_params["conversation"]
        act = act_from(request.path_params["act"], form, currency=self._shop.catalogue.currency)
        stood = (form.number("peer", least=0, most=200), form.number("own", least=0, most=200))
        await self._reception.act(conversation, act, by=session.name, stood=stood)
        return go(f"{DOOR}/c/{conversation}")

    async def held(self, request: Request, session: Session) -> Response:
        """Whose values the shop holds, and until when."""
        page = _page(request)
        rows, more = await self._reception.ask(lambda books: books.inbox.held(page=page))
        today = self._clock.now().date()
        return self._rendering.page(
            "held.html",
            session=session,
            here="data",
            shop=self._shop.settings.name,
            rows=rows,
            more=more,
            page=page,
            today=today,
        )

    async def service(self, _request: Request, session: Session) -> Response:
        """Cases, rights and voices, with how they stand and by when they wait."""

        def look(books: Books) -> dict[Kind, tuple[Matter, ...]]:
            return {kind: read_matters(books, kind) for kind in ANSWERS}

        found = await self._reception.ask(look)
        return self._rendering.page(
            "service.html",
            session=session,
            here="service",
            shop=self._shop.settings.name,
            cases=found[Kind.CASE],
            rights=found[Kind.DATA_REQUEST],
            voices=found[Kind.VOICE],
            today=self._clock.now().date(),
        )

    async def unmet(self, _request: Request, session: Session) -> Response:
        """What was asked for and could not be offered, and what was offered in vain."""
        rows, declined = await self._reception.ask(lambda books: (books.inbox.unmet(), books.inbox.declined()))
        return self._rendering.page(
            "unmet.html",
            session=session,
            here="unmet",
            shop=self._shop.settings.name,
            rows=rows,
            declined=declined,
            smallest=SMALLEST_GROUP,
        )

    async def unmet_csv(self, _request: Request, _session: Session) -> Response:
        """The same as a file. A cell that a spreadsheet would compute is kept a text."""
        rows = await self._reception.ask(lambda books: books.inbox.unmet())
        told = ((_text(row.category), _text(words.wish(row.wish)), row.area, row.outcome, row.count) for row in rows)
        return _csv("asked-for.csv", ("category", "wish", "area", "reason", "count"), told)

    async def declined_csv(self, _request: Request, _session: Session) -> Response:
        """Why offers were declined, as a file."""
        rows = await self._reception.ask(lambda books: books.inbox.declined())
        told = ((_text(row.category), f"{row.month:%Y-%m}", row.reason.value, row.count) for row in rows)
        return _csv("declined.csv", ("category", "month", "reason", "count"), told)

    async def _read(self, conversation: str) -> Shown:
        now = self._clock.now()

        def look(books: Books) -> Shown | None:
            case = read_case(books, conversation)
            if case is None:
                return None
            offers = case.may(Kind.OFFER) and not case.listed.about
            kept = partial(books.kept_pieces, now, but=conversation)
            judgement = self._desk.judgement(case.want, kept=kept) if offers else None
            return Shown(case=case, judgement=judgement)

        shown = await self._reception.look_at(conversation, look)
        if shown is None:
            raise UnknownConversation(conversation)
        return shown

    def _show(self, request: Request, session: Session, shown: Shown) -> Response:
        case, settings, today = shown.case, self._shop.settings, self._clock.now().date()
        judgement = shown.judgement
        return self._rendering.page(
            "case.html",
            session=session,
            here="",
            shop=settings.name,
            case=case,
            terms=[(one.roster, words.standing(self._standing(one))) for one in case.terms],
            row=case.listed,
            today=today,
            Kind=Kind,
            person=Side.PERSON,
            because=Because(why=judgement.why, facts=judgement.facts) if judgement is not None else None,
            form=self._offer_form(request, shown) if case.may(Kind.OFFER) and not case.listed.about else None,
            ask=self._wish_form(request, case) if case.may(Kind.DATA_REQUEST) else None,
            states=STATES,
            voice_state=voice_state,
            articles=closest(self._shop.catalogue.articles, case.listed.category, most=_MOST_SHOWN),
            templates=settings.templates,
            asked_price=_asked_price(case),
            offered=offered_price(case.offer.message) if case.offer is not None else None,
            currency=self._shop.catalogue.currency,
        )

    def _standing(self, named: NamedEntry) -> Standing:
        return self._shop.roster.standing(named.roster, named.version, named.entry)

    def _wish_form(self, request: Request, case: Case) -> WishForm:
        named, settings = request.query_params.get("wish", ""), self._shop.settings
        template = next((each for each in settings.wishes if each.name == named), None)
        terms = terms_in_force(case.dossier, self._shop.roster)
        today = self._clock.now().date()
        return wish_form(settings.wishes, template, today=today, covered=lambda purpose: covered(purpose, terms))

    def _offer_form(self, request: Request, shown: Shown) -> OfferForm:
        settings, today, case = self._shop.settings, self._clock.now().date(), shown.case
        named = request.query_params.get("template", "")
        template = next((each for each in settings.templates if each.name == named), Template(name=""))
        chosen = request.query_params.get("article", "")
        article = next((each for each in self._shop.catalogue.articles if each.id == chosen), None)
        if article is None and case.offer is not None and not named:
            asked = _asked_price(case)
            price = offered_price(case.offer.message)
            items = asked - (price.total - price.items) if asked is not None and price is not None else None
            if items is not None and items < 0:
                items = None
            return form_from_offer(case.offer.message, items=items, valid_days=settings.offers.valid_days, today=today)
        quote = shown.judgement.quote if shown.judgement is not None else None
        if article is not None:
            counter = ShopCounter(catalogue=self._shop.catalogue, offers=settings.offers, delivery=settings.delivery)
            way = quote.fulfilment if quote is not None else settings.delivery.ways[0]
            quote = quote_for(article, case.want.quantity, way, counter)
        return form_from_quote(quote, settings=settings, template=template, today=today)


def _asked_price(case: Case) -> int | None:
    """The total that the person named last, in minor units, while it waits for an answer."""
    named = [each.message for each in case.said if each.waits and each.kind is Kind.COUNTER]
    match named and named[-1]:
        case Counter(total=total):
            return total
        case _:
            return None


def _page(request: Request) -> int:
    text = request.query_params.get("page", "0")
    if not (text.isascii() and text.isdecimal()) or len(text) > 5 or int(text) > _LAST_PAGE:
        raise HandRefused("there is no such page")
    return int(text)


def _csv(name: str, heads: Iterable[str], rows: Iterable[Iterable[object]]) -> Response:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows(rows)
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers={**HEADERS, **disposition})


def _text(value: str) -> str:
    return "'" + value if value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value
