"""An order that the vendor confirms with a record of its own invention."""

from datetime import timedelta

from tests.fakes.later_words import UNTIL
from tests.fakes.two_sides import NOW, TwoSides
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import Digest, MessageId
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.orders import countersign_order, order_text
from vrm_desktop.protocol.sealing import seal_accept
from vrm_desktop.protocol.shapes import payload_of


def ordered(two: TwoSides, offer: messages.Offer, offer_id: MessageId, *, record: Digest) -> bytes:
    """Accept the offer and have it confirmed with `record`; the confirmed document."""
    text = order_text(
        offer,
        offer_id=offer_id,
        agreement=two.agreements[1],
        payment="sepa-transfer",
        digests=tuple(one.digest for one in two.delivery),
        made=NOW,
    )
    accept = two.person.sent(
        seal_accept(
            two.person.conversation,
            basis=two.agreements[1],
            order=text,
            disclosures=tuple((one, Purpose.DELIVERY, UNTIL) for one in two.delivery),
            exp=NOW + timedelta(days=1),
            signer=two.person.signer,
        )
    )
    two.desk.take(accept.envelope)
    message = two.desk.stored(two.person.conversation.side, accept.message_id)
    assert isinstance(message, messages.Accept)
    signed = countersign_order(message.order, two.desk.signer, person=two.person.signer.kid)
    payment = messages.Payment(method="sepa-transfer", payee="Radhaus", iban="DE02120300000000202051")
    two.tell_person(messages.Confirmation(**two.desk.stamp(), order=signed, record=record, payment=payment))
    return payload_of(signed)
