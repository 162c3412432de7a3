"""What still waits in a copy of the vault, held against what was said since: the same, overtaken by it, or another.

Never here: whose words they are and that they continue the chain (`own_words`).
"""

from collections.abc import Mapping
from dataclasses import replace

from vrm_desktop.domain import acts
from vrm_desktop.domain.acts import ActState
from vrm_desktop.domain.disclosure import PlannedField
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.checking import kind_of
from vrm_desktop.protocol.claims import Item, WiderItem
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.meanings import day_claim
from vrm_desktop.protocol.messages import AnyMessage
from vrm_desktop.protocol.saying import plain_message
from vrm_desktop.protocol.stamping import Stamp
from vrm_desktop.services.errors import SaidOtherwise
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction
from vrm_desktop.services.seal_acts import give_up

Values = Mapping[str, Disclosure]
"""What may stand behind digests, by digest. A value that the vendor has erased meanwhile is missing."""


def answer_held(
    tx: Transaction, means: Means, key: RelationshipId, envelope: Envelope, message: AnyMessage, values: Values
) -> None:
    """What waited here and says the same was said: it is not said twice. Everything else goes on waiting.

    But what the message has overtaken (another price, another new number) is given up, which the story tells: said
    now, it would undo what the person has said since.
    """
    held = tx.acts(states=frozenset({ActState.HELD}), relationship=key)
    for entry in held:
        if says(message, entry.act, values):
            body, said = envelope.to_bytes(), envelope.message_id
            tx.update_act(replace(entry, state=ActState.DELIVERED, message=said, body=body))
            return
    for entry in held:
        if overtakes(message, entry.act, values):
            give_up(tx, means, entry, SaidOtherwise.code)


def says(message: AnyMessage, act: acts.Act, values: Values) -> bool:
    """Whether `message` says what `act` would: the same content, or an act that a thing can bear only once."""
    if kind_of(message) is not acts.KIND_OF[type(act)]:
        return False
    match act:
        case acts.Counter() if isinstance(message, messages.Counter):
            claimed = (message.offer, message.total, message.currency, message.note)
            return claimed == (act.offer, act.price.minor, act.price.currency, act.note)
        case acts.Accept() | acts.Decline() if isinstance(message, messages.Accept | messages.Decline):
            return message.offer == act.offer
        case acts.Paid() if isinstance(message, messages.Paid):
            return (message.amount, message.currency) == (act.amount.minor, act.amount.currency)
        case acts.Update() if isinstance(message, messages.Update):
            return _same_values(act.fields, message.items, values)
        case acts.Grant() if isinstance(message, messages.Grant):
            same = (message.of, message.consent) == (act.of, act.consent)
            return same and _same_values(act.fields, message.items, values)
        case acts.Refuse() if isinstance(message, messages.Refuse):
            return message.of == act.of
        case acts.OrderChange() if isinstance(message, messages.OrderChange):
            changed = (message.order, message.what, message.text, message.by)
            same = changed == (act.order, act.what.value, act.text, day_claim(act.by))
            return same and _same_values(act.fields, message.items, values)
        case (
            acts.Case()
            | acts.CaseReply()
            | acts.DataRequest()
            | acts.WithdrawConsent()
            | acts.Notice()
            | acts.Voice()
            | acts.Message()
        ):
            return plain_message(act, _place_of(message)) == message
        case _:
            return True  # an opening, an answer to terms, the reveal, a withdrawal, an end: there is one of each


def overtakes(message: AnyMessage, act: acts.Act, values: Values) -> bool:
    """Whether `act`, of other content, must not be said after `message`: it would take the person's later word back."""
    match act:
        case acts.Counter() | acts.Accept() | acts.Paid():
            return kind_of(message) is acts.KIND_OF[type(act)]
        case acts.Update() if isinstance(message, messages.Update):
            names = {values[item.digest].name for item in message.items if item.digest in values}
            unknown = any(item.digest not in values for item in message.items)
            return unknown or any(field.name in names for field in act.fields)
        case acts.Grant() | acts.Refuse() if isinstance(message, messages.Grant | messages.Refuse):
            return message.of == act.of
        case _:
            return False


def _same_values(
    fields: tuple[PlannedField, ...], items: tuple[Item, ...] | tuple[WiderItem, ...], values: Values
) -> bool:
    """As far as is known: a value that was erased since cannot be compared, and is not told a second time."""
    told = {(values[item.digest].name, values[item.digest].value) for item in items if item.digest in values}
    return len(items) == len(fields) and told <= {(field.name, field.value) for field in fields}


def _place_of(message: AnyMessage) -> Stamp:
    return Stamp(
        aud=message.aud,
        seq=message.seq,
        exp=message.exp,
        conv=message.conv,
        prev=message.prev,
        seen=message.seen,
    )
