"""Changes in words: what each counterparty gets, why it should rather erase, and how far it has come."""

from vrm_desktop.domain.change import Choice, Way, WhyErase
from vrm_desktop.wording.catalogue import _


def choice_label(choice: Choice) -> str:
    """What a counterparty gets."""
    return {
        Choice.TELL: _("Tell them"),
        Choice.ERASE: _("Ask to erase"),
        Choice.LEAVE: _("Leave it"),
    }[choice]


def way_label(way: Way, choice: Choice = Choice.TELL) -> str:
    """How it goes."""
    if way is Way.WIRE:
        return _("by itself, signed")
    return _("a letter, ready to send") if choice is not Choice.LEAVE else ""


def why_erase_label(why: WhyErase) -> str:
    """Why it should rather erase than know better."""
    return {
        WhyErase.OVER: _("it is over between you"),
        WhyErase.LAPSED: _("the time it may use this has run out"),
        WhyErase.NEVER_SHARED: _("you never share this"),
        WhyErase.RULED_OUT: _("a rule of yours says never"),
        WhyErase.PURPOSE: _("it was not for the service itself"),
        WhyErase.NO_TERMS: _("no conditions are signed"),
    }[why]


def standing_label(standing: str) -> str:
    """How far it has come with one counterparty."""
    return {
        "waits-for-day": _("waits for the day"),
        "held": _("leaves in a moment"),
        "leaving": _("on its way"),
        "told": _("told, no receipt yet"),
        "received": _("received"),
        "letter": _("letter to send"),
        "letter-out": _("letter handed out: was it sent?"),
        "sent": _("letter sent, no answer yet"),
        "refused": _("could not be told"),
        "taken-back": _("taken back"),
        "over": _("told, and ended since"),
    }[standing]
