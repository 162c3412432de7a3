"""What the terms in force let the shop use data for. What they do not cover needs the person's own yes."""

from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.terms import RosterEntry, UnknownTerms
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.protocol.roster import Roster
from vrm_desktop.vendor.dealings import Dealings
from vrm_desktop.vendor.dossier import Dossier

_SERVICE = frozenset({Purpose.DELIVERY, Purpose.PAYMENT, Purpose.CONTACT, Purpose.SERVICE})
_WORDS = {
    Purpose.QUOTE: frozenset({"making-an-offer"}),
    Purpose.RESEARCH: frozenset({"public-good"}),
    Purpose.PERSONALISATION: frozenset({"profiling", "profiling-by-you"}),
}


def covered(purpose: Purpose, entry: RosterEntry | None) -> bool:
    """Whether these terms cover this use; terms that this program does not know cover nothing."""
    if entry is None:
        return False
    if purpose in _SERVICE:
        return entry.id.startswith("SD-") or "use-as-agreed" in entry.allows
    return bool(_WORDS.get(purpose, frozenset()) & set(entry.allows))


def terms_in_force(dossier: Dossier, roster: Roster) -> RosterEntry | None:
    """The entry of the agreement that covers what is told now; None before there is one, or where it is unknown."""
    try:
        terms = Dealings(dossier).in_force().terms
        return roster.get(terms.roster, terms.version)
    except (ProtocolError, UnknownTerms):
        return None
