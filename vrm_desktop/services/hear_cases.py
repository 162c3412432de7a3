"""What a vendor says in a case, and the money that it sends back: taken in, noted, and never believed to end anything.

Runs inside the transaction that takes a verified message in. Never here: what the person says (`keep_cases`).
"""

from datetime import date

from vrm_desktop.domain.acts import OutboxEntry
from vrm_desktop.domain.case import Case, CaseTurn, TurnWord
from vrm_desktop.domain.ids import Digest, MessageId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.living import CaseAbout, Remedy
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.relationship import Note, Relationship
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.shapes import LeftOut, read_day
from vrm_desktop.services.keep_cases import move
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction
from vrm_desktop.services.stored_documents import as_signed


def hear_answer(
    tx: Transaction, means: Means, owner: Relationship, id: MessageId, message: messages.CaseAnswer
) -> None:
    """The vendor's word on a case of this conversation (its reference was checked when it was received)."""
    found = case_of(tx, means, owner, MessageId(message.case))
    turn = CaseTurn(
        by=Side.VENDOR,
        at=means.clock.now(),
        word=TurnWord(message.answer),
        text=message.text,
        remedy=None if isinstance(message.remedy, LeftOut) else Remedy(message.remedy),
        amount=_money(message.amount, message.currency),
        due=_day(message.by),
        message=id,
    )
    move(tx, means, found, turn)
    _note(tx, means, owner, id, _kind_of(found, turn), turn.text)


def hear_refund(tx: Transaction, means: Means, owner: Relationship, id: MessageId, message: messages.Refund) -> None:
    """Money that the vendor says it sent back, for the order of this conversation and no other."""
    order = tx.order(owner.id)
    amount = Money(minor=message.amount, currency=message.currency)
    if order is None or order.hash != message.order:
        _note(tx, means, owner, id, "refund-unknown", message.number)
        return
    if order.price is not None and order.price.currency != amount.currency:
        _note(tx, means, owner, id, "refund-foreign", amount.decimal() + " " + amount.currency)
    else:
        _note(tx, means, owner, id, "refund", amount.decimal() + " " + amount.currency)
    if not isinstance(message.case, LeftOut):
        found = case_of(tx, means, owner, MessageId(message.case))
        turn = CaseTurn(
            by=Side.VENDOR, at=means.clock.now(), word=TurnWord.REFUND, text=message.number, amount=amount, message=id
        )
        move(tx, means, found, turn)


def case_sealed(tx: Transaction, entry: OutboxEntry, message: MessageId) -> None:
    """A turn of the person's has its signed message now."""
    for found in tx.papers(Case, relationship=entry.relationship):
        if any(turn.act == entry.id for turn in found.turns):
            tx.keep_paper(found.sealed(entry.id, message))


def case_of(tx: Transaction, means: Means, owner: Relationship, opened: MessageId) -> Case:
    """The case that this message opened; made anew from the journal where a brought back vault has lost it."""
    for found in tx.papers(Case, relationship=owner.id):
        if found.opened == opened:
            return found
    row, said = as_signed(tx, owner, opened, messages.Case, Side.PERSON)
    by = _day(said.by)
    made = Case(
        id=means.new_id("case"),
        vendor=owner.vendor,
        relationship=owner.id,
        at=row.at,
        about=CaseAbout(said.about),
        what=said.what,
        want=Remedy(said.want),
        order=None if isinstance(said.order, LeftOut) else Digest(said.order),
        amount=_money(said.amount, said.currency),
        by=by,
        evidence=tuple(MessageId(id) for id in dict.fromkeys(said.evidence)),
        opened=row.message,
    )
    turn = CaseTurn(by=Side.PERSON, at=row.at, word=TurnWord.OPENED, text=said.what, due=by, message=row.message)
    kept = made.said(turn)
    tx.keep_paper(kept)
    return kept


def _kind_of(found: Case, turn: CaseTurn) -> str:
    if found.over:
        return "case-late"
    if found.unasked(turn):
        return "case-unasked"
    return "case-foreign" if found.foreign(turn) else f"case-{turn.word}"


def _note(tx: Transaction, means: Means, owner: Relationship, id: MessageId, kind: str, text: str) -> None:
    at = means.clock.now()
    tx.add_note(Note(relationship=owner.id, at=at, sender=Side.VENDOR, kind=kind, text=text, message=id))


def _money(minor: int | LeftOut, currency: str | LeftOut) -> Money | None:
    if isinstance(minor, LeftOut) or isinstance(currency, LeftOut):
        return None
    return Money(minor=minor, currency=currency)


def _day(day: str | LeftOut) -> date | None:
    return None if isinstance(day, LeftOut) else read_day(day)
