"""Orders: the offer as accepted, under both signatures, and the record of how it came about. No paying here."""

from datetime import datetime
from typing import final

from msgspec import UNSET, UnsetType

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.hashes import digest
from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.ids import Digest, Kid, MessageId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.protocol.agreements import SignedAgreement
from vrm_desktop.protocol.checking import check_contract, check_price
from vrm_desktop.protocol.disclosures import check_pledged
from vrm_desktop.protocol.documents import VerifiedDocument, payload_bytes
from vrm_desktop.protocol.errors import BadOrder, RecordDiffers
from vrm_desktop.protocol.messages import Accept, Confirmation, CoSigned, Offer, OrderText
from vrm_desktop.protocol.shapes import (
    canonical_value,
    payload_of,
    read_day,
    read_instant,
    revalidated,
    struct_of,
    write_instant,
)
from vrm_desktop.protocol.signing import Signer, Typ, cosign, verify_cosigned


def order_text(
    offer: Offer,
    *,
    offer_id: MessageId,
    agreement: SignedAgreement,
    payment: str,
    digests: tuple[Digest, ...],
    made: datetime,
    keys: tuple[Kid, Kid] | None = None,
) -> OrderText:
    """The order that accepts `offer` (message id `offer_id`) under the service agreement.

    `payment` is one of the offer's ways to pay ("none" where it names none); `digests` are those of what delivery gets.
    `keys` are the person's and the vendor's of today, where one changed since the agreement.

    Raises:
        BadOrder: a way to pay that the offer does not name.
        Malformed: a value out of bounds.
    """
    if payment not in (offer.payment or ("none",)):
        raise BadOrder("a way to pay that the offer does not name")
    if isinstance(offer.conv, UnsetType):
        raise BadOrder("an offer outside a conversation")
    person, vendor = keys or (agreement.text.person, agreement.text.vendor)
    return revalidated(
        OrderText(
            conv=offer.conv,
            offer=offer_id,
            person=person,
            vendor=vendor,
            agreement=agreement.hash,
            lines=offer.lines,
            price=None if isinstance(offer.price, UnsetType) else offer.price,
            fulfilment=offer.fulfilment,
            by=None if isinstance(offer.by, UnsetType) else offer.by,
            binding=offer.binding,
            payment=payment,
            digests=digests,
            made=write_instant(made),
            contract=offer.contract,
        )
    )


def sign_order(text: OrderText, signer: Signer) -> CoSigned:
    """The order under the person's signature."""
    return cosign(signer, Typ.ORDER, payload_of(text))


def countersign_order(document: CoSigned, signer: Signer, *, person: Kid) -> CoSigned:
    """The order with the vendor's signature after the person's.

    Raises:
        BadSignature: it does not bear exactly the person's signature.
    """
    return cosign(signer, Typ.ORDER, verify_cosigned(document, typ=Typ.ORDER, kids=(person,)), document)


def read_order(document: CoSigned, *, signed_by: tuple[Kid, ...]) -> OrderText:
    """The order that exactly `signed_by` signed, in that order.

    Raises:
        BadSignature: a signature does not hold, or others signed.
        Malformed: not an order text.
    """
    payload = verify_cosigned(document, typ=Typ.ORDER, kids=signed_by)
    text = struct_of(canonical_value(payload), OrderText)
    read_instant(text.made)
    if text.by is not None:
        read_day(text.by)
    check_price(UNSET if text.price is None else text.price)
    check_contract(text.contract)
    return text


@final
class SignedOrder(VerifiedDocument[OrderText]):
    """An order with both signatures. Its constructor verifies."""

    __slots__ = ()

    def __init__(self, document: CoSigned, *, person: Kid, vendor: Kid) -> None:
        """Verify both signatures and that the order is between `person` and `vendor`.

        Raises:
            BadSignature: a signature is missing or does not hold.
            BadOrder: the text names other parties.
            Malformed: not an order text.
        """
        text = read_order(document, signed_by=(person, vendor))
        if (text.person, text.vendor) != (person, vendor):
            raise BadOrder("an order of other parties")
        super().__init__(document, text)

    def __repr__(self) -> str:
        return f"SignedOrder({self._hash})"


