"""What a vendor's site says about terms and privacy beside its card, in people's words. Claims, never promises."""

from collections.abc import Callable, Iterable

from vrm_desktop.domain.signals import SignalPlace, SignalState, VendorSignal
from vrm_desktop.domain.terms import RosterEntry, Standing
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import terms_label, with_standing

Named = Callable[[str], RosterEntry | None]
"""The entry that somebody means by a name, if it is one of the roster's."""


def signal_lines(signals: Iterable[VendorSignal], named: Named) -> tuple[tuple[str, str], ...]:
    """Label and words for each place where something was found, or should have been readable."""
    told = ((signal, _words(signal, named)) for signal in signals)
    return tuple((_label(signal.place), words) for signal, words in told if words)


def _label(place: SignalPlace) -> str:
    match place:
        case SignalPlace.MYTERMS_JSON | SignalPlace.MYTERMS:
            return _("Its site names conditions")
        case SignalPlace.GPC:
            return _("Its site on tracking")


def _words(signal: VendorSignal, named: Named) -> str:
    match signal.state:
        case SignalState.ABSENT | SignalState.UNREACHED:
            return ""
        case SignalState.UNREADABLE:
            return _("there is a file, but it cannot be read")
        case SignalState.FOUND:
            said = _on_tracking(honours=signal.honours) if signal.honours is not None else _terms(signal, named)
            return _("{words}, as of {day}").format(words=said, day=signal.since) if signal.since else said


def _on_tracking(*, honours: bool) -> str:
    return _("says that it heeds your wish not to be sold") if honours else _("says that it does not heed that wish")


def _terms(signal: VendorSignal, named: Named) -> str:
    if not signal.terms:
        return _("none")
    return ", ".join(_term(one.name, named(one.name)) for one in signal.terms)


def _term(name: str, known: RosterEntry | None) -> str:
    return terms_label(known.id) if known is not None else with_standing(name, Standing.UNKNOWN)
