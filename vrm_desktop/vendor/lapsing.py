"""The retention clock: what may no longer be kept goes on its day, and the person gets a signed receipt for it."""

from functools import partial

from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.kinds import Kind, Side, State
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.messages import Acknowledgement, Closure
from vrm_desktop.protocol.stamping import Stamp
from vrm_desktop.vendor.turn import Turn

_BOUND = frozenset({State.ORDERED, State.CONFIRMED, State.ENDING, State.ENDED})
"""Where more than the values holds both sides together, or nothing does any more: no conversation ends by the clock."""


def lapse(turn: Turn) -> None:
    """Erase what was given through a day that is past; say so, and close where nothing is left to talk about."""
    dossier, today = turn.dossier, turn.now.date()
    gone = [held for held in dossier.held if held.until < today]
    if not gone:
        return
    stays = {(held.number, held.place): held.until for held in dossier.held if held.until >= today}
    turn.erase(but=stays)
    if not stays and dossier.conversation.state not in _BOUND and turn.may(Kind.CLOSURE):
        turn.release()
        turn.settle(*(entry.number for entry in dossier.entries if entry.side is Side.PERSON))
        turn.close(lambda claims: Closure(**claims, reason="lapsed", erased=True))
        return
    for number in sorted({held.number for held in gone}):
        beside = dossier.person_entry(number)
        digests = tuple(sorted(Disclosure.from_text(held.text).digest for held in gone if held.number == number))
        if beside is not None and turn.may(Kind.ACKNOWLEDGEMENT):
            turn.say(partial(_receipt, beside.id, digests))


def _receipt(of: MessageId, digests: tuple[str, ...], claims: Stamp) -> Acknowledgement:
    return Acknowledgement(**claims, of=of, erased=digests)