def placed(document: CoSigned, conversation: Conversation) -> OrderText:
    """The order of an accept in this conversation, signed by the person's key of then, which it names.

    Raises:
        BadOrder: it names keys that neither side has or had.
        BadSignature, Malformed: as for any document.
    """
    return read_order(document, signed_by=_keys_of_then(document, conversation)[:1])


def confirmed(document: CoSigned, conversation: Conversation) -> SignedOrder:
    """The order of a confirmation in this conversation, signed by both sides' keys of then, which it names.

    Raises:
        BadOrder: it names keys that neither side has or had.
        BadSignature, Malformed: as for any document.
    """
    person, vendor = _keys_of_then(document, conversation)
    return SignedOrder(document, person=person, vendor=vendor)


def _keys_of_then(document: CoSigned, conversation: Conversation) -> tuple[Kid, Kid]:
    text = struct_of(canonical_value(payload_bytes(document)), OrderText)
    if text.person not in conversation.kids(Side.PERSON) or text.vendor not in conversation.kids(Side.VENDOR):
        raise BadOrder("an order of other parties")
    return Kid(text.person), Kid(text.vendor)


def check_accept(
    accept: Accept, *, conversation: Conversation, offer: Offer, offer_id: MessageId, agreement: SignedAgreement
) -> OrderText:
    """The order in an accept, for the desk: exactly `offer` (the desk's own, by id), nothing more and nothing less.

    Raises:
        BadOrder: it repeats the offer otherwise, or names another conversation, agreement or way to pay.
        BadDisclosure: a value rides beside it whose digest is not in the order.
        BadSignature, Malformed: as for any document.
    """
    text = read_order(accept.order, signed_by=(conversation.peer_kid,))
    if accept.offer != offer_id or text.conv != conversation.id or text.vendor not in conversation.own_kids:
        raise BadOrder("an order for another offer, or another desk")
    expected = order_text(
        offer,
        offer_id=offer_id,
        agreement=agreement,
        payment=text.payment,
        digests=tuple(Digest(item) for item in text.digests),
        made=read_instant(text.made),
        keys=(conversation.peer_kid, Kid(text.vendor)),
    )
    if expected != text:
        raise BadOrder("the order is not the offer")
    check_pledged(accept.items, text.digests)
    return text


def check_confirmation(confirmation: Confirmation, *, order: CoSigned, record: Digest) -> SignedOrder:
    """The confirmed order, for the person: the text that was sent, and the record that both sides computed.

    `order` is the person's own, as sent: it names both parties' keys of then.

    Raises:
        BadOrder: another text than the one sent in `order`, or another way to pay.
        RecordDiffers: the desk's record hash is not `record`.
        BadSignature, Malformed: as for any document.
    """
    if confirmation.order.payload != order.payload:
        raise BadOrder("another order than the one sent")
    sent = struct_of(canonical_value(payload_bytes(order)), OrderText)
    signed = SignedOrder(confirmation.order, person=Kid(sent.person), vendor=Kid(sent.vendor))
    if confirmation.payment.method != signed.text.payment:
        raise BadOrder("another way to pay than the one ordered")
    if confirmation.record != record:
        raise RecordDiffers(f"{confirmation.record} instead of {record}")
    return signed


def record_hash(
    conversation: MessageId, person_ids: tuple[MessageId, ...], vendor_ids: tuple[MessageId, ...]
) -> Digest:
    """The hash of how an order came about: the person's message ids up to the accept, the vendor's up to its `seen`."""
    record = {"conversation": conversation, "person": person_ids, "vendor": vendor_ids}
    return Digest(digest(strict_json.encode(record)))
