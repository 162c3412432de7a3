"""Orders by e-mail: placed with the text that leaves, and confirmed by the person's word for a mail that came.

Nobody has signed such an order, and nothing in a mail is ever used to pay it. Never here: writing mails (ask_by_mail),
orders over our own wire.
"""

from dataclasses import replace

from vrm_desktop.canon import hashes
from vrm_desktop.domain.agenda import AgendaItem, AgendaKind
from vrm_desktop.domain.ids import Digest, MessageId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.mail import MailIn
from vrm_desktop.domain.offer import Offer
from vrm_desktop.domain.relationship import Note, OrderRecord, OrderState, Relationship
from vrm_desktop.domain.ways import Way
from vrm_desktop.services import hand_over_payment, order_promises, outside_acts
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction


def placed(tx: Transaction, means: Means, offer: Offer, payment: str, body: str) -> None:
    """Inside one transaction: an offer was accepted by mail. What is kept for proof is the exact text that leaves."""
    document = body.encode("utf-8")
    tx.save_order(
        OrderRecord(
            relationship=offer.relationship,
            intentcast=offer.intentcast,
            offer=offer.id,
            hash=Digest(hashes.digest(document)),
            lines=offer.lines,
            price=offer.price,
            payment_method=payment,
            state=OrderState.PLACED,
            placed=means.clock.now(),
            document=document,
        )
    )
    now = means.clock.now()
    tx.add_note(Note(relationship=offer.relationship, at=now, sender=Side.PERSON, kind="mail-ordered", text=""))
    if offer.by is not None:
        tx.put_agenda(
            AgendaItem(kind=AgendaKind.DELIVERY_DUE, due=offer.by, key=offer.id, relationship=offer.relationship)
        )


async def confirmed_by(means: Means, mail: str) -> OrderRecord:
    """The person says that this mail confirms what she ordered by mail. Whether she paid is asked a week later.

    Raises:
        NotFound: no such mail. NotPossibleNow: it is not known which order it means, the order waits for no
        confirmation or has not left yet, or the mail is the offer itself.
    """

    def change(tx: Transaction) -> OrderRecord:
        found = tx.paper(MailIn, mail)
        if found is None:
            raise NotFound(mail)
        owner, order = _confirmable(tx, found)
        confirmed = replace(order, state=OrderState.CONFIRMED)
        tx.save_order(confirmed)
        order_promises.confirmed(tx, means, owner, confirmed)
        hand_over_payment.ask_in_a_week(tx, means, owner.id)
        tx.add_note(
            Note(
                relationship=owner.id,
                at=means.clock.now(),
                sender=Side.VENDOR,
                kind="mail-confirmed",
                text=found.sender,
                message=MessageId(found.digest),
            )
        )
        return confirmed

    return await means.vault.write(change)


async def confirmable(means: Means, mail: MailIn) -> OrderRecord | None:
    """The order that the person can say this mail confirms; None where she cannot."""

    def look(tx: Transaction) -> OrderRecord | None:
        try:
            return _confirmable(tx, mail)[1]
        except NotPossibleNow:
            return None

    return await means.vault.read(look)


def _confirmable(tx: Transaction, mail: MailIn) -> tuple[Relationship, OrderRecord]:
    owner, order = _meant(tx, mail)
    if str(mail.digest) == str(order.offer):
        raise NotPossibleNow("it is the offer itself")
    if mail.at < order.placed:
        raise NotPossibleNow("it came before the order")
    if outside_acts.waiting(tx, owner.id):
        raise NotPossibleNow("the order has not left yet")
    return owner, order


def _meant(tx: Transaction, mail: MailIn) -> tuple[Relationship, OrderRecord]:
    """The order of the mail's own relationship; where it names none, the only one that waits at its counterparty."""
    found = []
    for order in tx.orders():
        owner = tx.relationship(order.relationship)
        theirs = owner is not None and owner.way is Way.MAIL and owner.vendor == mail.vendor
        if owner is not None and theirs and order.state is OrderState.PLACED:
            found.append((owner, order))
    own = [one for one in found if one[0].id == mail.relationship] or found
    if len(own) != 1:
        raise NotPossibleNow("it is not known which order it confirms")
    return own[0]
