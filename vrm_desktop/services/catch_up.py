"""A vault that was brought back (from a backup, from an archive) learns what was said since, before it says anything.

Each live conversation is marked; a marked one is asked for both sides, and nothing of it is sealed or sent until what
the vendor has and what is here are one chain. Never here: what a message means.
"""

from collections.abc import Sequence
from dataclasses import replace

from vrm_desktop.canon.errors import CanonError
from vrm_desktop.domain.acts import KIND_OF, ActState, Contact, Ping
from vrm_desktop.domain.disclosure import LedgerState
from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Side, State
from vrm_desktop.domain.relationship import Note, Relationship
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.services.errors import HistoryDiffers, NeverLeft, ServiceError, VaultTrouble
from vrm_desktop.services.means import Means
from vrm_desktop.services.own_words import in_order, take_back
from vrm_desktop.services.ports import Changes, ChannelError, Received, Transaction
from vrm_desktop.services.receive_messages import take_in
from vrm_desktop.services.seal_acts import give_up

_DUE, _DONE = "due", ""
_MOST_ANSWERS = 32
"""Two sides of 200 messages, 32 an answer, and a vendor that gives fewer."""


async def mark_all(means: Means) -> Changes:
    """Every live conversation has to be caught up with; questions that only waited to leave are given up.

    Nobody knows whether such a question left after the copy was made, and it would open a second conversation.
    """

    def change(tx: Transaction) -> Changes:
        changes = Changes()
        for relationship in tx.relationships():
            for entry in tx.acts(states=frozenset({ActState.HELD}), relationship=relationship.id):
                if isinstance(entry.act, Ping | Contact):
                    changes |= give_up(tx, means, entry, NeverLeft.code)
            conversation = relationship.conversation
            if conversation.id is not None and conversation.state is not State.ENDED:
                tx.set_setting(_mark(relationship.id), _DUE)
        return changes

    return await means.vault.write(change)


def is_behind(tx: Transaction, key: RelationshipId) -> bool:
    """Whether the conversation has yet to be caught up with."""
    return tx.setting(_mark(key)) == _DUE


async def catch_up(means: Means, key: RelationshipId) -> Changes:
    """Take in what both sides said since the copy was made; the conversation may then go on.

    Raises:
        ChannelError: the vendor cannot be asked now; nothing may be said to it yet.
        HistoryDiffers: its record and what is here are not one chain; nothing may be said to it.
    """
    relationship, secret = await means.vault.read(lambda tx: (tx.relationship(key), tx.read_secret(key)))
    if relationship is None or relationship.conversation.id is None:
        return await means.vault.write(lambda tx: _level(tx, key, ""))
    address = relationship.address or f"{relationship.endpoint}/conversations/{relationship.conversation.id}"
    try:
        heard = await _ask_both(means, relationship, address, secret)
    except ChannelError as error:
        if error.code == "unknown-conversation" and not relationship.address:
            return await means.vault.write(lambda tx: _never_arrived(tx, means, key))
        raise
    changes = Changes()
    try:
        for received in in_order(relationship, heard):
            step = take_in if received.side is Side.VENDOR else take_back
            changes |= await means.vault.write(lambda tx, step=step, one=received: step(tx, means, key, one))  # type: ignore[misc]
    except (HistoryDiffers, VaultTrouble):
        raise
    except (ProtocolError, CanonError, DomainError, ServiceError) as error:
        raise HistoryDiffers(f"{error.code}: {error}") from error
    own = any(received.side is Side.PERSON for received in heard)

    def level(tx: Transaction) -> Changes:
        if own:
            _tell_what_waits(tx, means, key)
        return _level(tx, key, address)

    return changes | await means.vault.write(level)


def _tell_what_waits(tx: Transaction, means: Means, key: RelationshipId) -> None:
    """What the person has said since is here again; whatever waits beside it is told before it leaves."""
    for entry in tx.acts(states=frozenset({ActState.HELD}), relationship=key):
        kind = KIND_OF[type(entry.act)].value
        tx.add_note(Note(relationship=key, at=means.clock.now(), sender=Side.PERSON, kind="still-waits", text=kind))


async def _ask_both(means: Means, relationship: Relationship, address: str, secret: str) -> Sequence[Received]:
    conversation = relationship.conversation
    heard: dict[tuple[Side, int], Received] = {}
    after = {Side.VENDOR: conversation.peer.seq, Side.PERSON: conversation.own.seq}
    for _ in range(_MOST_ANSWERS):
        inbound = await means.channels["native"].fetch(
            address,
            secret=secret,
            side="both",
            after=(after[Side.VENDOR], after[Side.PERSON]),
            wait=0,
            line=relationship.id,
        )
        before = len(heard)
        for received in inbound.messages:
            heard.setdefault((received.side, received.number), received)
            after[received.side] = max(after[received.side], received.number)
        if not inbound.more or len(heard) == before:
            break
    return tuple(heard[key] for key in sorted(heard, key=lambda one: one[1]))


def _never_arrived(tx: Transaction, means: Means, key: RelationshipId) -> Changes:
    changes = Changes()
    for entry in tx.acts(states=frozenset({ActState.SEALED}), relationship=key):
        changes |= give_up(tx, means, entry, NeverLeft.code)
    return changes | _level(tx, key, "")


def _level(tx: Transaction, key: RelationshipId, address: str) -> Changes:
    tx.set_setting(_mark(key), _DONE)
    relationship = tx.relationship(key)
    if relationship is not None and relationship.trouble == HistoryDiffers.code:
        relationship = replace(relationship, trouble="")
        tx.save_relationship(relationship)
    if relationship is None or not address or relationship.address:
        return Changes.of(("relationship", key))
    tx.save_relationship(replace(relationship, address=address))
    for entry in tx.acts(states=frozenset({ActState.SEALED}), relationship=key):
        if isinstance(entry.act, Ping | Contact):  # the vendor has it, or there would be no conversation
            tx.update_act(replace(entry, state=ActState.DELIVERED, maybe=False, trouble=""))
            if entry.message is not None:
                tx.set_ledger_state(entry.message, LedgerState.SENT)
    return Changes.of(("relationship", key))


def _mark(key: RelationshipId) -> str:
    return f"catch-up/{key}"
