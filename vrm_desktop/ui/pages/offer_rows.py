"""Offers as rows of the comparison table: eleven facts in seven columns, two lines each."""

from vrm_desktop.ui.models.offers_view import OffersView, OfferView
from vrm_desktop.ui.models.rows import Cell, Column, Row
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _

_ASKS_SHOWN = 2


def offer_columns() -> tuple[Column, ...]:
    """The columns, from the left."""
    return (
        Column(key="place", title=_("Rank"), narrowest=7, widest=8),
        Column(key="vendor", title=_("Vendor"), narrowest=16, widest=30, stretches=True),
        Column(key="total", title=_("Total to pay"), narrowest=17.5, widest=24, right=True),
        Column(key="arrives", title=_("Arrives"), narrowest=13.5, widest=20),
        Column(key="returns", title=_("Returns"), narrowest=14, widest=20),
        Column(key="asks", title=_("Want to know"), narrowest=17.5, widest=26),
        Column(key="valid", title=_("Stands until"), narrowest=13.5, widest=20),
    )


def offer_row(view: OffersView, offer: OfferView) -> Row:
    """The row of an offer."""
    foreign = offer.currency != view.currency
    late = offer.in_time is False
    return Row(
        id=offer.id,
        cells=(
            Cell(main=str(offer.place) if offer.place else "–", strong=offer.place == 1, order=offer.place),
            Cell(main=offer.vendor, sub=" · ".join(_beside(offer)), strong=True, order=_fold(offer)),
            Cell(
                main=offer.total,
                sub=offer.breakdown,
                strong=True,
                order=None if foreign else offer.total_minor,
            ),
            Cell(main=offer.arrives, sub=_("after your date") if late else "", order=offer.arrives_day),
            Cell(main=offer.returns, sub=offer.warranty, order=offer.returns_days),
            Cell(main=_asks(offer), tone=Tone.NEUTRAL if offer.asks else Tone.GOOD, order=len(offer.asks)),
            Cell(main=offer.valid_until, sub=standing(offer), order=offer.valid_day),
        ),
    )


def standing(offer: OfferView) -> str:
    """How far the vendor is bound by the offer."""
    if offer.expired:
        return _("expired")
    if offer.answered:
        return offer.answered
    return _("binding") if offer.binding else _("to be confirmed")


def _beside(offer: OfferView) -> list[str]:
    """How it came stands first: nobody shall take it for a signed one."""
    return [*([offer.came] if offer.came else []), *([_("Best for you")] if offer.place == 1 else [])]


def _asks(offer: OfferView) -> str:
    if not offer.asks:
        return _("Nothing more")
    shown = ", ".join(offer.asks[:_ASKS_SHOWN])
    more = len(offer.asks) - _ASKS_SHOWN
    return _("{fields} +{count}").format(fields=shown, count=more) if more > 0 else shown


def _fold(offer: OfferView) -> str:
    return offer.vendor.casefold()
