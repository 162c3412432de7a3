"""Posted forms as acts of the shop's people, and the offer form as filled in beforehand. Says nothing to anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from vrm_desktop.domain.intentcast import Condition, Fulfilment
from vrm_desktop.domain.money import Money
from vrm_desktop.protocol.messages import Offer
from vrm_desktop.vendor.amounts import percent_of
from vrm_desktop.vendor.article import Article
from vrm_desktop.vendor.errors import HandRefused
from vrm_desktop.vendor.hand_acts import (
    Act,
    ConfirmOrder,
    CounterTerms,
    DeclineTerms,
    GiveReceipt,
    MakeOffer,
    NothingToOffer,
    Progress,
    Reply,
    Seen,
    SignTerms,
    TakeBack,
)
from vrm_desktop.vendor.offering import offered_price
from vrm_desktop.vendor.pages.forms import Form
from vrm_desktop.vendor.pages.later_forms import later_act, read_state
from vrm_desktop.vendor.quoting import Quote
from vrm_desktop.vendor.settings import DeskSettings, Template

_WITHOUT_WORDS: Mapping[str, Act] = {
    "sign": SignTerms(),
    "counter-terms": CounterTerms(),
    "seen": Seen(),
    "confirm": ConfirmOrder(),
}


def act_from(name: str, form: Form, *, currency: str) -> Act:
    """What the form posted to `name` says.

    Raises:
        HandRefused: there is no such act, or a field will not do.
    """
    later = later_act(name, form, currency=currency)
    if later is not None:
        return later
    if name in _WITHOUT_WORDS:
        return _WITHOUT_WORDS[name]
    match name:
        case "decline-terms":
            return DeclineTerms(note=form.text("note", most=200))
        case "offer":
            return _offer(form, currency)
        case "nothing":
            return NothingToOffer(note=form.text("note", most=200))
        case "take-back":
            return TakeBack(note=form.text("note", most=200))
        case "reply":
            return Reply(text=form.text("text", most=4000, needed=True))
        case "progress":
            return _progress(form)
        case "receipt":
            return GiveReceipt(number=form.text("number", most=200))
        case _:
            raise HandRefused("there is no such thing to do")


def _offer(form: Form, currency: str) -> MakeOffer:
    fulfilment = form.one_of("fulfilment", Fulfilment)
    if fulfilment is Fulfilment.ANY:
        raise HandRefused("fulfilment: one of delivered, collected, on-site")
    return MakeOffer(
        title=form.text("title", most=200, needed=True),
        article=form.text("article", most=50),
        items=form.minor("items", currency),
        shipping=form.minor("shipping", currency),
        currency=currency,
        quantity=form.number("quantity", least=1, most=999),
        condition=form.one_of("condition", Condition),
        fulfilment=fulfilment,
        by=form.day("by"),
        valid_days=form.number("valid_days", least=1, most=365),
        binding=form.ticked("binding"),
        returns_days=form.number("returns_days", least=0, most=3650),
        warranty_months=form.number("warranty_months", least=0, most=600),
        note=form.text("note", most=4000),
    )


def _progress(form: Form) -> Progress:
    by = form.day("by") if form.said("by") else None
    return Progress(state=read_state(form), by=by, note=form.text("note", most=200))


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferForm:
    """What stands in the offer form before anybody types: texts, as an input takes them."""

    article: str = ""
    title: str = ""
    items: str = ""
    shipping: str = "0.00"
    quantity: int = 1
    condition: str = "any"
    fulfilment: str = "delivered"
    by: str
    valid_days: int
    binding: bool
    returns_days: int
    warranty_months: int
    note: str


def form_from_quote(quote: Quote | None, *, settings: DeskSettings, template: Template, today: date) -> OfferForm:
    """The form filled with a quote and a template; without a quote with the shop's usual values alone."""
    rules, delivery = settings.offers, settings.delivery
    way = quote.fulfilment if quote is not None else delivery.ways[0]
    days = delivery.days if way is Fulfilment.DELIVERED else delivery.collect_days
    blank = OfferForm(
        fulfilment=way.value,
        by=(today + timedelta(days=days)).isoformat(),
        valid_days=template.valid_days or rules.valid_days,
        binding=rules.binding,
        returns_days=rules.returns_days,
        warranty_months=rules.warranty_months,
        note=template.note or rules.note,
    )
    if quote is None:
        return blank
    currency = quote.article.price.currency
    return OfferForm(
        article=quote.article.id,
        title=quote.article.title,
        items=_decimal(percent_of(quote.items, 100 - template.discount_percent), currency),
        shipping=_decimal(quote.shipping, currency),
        quantity=quote.quantity,
        condition=quote.article.condition.value,
        fulfilment=blank.fulfilment,
        by=blank.by,
        valid_days=blank.valid_days,
        binding=blank.binding,
        returns_days=blank.returns_days,
        warranty_months=blank.warranty_months,
        note=blank.note,
    )


def form_from_offer(offer: Offer, *, items: int | None, valid_days: int, today: date) -> OfferForm:
    """The form filled with an offer made before, perhaps at another price for the pieces."""
    line, price = offer.lines[0], offered_price(offer)
    made = price.items if price is not None else 0
    currency = price.currency if price is not None else "EUR"
    shipping = price.total - price.items if price is not None else 0
    return OfferForm(
        article=line.sku,
        title=line.title,
        items=_decimal(made if items is None else items, currency),
        shipping=_decimal(shipping, currency),
        quantity=line.quantity,
        condition=line.condition,
        fulfilment=offer.fulfilment,
        by=offer.by if isinstance(offer.by, str) else today.isoformat(),
        valid_days=valid_days,
        binding=offer.binding,
        returns_days=offer.returns_days if isinstance(offer.returns_days, int) else 0,
        warranty_months=offer.warranty_months if isinstance(offer.warranty_months, int) else 0,
        note=offer.note,
    )


def closest(articles: tuple[Article, ...], category: str, *, most: int) -> tuple[Article, ...]:
    """The articles of a category that can be had, as the catalogue has them."""
    return tuple(article for article in articles if article.category == category and article.in_stock)[:most]


def _decimal(minor: int, currency: str) -> str:
    return Money(minor=minor, currency=currency).decimal()
