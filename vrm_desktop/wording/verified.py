"""How it was checked who a counterparty is, in words. No decisions about it."""

from datetime import datetime

from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _


def verified_words(pinned: str | None, began_with: str, since: datetime) -> str:
    """By which key it is checked; `pinned`: the one that is kept, `began_with`: that of this relationship's start."""
    if pinned is None:
        return _("It has no key: you wrote down who it is, and nobody has checked that.")
    if pinned != began_with:
        return _("The vendor shows another key now than the one this relationship began with.")
    return _("Every message is checked against this key, kept since {day}.").format(
        day=values.day(since.astimezone().date())
    )
