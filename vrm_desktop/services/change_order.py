"""Changes of an order that cost nothing else: asked for, and what the vendor's status says became of them.

A new delivery address goes with the change under the agreement for the order, ledger first. What would cost something
else is a new order, and nothing for this file.
"""

from dataclasses import dataclass, replace
from datetime import date

from vrm_desktop.domain import acts
from vrm_desktop.domain.acts import ActState, OutboxEntry
from vrm_desktop.domain.disclosure import PlannedField
from vrm_desktop.domain.ids import Digest, MessageId, RelationshipId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.letter import Letter, LetterAbout
from vrm_desktop.domain.living import ChangeKind
from vrm_desktop.domain.order_change import ChangeAnswer, ChangeAsked, HeldDocument
from vrm_desktop.domain.plan import DELIVERED, order_fields
from vrm_desktop.domain.relationship import Note, OrderState, Relationship
from vrm_desktop.formats.claim_letters import change_letter
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.shapes import LeftOut
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.hold_acts import hold
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.reachable import by_wire
from vrm_desktop.services.stored_documents import as_signed
from vrm_desktop.services.write_instead import write

_OPEN = frozenset({OrderState.PLACED, OrderState.CONFIRMED})


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AskedForChange:
    """The change that was asked for, and the letter that asks where it does not go over the wire."""

    change: ChangeAsked
    letter: Letter | None
    changes: Changes


async def ask(
    means: Means,
    key: RelationshipId,
    what: ChangeKind,
    *,
    text: str = "",
    by: date | None = None,
    new_address: bool = False,
) -> AskedForChange:
    """Ask the vendor to cancel, change, pause or resume the order, or for a document.

    With `new_address` the name and address that stand in the profile now go with it, under the agreement.

    Raises:
        NotFound: no such relationship. NotPossibleNow: nothing was ordered here, it is over already, or the address
        cannot be told this way. MissingField: the profile lacks a part of the address. InvalidValue: too long a text.
    """

    def change(tx: Transaction) -> AskedForChange:
        owner, order = tx.relationship(key), tx.order(key)
        if owner is None:
            raise NotFound(key)
        if order is None or (what is not ChangeKind.DOCUMENT and order.state not in _OPEN):
            raise NotPossibleNow("there is no order that could be changed")
        wire = by_wire(tx, owner, Kind.ORDER_CHANGE)
        if new_address and (what is not ChangeKind.CHANGE or not wire):
            raise NotPossibleNow("a new address goes with a change, over the wire")
        fields = delivery_fields(tx, means) if new_address else ()
        asked = ChangeAsked(
            id=means.new_id("change"),
            vendor=owner.vendor,
            relationship=key,
            at=means.clock.now(),
            what=what,
            order=order.hash,
            text=text.strip(),
            by=by,
            told=tuple(field.name for field in fields),
        )
        return _say(tx, means, owner, asked, fields)

    return await means.vault.write(change)


async def new_delivery(means: Means) -> tuple[PlannedField, ...]:
    """Exactly what would go with a change of the delivery address.

    Raises:
        MissingField: the profile lacks a part of it.
    """
    return await means.vault.read(lambda tx: delivery_fields(tx, means))


def delivery_fields(tx: Transaction, means: Means) -> tuple[PlannedField, ...]:
    """What a delivery needs, as the profile has it now."""
    return order_fields(tx.profile(), DELIVERED, means.clock.today())


def change_sealed(tx: Transaction, entry: OutboxEntry, message: MessageId) -> None:
    """A change has its signed message now."""
    for one in tx.papers(ChangeAsked, relationship=entry.relationship):
        if one.act == entry.id:
            tx.keep_paper(one.sealed(message))


def hear_status(tx: Transaction, means: Means, owner: Relationship, id: MessageId, message: messages.Status) -> bool:
    """The vendor's answer to a change (its reference was checked when it was received), with documents it holds ready.

    Whether the status is such an answer.
    """
    documents = () if isinstance(message.documents, LeftOut) else message.documents
    held = tuple(
        HeldDocument(title=one.title, media=one.media, digest=Digest(one.hash), link=one.link) for one in documents
    )
    if isinstance(message.of, LeftOut) or isinstance(message.answer, LeftOut):
        return False
    asked = _change_of(tx, means, owner, MessageId(message.of))
    answer = ChangeAnswer(message.answer)
    tx.keep_paper(asked.heard(answer, means.clock.now(), id, message.note, held))
    tx.add_note(
        Note(
            relationship=owner.id,
            at=means.clock.now(),
            sender=Side.VENDOR,
            kind=f"order-{answer}",
            text=message.note,
            message=id,
        )
    )
    return True


def unsent(tx: Transaction, asked: ChangeAsked) -> ActState | None:
    """Whether the change still waits to leave, or cannot leave; None when it has left."""
    states = frozenset({ActState.HELD, ActState.SEALED, ActState.FAILED, ActState.UNDONE})
    entries = tx.acts(states=states, relationship=asked.relationship)
    return next((entry.state for entry in entries if entry.id == asked.act), None)


def _say(
    tx: Transaction,
    means: Means,
    owner: Relationship,
    asked: ChangeAsked,
    fields: tuple[PlannedField, ...],
) -> AskedForChange:
    letter: Letter | None = None
    if by_wire(tx, owner, Kind.ORDER_CHANGE) and asked.order is not None:
        act = acts.OrderChange(order=asked.order, what=asked.what, text=asked.text, by=asked.by, fields=fields)
        asked = replace(asked, act=hold(tx, means, owner.id, act))
    else:
        letter = _letter(tx, means, owner, asked)
        asked = replace(asked, letter=letter.id)
    tx.keep_paper(asked)
    tx.add_note(
        Note(relationship=owner.id, at=asked.at, sender=Side.PERSON, kind=f"order-{asked.what}", text=asked.text)
    )
    things = [("order-change", asked.id), ("relationship", owner.id)]
    if letter is not None:
        things.append(("letter", letter.id))
    return AskedForChange(change=asked, letter=letter, changes=Changes.of(*things))


def _change_of(tx: Transaction, means: Means, owner: Relationship, message: MessageId) -> ChangeAsked:
    """The change that this message asked for; made anew from the journal where a brought back vault has lost it."""
    for one in tx.papers(ChangeAsked, relationship=owner.id):
        if one.message == message:
            return one
    row, said = as_signed(tx, owner, message, messages.OrderChange, Side.PERSON)
    return ChangeAsked(
        id=means.new_id("change"),
        vendor=owner.vendor,
        relationship=owner.id,
        at=row.at,
        what=ChangeKind(said.what),
        order=Digest(said.order),
        text=said.text,
        message=message,
    )


def _letter(tx: Transaction, means: Means, owner: Relationship, asked: ChangeAsked) -> Letter:
    return write(
        tx, means, owner, LetterAbout.CHANGE, asked.id, lambda language, name: change_letter(language, asked, name=name)
    )
