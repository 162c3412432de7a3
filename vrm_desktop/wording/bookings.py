"""Money between the person and a counterparty, in words. No decisions here."""

from vrm_desktop.domain.booking import Balance, BookingKind
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _


def booking_label(kind: BookingKind) -> str:
    """What happened to the money."""
    return {
        BookingKind.OWED: _("to pay"),
        BookingKind.PAID: _("you paid"),
        BookingKind.RECEIPT: _("receipt"),
        BookingKind.BACK: _("came back"),
    }[kind]


def balance_words(balance: Balance) -> str:
    """How one currency stands."""
    spent = _("{money} paid, less what came back").format(money=values.money(balance.spent))
    if not balance.open.minor:
        return spent
    return _("{open} to pay; {spent}").format(open=values.money(balance.open), spent=spent)
