"""Money both ways and things, as the file of a counterparty shows them. Pure."""

from datetime import date

from vrm_desktop.domain.booking import Booking, BookingKind, balances
from vrm_desktop.domain.thing import Thing
from vrm_desktop.ui.models.belongings_view import BookingLine, MoneyView, ThingLine
from vrm_desktop.ui.presenters.ledger import sentence_case
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording import values
from vrm_desktop.wording.bookings import balance_words, booking_label
from vrm_desktop.wording.catalogue import _

_TONES = {BookingKind.OWED: Tone.CAUTION, BookingKind.BACK: Tone.GOOD}


def money_view(bookings: tuple[Booking, ...]) -> MoneyView:
    """All bookings, the newest first."""
    return MoneyView(
        lines=tuple(_booking(one) for one in reversed(bookings)),
        balances=tuple(sentence_case(balance_words(one)) for one in balances(bookings)),
    )


def thing_lines(things: tuple[Thing, ...], today: date) -> tuple[ThingLine, ...]:
    """All things, those that are gone last."""
    return tuple(_thing(one, today) for one in sorted(things, key=lambda one: one.gone is not None))


def _booking(one: Booking) -> BookingLine:
    return BookingLine(
        id=one.id,
        on=values.day(one.on),
        on_day=one.on.toordinal(),
        what=one.what,
        number=one.number,
        kind=sentence_case(booking_label(one.kind)),
        amount=values.money(one.amount),
        minor=one.amount.minor,
        tone=_TONES.get(one.kind, Tone.NEUTRAL),
        by_hand=one.message is None,
    )


def _thing(one: Thing, today: date) -> ThingLine:
    title = one.title if one.quantity == 1 else f"{one.quantity} × {one.title}"
    state, tone = _state(one, today)
    return ThingLine(
        id=one.id,
        title=title,
        numbers=" · ".join(part for part in (one.serial, one.gtin, one.note) if part),
        bought=values.day(one.bought) if one.bought else "",
        bought_day=one.bought.toordinal() if one.bought else 0,
        state=state,
        tone=tone,
        gone=one.gone is not None,
    )


def _state(one: Thing, today: date) -> tuple[str, Tone]:
    if one.gone is not None:
        return _("Gone since {day}").format(day=values.day(one.gone)), Tone.NEUTRAL
    if one.return_by is not None and today <= one.return_by:
        return _("Can go back until {day}").format(day=values.day(one.return_by)), Tone.ACCENT
    if one.warranty_until is None:
        return _("No warranty known"), Tone.NEUTRAL
    day = values.day(one.warranty_until)
    if today <= one.warranty_until:
        return _("Warranty until {day}").format(day=day), Tone.GOOD
    return _("Warranty ended on {day}").format(day=day), Tone.NEUTRAL
