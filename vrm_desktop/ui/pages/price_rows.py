"""Public prices as rows of their own table, which has no column for a place: they are never ranked."""

from vrm_desktop.ui.models.prices_view import PriceView, WatchView
from vrm_desktop.ui.models.rows import Cell, Column, Row
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _


def price_columns() -> tuple[Column, ...]:
    """The columns, from the left."""
    return (
        Column(key="what", title=_("What and where"), narrowest=24, widest=60, stretches=True),
        Column(key="price", title=_("Public price"), narrowest=17.5, widest=28, right=True),
        Column(key="seen", title=_("Seen on"), narrowest=17.5, widest=22),
        Column(key="limit", title=_("My limit"), narrowest=17.5, widest=26),
        Column(key="watch", title=_("Watched"), narrowest=13, widest=26),
    )


def _watched(watch: WatchView | None) -> str:
    if watch is None:
        return "–"
    if watch.fallen:
        return _("fallen")
    return _("yes") if watch.watching else "–"


def price_row(one: PriceView, currency: str) -> Row:
    """The row of a public price; amounts are ordered in `currency` alone, as others cannot be compared."""
    watch = one.watch
    watched = watch is not None and watch.watching
    fallen = watch is not None and watch.fallen
    return Row(
        id=one.id,
        cells=(
            Cell(main=one.title, sub=one.where, strong=True, order=one.title.casefold()),
            Cell(main=one.price, sub=one.beside, strong=True, order=one.minor if one.currency == currency else None),
            Cell(main=one.seen, sub=one.kind, order=one.seen_day),
            Cell(
                main=one.limit or "–",
                sub=one.limit_note,
                tone=one.limit_tone if one.limit else None,
                order=one.limit or None,
            ),
            Cell(
                main=_watched(one.watch),
                tone=Tone.GOOD if fallen else Tone.NEUTRAL if watched else None,
                order=0 if fallen else 1 if watched else 2,
            ),
        ),
    )
