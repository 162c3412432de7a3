"""Disclosures in words: what, for what, under which agreement, and what became of it."""

from collections.abc import Mapping

from vrm_desktop.domain.disclosure import BasisKind, LedgerRow, LedgerState, Stage
from vrm_desktop.domain.ids import Digest
from vrm_desktop.ui.models.ledger_view import LedgerFilter
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import terms_name

STAGES = {
    Stage.PING: LedgerFilter.PING,
    Stage.REVEAL: LedgerFilter.REVEAL,
    Stage.ORDER: LedgerFilter.ORDER,
    Stage.LATER: LedgerFilter.LATER,
}


def stage_words(stage: Stage) -> str:
    """At which stage it was told."""
    return {
        Stage.PING: _("first question"),
        Stage.REVEAL: _("your details"),
        Stage.ORDER: _("your order"),
        Stage.LATER: _("later on"),
    }[stage]


def state_tone(state: LedgerState) -> Tone:
    """How much a state asks for attention."""
    return {
        LedgerState.LEAVING: Tone.ACCENT,
        LedgerState.SENT: Tone.NEUTRAL,
        LedgerState.MAYBE: Tone.CAUTION,
        LedgerState.EXPIRED: Tone.NEUTRAL,
        LedgerState.ERASURE_ASKED: Tone.CAUTION,
        LedgerState.ERASED: Tone.GOOD,
        LedgerState.NOT_SENT: Tone.NEUTRAL,
    }[state]


def basis_words(row: LedgerRow, rosters: Mapping[Digest, str]) -> str:
    """On what it rests; `rosters` names the roster entry of each agreement's hash."""
    match row.basis:
        case BasisKind.SIGNED_AGREEMENT:
            roster = rosters.get(row.agreement) if row.agreement else None
            return terms_name(roster) if roster else _("signed conditions")
        case BasisKind.WRITTEN_ACCEPTANCE:
            return _("written acceptance")
        case BasisKind.OWN_ACT:
            return _("you said so yourself")
