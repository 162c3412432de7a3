"""Orders: the offer as accepted, nothing more and nothing less, and one record on both sides."""

import copy
import hashlib
import pickle
from datetime import date
from typing import cast

import msgspec
import pytest
from msgspec import UNSET

from tests.fakes.two_sides import NOW, TwoSides
from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.kinds import State
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import (
    BadAgreement,
    BadDisclosure,
    BadOrder,
    BadSignature,
    Malformed,
    ProtocolError,
    RecordDiffers,
)
from vrm_desktop.protocol.messages import CoSigned, OrderText
from vrm_desktop.protocol.orders import (
    SignedOrder,
    check_accept,
    check_confirmation,
    countersign_order,
    order_text,
    read_order,
    record_hash,
    sign_order,
)
from vrm_desktop.protocol.sealing import Sealed, seal, seal_accept
from vrm_desktop.protocol.shapes import payload_of
from vrm_desktop.protocol.signing import Typ, cosign, sign_compact

OTHER = MessageId("A" * 43)


class Ordering:
    """A conversation with one offer, and the order for it."""

    def __init__(self, two: TwoSides | None = None) -> None:
        self.two = (two or TwoSides()).revealed()
        self.offer, self.offer_id = self.two.offer()

    def text(self, payment: str = "sepa-transfer") -> OrderText:
        return order_text(
            self.offer,
            offer_id=self.offer_id,
            agreement=self.two.agreements[1],
            payment=payment,
            digests=tuple(one.digest for one in self.two.delivery),
            made=NOW,
        )

    def seal(self, text: OrderText | None = None, count: int = 2) -> Sealed:
        return seal_accept(
            self.two.person.conversation,
            basis=self.two.agreements[1],
            order=text or self.text(),
            disclosures=tuple((one, Purpose.DELIVERY, date(2027, 2, 1)) for one in self.two.delivery[:count]),
            exp=NOW,
            signer=self.two.person.signer,
        )

    def accepted(self) -> messages.Accept:
        sealed = self.two.person.sent(self.seal())
        assert sealed.conversation.id is not None
        self.record = record_hash(sealed.conversation.id, tuple(self.two.person.own), tuple(self.two.person.peer))
        message = self.two.desk.take(sealed.envelope).message
        return cast(messages.Accept, message)

    def check(self, accept: messages.Accept, offer_id: MessageId | None = None) -> OrderText:
        return check_accept(
            accept,
            conversation=self.two.desk.conversation,
            offer=self.offer,
            offer_id=offer_id or self.offer_id,
            agreement=self.two.agreements[1],
        )

    def accept_over(self, **changes: object) -> messages.Accept:
        """An accept whose order says something else, signed properly."""
        accept = self.accepted()
        text = strict_json.decode(base64url.decode(accept.order.payload))
        assert isinstance(text, dict)
        order = cosign(self.two.person.signer, Typ.ORDER, strict_json.encode({**text, **changes}))
        return msgspec.structs.replace(accept, order=order)


def test_an_accept_carries_the_order_and_what_delivery_needs() -> None:
    ordering = Ordering()
    accept = ordering.accepted()
    text = ordering.check(accept)
    assert text == ordering.text()
    assert (text.price, text.lines, text.binding) == (ordering.offer.price, ordering.offer.lines, True)
    assert ordering.two.desk.conversation.state is State.ORDERED


def test_an_offer_without_price_or_day_is_ordered_as_it_is() -> None:
    ordering = Ordering()
    bare = msgspec.structs.replace(ordering.offer, price=UNSET, by=UNSET, payment=())
    ordering.offer = bare
    text = ordering.text(payment="none")
    assert (text.price, text.by, text.payment) == (None, None, "none")
    person = ordering.two.person.signer
    assert read_order(sign_order(text, person), signed_by=(person.kid,)) == text


def test_only_a_way_to_pay_that_the_offer_names_is_ordered() -> None:
    with pytest.raises(BadOrder):
        Ordering().text(payment="cash")


def test_an_offer_outside_a_conversation_is_not_ordered() -> None:
    ordering = Ordering()
    ordering.offer = msgspec.structs.replace(ordering.offer, conv=UNSET)
    with pytest.raises(BadOrder):
        ordering.text()


