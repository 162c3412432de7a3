"""Disclosures in words: what, for what, under which agreement, and what became of it."""

from vrm_desktop.domain.disclosure import LedgerState, Stage
from vrm_desktop.ui.models.ledger_view import LedgerFilter
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _

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
