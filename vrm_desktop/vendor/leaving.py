"""What stays with the shop after the end: exactly the values that the person lists as still needed, until their day."""

from datetime import date

from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.messages import End, Kept
from vrm_desktop.protocol.shapes import read_day
from vrm_desktop.vendor.dossier import Dossier

ORDER = "order"
"""What `keep` may say for all that came with the accept."""


def kept_values(dossier: Dossier, end: End) -> tuple[dict[tuple[int, int], date], tuple[Kept, ...]]:
    """The values (number, place) that stay and through which day, and the entries of `keep` that this honours.

    `keep` names a value (`profile.name`), a group (`profile.address`), or `order` for all that came with the accept.
    """
    accept = dossier.last(Side.PERSON, Kind.ACCEPT)
    stays: dict[tuple[int, int], date] = {}
    honoured = []
    for keep in end.keep:
        until = read_day(keep.until)
        places = [
            (held.number, held.place)
            for held in dossier.held
            if _covers(keep.what, Disclosure.from_text(held.text).name)
            or (keep.what == ORDER and accept is not None and held.number == accept.number)
        ]
        for place in places:
            stays[place] = max(until, stays.get(place, until))
        if places:
            honoured.append(keep)
    return stays, tuple(honoured)


def through_the_end(honoured: tuple[Kept, ...]) -> date:
    """Until when documents may lie ready after the end: as long as all of the order stays; `date.min` for no longer."""
    return max((read_day(keep.until) for keep in honoured if keep.what == ORDER), default=date.min)


def _covers(what: str, name: str) -> bool:
    return name == what or name.startswith(what + ".")