@pytest.mark.parametrize(
    "changes",
    [
        {"price": {"currency": "EUR", "items": 1, "shipping": 0, "fees": 0, "tax": 0, "total": 1}},
        {"price": None},
        {"lines": [{"title": "Two of them", "quantity": 2}]},
        {"by": "2026-12-01"},
        {"binding": False},
        {"fulfilment": "collected"},
        {"payment": "cash"},
        {"agreement": OTHER},
        {"conv": OTHER},
        {"offer": OTHER},
        {"vendor": OTHER},
        {"person": OTHER},
    ],
)
def test_a_desk_refuses_an_order_that_is_not_its_offer(changes: dict[str, object]) -> None:
    ordering = Ordering()
    accept = ordering.accept_over(**changes)
    with pytest.raises(BadOrder):
        ordering.check(accept)


def test_a_desk_refuses_a_value_whose_digest_the_order_does_not_hold() -> None:
    ordering = Ordering()
    accept = ordering.accept_over(digests=[])
    with pytest.raises(BadDisclosure):
        ordering.check(accept)


def test_a_desk_refuses_an_accept_of_another_offer() -> None:
    ordering = Ordering()
    accept = ordering.accepted()
    with pytest.raises(BadOrder):
        ordering.check(msgspec.structs.replace(accept, offer=OTHER))
    with pytest.raises(BadOrder):
        ordering.check(accept, offer_id=OTHER)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"made": "2026-02-30T00:00:00Z"}, Malformed),
        ({"by": "2026-02-30"}, Malformed),
        ({"lines": []}, Malformed),
        (
            {"price": {"currency": "EUR", "items": 1, "shipping": 0, "fees": 0, "tax": 0, "total": 2}},
            Malformed,
        ),
        ({"kind": "agreement"}, Malformed),
    ],
)
def test_an_order_text_of_another_form_is_refused(changes: dict[str, object], error: type[ProtocolError]) -> None:
    ordering = Ordering()
    with pytest.raises(error):
        ordering.check(ordering.accept_over(**changes))


def test_an_order_rests_on_the_agreement_that_begins_with_it() -> None:
    ordering = Ordering()
    with pytest.raises(BadAgreement):
        seal_accept(
            ordering.two.person.conversation,
            basis=ordering.two.agreements[0],
            order=ordering.text(),
            disclosures=(),
            exp=NOW,
            signer=ordering.two.person.signer,
        )


@pytest.mark.parametrize("change", [{"conv": OTHER}, {"agreement": OTHER}, {"person": OTHER}, {"vendor": OTHER}])
def test_an_order_of_another_place_is_not_sealed(change: dict[str, str]) -> None:
    ordering = Ordering()
    with pytest.raises(BadOrder):
        ordering.seal(msgspec.structs.replace(ordering.text(), **change))


def test_values_whose_digests_the_order_does_not_hold_do_not_leave() -> None:
    ordering = Ordering()
    with pytest.raises(BadDisclosure):
        ordering.seal(msgspec.structs.replace(ordering.text(), digests=()))


def test_an_accept_does_not_leave_by_the_common_door() -> None:
    ordering = Ordering()
    two = ordering.two
    order = sign_order(ordering.text(), two.person.signer)
    message = messages.Accept(**two.person.stamp(), offer=ordering.offer_id, order=order, items=())
    with pytest.raises(BadAgreement):
        seal(two.person.conversation, message, two.person.signer)  # type: ignore[arg-type]


def confirmation(ordering: Ordering, order: CoSigned, **changes: object) -> messages.Confirmation:
    two = ordering.two
    message = messages.Confirmation(
        **two.desk.stamp(),
        order=countersign_order(order, two.desk.signer, person=two.person.signer.kid),
        record=ordering.record,
        payment=messages.Payment(method="sepa-transfer", iban="DE02120300000000202051"),
    )
    return msgspec.structs.replace(message, **changes)


def check(ordering: Ordering, order: CoSigned, message: messages.Confirmation) -> SignedOrder:
    return check_confirmation(message, order=order, record=ordering.record)


