"""What follows from a quote desk's answers: waiting, an offer, a refusal, an order, or a question to the person.

A desk's words are shown and never followed. Nothing is sent here.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from vrm_desktop.canon import hashes
from vrm_desktop.canon.loose_json import Loose
from vrm_desktop.canon.loose_writing import show_loose, write_loose
from vrm_desktop.domain.ids import Digest, MessageId
from vrm_desktop.domain.intentcast import Intentcast, IntentcastState
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.offer import Offer, OfferState, Price
from vrm_desktop.domain.plan import QUOTE_DAYS
from vrm_desktop.domain.quote_desk import LONGEST_TEXT, DeskProfile, QuoteAsked, QuoteState
from vrm_desktop.domain.relationship import Note, OrderRecord, OrderState, PaymentDetails, RelationshipState
from vrm_desktop.domain.ways import Way
from vrm_desktop.formats.clean_link import clean_link
from vrm_desktop.formats.desk_answers import LONGEST_ID, ReadQuote, at, read_quotes, word_at
from vrm_desktop.formats.errors import NotAQuote
from vrm_desktop.formats.mcp_tools import ToolResult
from vrm_desktop.formats.web_address import same_owner
from vrm_desktop.services.means import Means
from vrm_desktop.services.outside_ways import way_of
from vrm_desktop.services.ports import Changes, Transaction

USUAL_VALIDITY: Final = timedelta(days=14)
"""How long a quote is shown as standing where its desk names no day; it is an indication then."""
MOST_POLLS: Final = 2000
PAYS_BY_LINK: Final = "payment-link"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Heard:
    """What belongs together when an answer is taken in."""

    tx: Transaction
    means: Means
    asked: QuoteAsked
    profile: DeskProfile | None
    result: ToolResult

    @property
    def told(self) -> Loose:
        """The answer's data."""
        return self.result.structured

    def keep(self, asked: QuoteAsked) -> Changes:
        """Write down how it stands now."""
        self.tx.keep_paper(replace(asked, said=self.result.text[:LONGEST_TEXT]))
        return changes_of(asked)


def text_of(result: ToolResult) -> str:
    """An answer as it is kept for proof: its data where there is any, else its text."""
    return show_loose(result.structured) if result.structured is not None else result.text


def changes_of(asked: QuoteAsked) -> Changes:
    """What is shown anew."""
    things = [("quote", asked.id), ("intentcast", asked.intentcast), ("vendor", asked.vendor)]
    return Changes.of(*things, *((("relationship", asked.relationship),) if asked.relationship else ()))


def taken_in(heard: Heard) -> Changes:
    """The desk has answered the request itself."""
    asked, profile = heard.asked, heard.profile
    if heard.result.is_error:
        return _refused(heard)
    if profile is None or profile.looking is None:
        return heard.keep(
            replace(asked, number=_raw(heard, profile.id_at) if profile else "").now(QuoteState.ELSEWHERE)
        )
    number, token = _raw(heard, profile.id_at), _raw(heard, profile.token_at)
    if not number or (profile.token_at and not token):
        return heard.keep(asked.now(QuoteState.UNCLEAR, "desk-no-number"))
    known = replace(asked, number=number, token=token, next_look=_later(heard, profile))
    if word_at(heard.told, profile.looking.status) in profile.looking.ready:
        return _quoted(replace(heard, asked=known), profile)
    return heard.keep(known.now(QuoteState.PENDING))


def looked(heard: Heard) -> Changes:
    """The desk was asked how it stands."""
    asked, profile = heard.asked, heard.profile
    if profile is None or profile.looking is None:
        return Changes()
    status = word_at(heard.told, profile.looking.status, 100)
    again = replace(asked, polls=asked.polls + 1, status=status, next_look=_later(heard, profile))
    want = heard.tx.intentcast(asked.intentcast)
    last = want.answers_by + timedelta(days=QUOTE_DAYS) if want is not None else heard.means.clock.today()
    if heard.result.is_error:
        again = again.now(again.state, "desk-look-refused")
    elif status in profile.looking.ready:
        return _quoted(replace(heard, asked=again), profile)
    elif status in profile.looking.over:
        _rests(heard, RelationshipState.DECLINED)
        return heard.keep(replace(again, next_look=None).now(QuoteState.OVER))
    else:
        again = again.now(again.state)
    if heard.means.clock.today() > last or again.polls >= MOST_POLLS:
        again = replace(again, next_look=None).now(QuoteState.OVER, "desk-never-answered")
    return heard.keep(again)


def accepted(heard: Heard) -> Changes:
    """The desk has answered the acceptance."""
    asked, profile, tx = heard.asked, heard.profile, heard.tx
    want = tx.intentcast(asked.intentcast)
    offer = next((one for one in map(tx.offer, asked.offers) if one and one.state is OfferState.ACCEPTED), None)
    if profile is None or profile.accepting is None or offer is None:
        return Changes()
    if heard.result.is_error:
        tx.set_offer_state(offer.id, OfferState.LIVE)
        if want is not None and want.state is IntentcastState.ORDERED:
            tx.save_intentcast(replace(want, state=IntentcastState.CAST))
        return heard.keep(asked.now(QuoteState.QUOTED, "desk-refused-acceptance"))
    link = _link(heard, profile.accepting.link)
    elsewhere = bool(link) and not _is_own(heard, link)
    own = PaymentDetails(method=PAYS_BY_LINK, link=link) if link and not elsewhere else None
    document = text_of(heard.result).encode()
    tx.save_order(
        OrderRecord(
            relationship=offer.relationship,
            intentcast=offer.intentcast,
            offer=offer.id,
            hash=Digest(hashes.digest(document)),
            lines=offer.lines,
            price=offer.price,
            payment_method=PAYS_BY_LINK if link else "none",
            state=OrderState.CONFIRMED,
            placed=heard.means.clock.now(),
            document=document,
            payment=own,
        )
    )
    number = word_at(heard.told, profile.accepting.order)
    ordered = replace(asked, order=number, link=link, link_elsewhere=elsewhere)
    _note(heard, "quote-ordered", number)
    return heard.keep(ordered.now(QuoteState.ORDERED, "payment-link-elsewhere" if elsewhere else ""))


