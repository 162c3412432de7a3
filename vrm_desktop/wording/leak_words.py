"""The words about an address that turned up elsewhere: who alone had it, and which agreement that breaks."""

from vrm_desktop.domain.leak import Leak
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import terms_label


def leak_lines(one: Leak, name: str) -> list[str]:
    """Who alone had it, and what was agreed about that."""
    lines = [_("{address} was given to {name} alone.").format(address=one.address, name=name)]
    if one.roster:
        lines.append(_("This breaks what you agreed: {terms}").format(terms=terms_label(one.roster)))
    return lines


def leak_line(one: Leak, name: str) -> str:
    """The same in one line, with its day, what happened, and whether contact was cut off for it."""
    told = [f"{values.day(one.on)}:", *leak_lines(one, name)]
    if one.what:
        told.append(_("“{words}”").format(words=one.what))
    if one.cut_off is not None:
        told.append(_("Contact was cut off on {day}.").format(day=values.day(one.cut_off)))
    return " ".join(told)