def test_a_confirmation_gives_the_order_with_both_signatures_and_one_record() -> None:
    ordering = Ordering()
    accept = ordering.accepted()
    message = confirmation(ordering, accept.order)
    ordering.two.tell_person(message)
    signed = check(ordering, accept.order, message)
    assert signed.text == ordering.text()
    assert signed.document == message.order
    assert signed.hash == base64url.encode(hashlib.sha256(payload_of(signed.text)).digest())
    assert ordering.two.person.conversation.state is State.CONFIRMED


def test_another_order_another_record_or_another_way_to_pay_is_an_alarm() -> None:
    ordering = Ordering()
    accept = ordering.accepted()
    two = ordering.two
    other = cosign(two.person.signer, Typ.ORDER, payload_of(msgspec.structs.replace(ordering.text(), binding=False)))
    confirmed = confirmation(ordering, accept.order)
    with pytest.raises(BadOrder):
        check(ordering, accept.order, confirmation(ordering, other))
    with pytest.raises(RecordDiffers):
        check(ordering, accept.order, confirmation(ordering, accept.order, record=OTHER))
    with pytest.raises(BadOrder):
        check(ordering, accept.order, confirmation(ordering, accept.order, payment=messages.Payment(method="cash")))
    with pytest.raises(BadSignature):
        check(ordering, accept.order, msgspec.structs.replace(confirmed, order=accept.order))


def test_bank_details_of_another_form_are_refused() -> None:
    ordering = Ordering()
    accept = ordering.accepted()
    for iban in ("DE02 1203 0000 0000 2020 51", "de02120300000000202051", "DE02", "DE02120300000000202051\n"):
        payment = messages.Payment(method="sepa-transfer", iban=iban)
        message = confirmation(ordering, accept.order, payment=payment)
        with pytest.raises(Malformed):
            ordering.two.desk.send(message)


def test_an_order_of_other_parties_is_none() -> None:
    ordering = Ordering()
    two = ordering.two
    text = msgspec.structs.replace(ordering.text(), vendor=OTHER)
    document = sign_order(text, two.person.signer)
    signed = countersign_order(document, two.desk.signer, person=two.person.signer.kid)
    with pytest.raises(BadOrder):
        SignedOrder(signed, person=two.person.signer.kid, vendor=two.desk.signer.kid)


def test_an_order_is_countersigned_once_and_after_the_person() -> None:
    ordering = Ordering()
    two = ordering.two
    person = two.person.signer.kid
    unsigned = sign_order(ordering.text(), two.desk.signer)
    with pytest.raises(BadSignature):
        countersign_order(unsigned, two.desk.signer, person=person)
    signed = countersign_order(sign_order(ordering.text(), two.person.signer), two.desk.signer, person=person)
    with pytest.raises(BadSignature):
        countersign_order(signed, two.desk.signer, person=person)
    with pytest.raises(BadSignature):
        read_order(signed, signed_by=(person,))


def test_a_signed_order_is_neither_pickled_nor_copied() -> None:
    ordering = Ordering()
    two = ordering.two
    person, vendor = two.person.signer.kid, two.desk.signer.kid
    document = countersign_order(sign_order(ordering.text(), two.person.signer), two.desk.signer, person=person)
    order = SignedOrder(document, person=person, vendor=vendor)
    assert repr(order) == f"SignedOrder({order.hash})"
    for act in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            act(order)


def test_the_record_is_the_hash_of_both_sides_ids() -> None:
    expected = strict_json.encode({"conversation": "c", "person": ["p"], "vendor": ["v", "w"]})
    made = record_hash(MessageId("c"), (MessageId("p"),), (MessageId("v"), MessageId("w")))
    assert made == base64url.encode(hashlib.sha256(expected).digest())


@pytest.mark.parametrize("name", ["items", "total"])
def test_a_price_whose_parts_do_not_sum_up_is_refused(name: str) -> None:
    two = TwoSides().revealed()
    offer = two.offer_message()
    assert offer.price
    price = msgspec.structs.replace(offer.price, **{name: 1})
    envelope = Envelope(
        jws=sign_compact(two.desk.signer, Typ.MESSAGE, payload_of(msgspec.structs.replace(offer, price=price)))
    )
    with pytest.raises(Malformed):
        two.person.take(envelope)
    two.person.take(Envelope(jws=sign_compact(two.desk.signer, Typ.MESSAGE, payload_of(offer))))