def chosen_total(heard: Heard, total: int) -> Changes:
    """The person has decided which of two totals the quote has. The parts are then not told apart."""
    (quote, *_others) = _read(heard, heard.profile)
    currency = quote.two_totals[0].currency
    price = Price(currency=currency, items=total, shipping=0, fees=0, tax=0, total=total)
    return _offered(heard, heard.profile, (replace(quote, price=price, two_totals=()),))


def _quoted(heard: Heard, profile: DeskProfile) -> Changes:
    try:
        quotes = _read(heard, profile)
    except NotAQuote:
        return heard.keep(replace(heard.asked, next_look=None).now(QuoteState.UNCLEAR, "quote-unclear"))
    differing = next((one for one in quotes if one.price is None), None)
    if differing is not None:
        asked = replace(heard.asked, next_look=None, two_totals=differing.two_totals)
        return heard.keep(asked.now(QuoteState.UNCLEAR, "quote-sums-differ"))
    return _offered(heard, profile, quotes)


def _read(heard: Heard, profile: DeskProfile | None) -> tuple[ReadQuote, ...]:
    want = heard.tx.intentcast(heard.asked.intentcast)
    if profile is None or profile.quoting is None or want is None:
        raise NotAQuote("nobody knows where to read it")
    return read_quotes(heard.told, profile.quoting, title=want.title, quantity=want.quantity)


def _offered(heard: Heard, profile: DeskProfile | None, quotes: tuple[ReadQuote, ...]) -> Changes:
    tx, asked, want = heard.tx, heard.asked, heard.tx.intentcast(heard.asked.intentcast)
    vendor = tx.vendor(asked.vendor)
    if want is None or vendor is None or asked.relationship is None:
        return Changes()
    made = []
    for place, quote in enumerate(quotes):
        offer = _offer(heard, profile, want, quote, vendor.name, place)
        tx.save_offer(offer)
        made.append(offer.id)
    _rests(heard, RelationshipState.OPEN)
    _note(heard, "quote-came", vendor.name, made[0])
    known = replace(asked, offers=tuple(made), next_look=None, two_totals=())
    return heard.keep(known.now(QuoteState.QUOTED))


def _offer(
    heard: Heard, profile: DeskProfile | None, want: Intentcast, quote: ReadQuote, name: str, place: int
) -> Offer:
    now = heard.means.clock.now()
    asked = heard.asked
    assert asked.relationship is not None  # noqa: S101 - the caller looked
    key = hashes.digest(f"quote\n{asked.id}\n{place}\n{text_of(heard.result)}".encode())
    binds = quote.valid_until is not None and profile is not None and profile.accepting is not None
    return Offer(
        id=MessageId(key),
        relationship=asked.relationship,
        intentcast=want.id,
        vendor=asked.vendor,
        vendor_name=name,
        lines=quote.lines,
        price=quote.price,
        binding=binds,
        valid_until=quote.valid_until or now + USUAL_VALIDITY,
        fulfilment=want.fulfilment,
        by=quote.by,
        returns_days=None,
        warranty_months=None,
        asks=(),
        payment=(),
        payment_link="",
        note=quote.note,
        received=now,
        way=Way.MCP,
    )


def _refused(heard: Heard) -> Changes:
    _rests(heard, RelationshipState.DECLINED)
    _note(heard, "quote-refused", heard.result.text[:500])
    return heard.keep(heard.asked.now(QuoteState.REFUSED, "desk-refused"))


def _rests(heard: Heard, state: RelationshipState) -> None:
    owner = heard.tx.relationship(heard.asked.relationship) if heard.asked.relationship is not None else None
    if owner is not None and owner.state in {RelationshipState.ASKING, RelationshipState.UNREACHABLE}:
        heard.tx.save_relationship(replace(owner, state=state, trouble=""))


def _note(heard: Heard, kind: str, text: str, message: MessageId | None = None) -> None:
    if heard.asked.relationship is not None:
        now = heard.means.clock.now()
        note = Note(relationship=heard.asked.relationship, at=now, sender=Side.VENDOR, kind=kind, text=text)
        heard.tx.add_note(replace(note, message=message))


def _later(heard: Heard, profile: DeskProfile) -> datetime:
    every = profile.looking.every if profile.looking is not None else 0
    return heard.means.clock.now() + timedelta(seconds=round(every * heard.means.random.uniform(1.0, 1.2)))


def _raw(heard: Heard, path: str) -> str:
    """A text or number at a path as JSON has it, so that it is given back in its own kind; "" where there is none."""
    text = write_loose(at(heard.told, path)) if word_at(heard.told, path) else ""
    return text if len(text) <= LONGEST_ID else ""


def _link(heard: Heard, path: str) -> str:
    found = at(heard.told, path)
    return found if isinstance(found, str) and len(found) <= LONGEST_ID * 4 and clean_link(found) is not None else ""


def _is_own(heard: Heard, link: str) -> bool:
    vendor = heard.tx.vendor(heard.asked.vendor)
    if vendor is None:
        return False
    places = (way_of(heard.tx, vendor, Way.MCP).address, vendor.web, vendor.address)
    return any(same_owner(link, place) for place in places if place)
