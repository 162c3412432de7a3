"""One conversation that says every kind of message once, with fixed keys, salts and times: the golden bytes' source."""

from collections.abc import Mapping
from datetime import date, timedelta

from tests.fakes.golden_later import golden_later
from tests.fakes.two_sides import CAST, NOW, SERVICE, WIDER, TwoSides
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.agreements import SignedAgreement, countersign, document_hash
from vrm_desktop.protocol.cards import sign_card
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.orders import countersign_order, order_text, record_hash
from vrm_desktop.protocol.sealing import Sealed, seal_accept


def golden_messages() -> Mapping[str, bytes]:
    """The envelope's exact bytes for every kind, by the names of their files."""
    bare = TwoSides()
    withdrawn = (bare.ping(), bare.tell_desk(messages.WithdrawCast(**bare.person.stamp())))[1]
    refused = _refused()
    told = {**_told_before_the_order(two := TwoSides()), **_told_from_the_order_on(two)}
    told |= {"terms-refuse": refused.envelope, "withdraw-cast": withdrawn.envelope, **golden_later()}
    return {kind: envelope.to_bytes() for kind, envelope in sorted(told.items())}


def golden_card() -> bytes:
    """A published vendor card, its key just changed."""
    two = TwoSides()
    card = messages.Card(
        serial=7,
        expires="2027-05-01T00:00:00Z",
        key=two.desk.signer.kid,
        name="Radhaus Beispiel",
        endpoint="https://radhaus.example/intentcast",
        categories=("mobility",),
        regions=("DE", "AT"),
        languages=("de", "en"),
        currencies=("EUR",),
        terms=tuple(
            messages.CardTerms(roster=entry.id, version=entry.version, entry=entry.entry) for entry in (CAST, SERVICE)
        ),
        about="Bicycles, new and used, and a workshop.",
        email="hallo@radhaus.example",
        url="https://radhaus.example/",
        privacy="https://radhaus.example/privacy",
    )
    return sign_card(card, two.desk.signer, previous=two.person.signer)


def _counter(two: TwoSides) -> Sealed:
    """The desk keeps the cast's agreement and proposes another for the service."""
    documents = (
        countersign(two.proffered[0], two.desk.signer),
        two.proffer(WIDER, TermsFrom.ACCEPT, by=two.desk.signer),
    )
    two.proffered = documents
    answer = messages.TermsAnswer(
        **two.desk.stamp(), answer="counter", agreements=documents, note="We count visits to our own pages."
    )
    return two.tell_person(answer)


def _refused() -> Sealed:
    two = TwoSides()
    two.ping()
    _counter(two)
    return two.tell_desk(messages.TermsRefuse(**two.person.stamp()))


def _told_before_the_order(two: TwoSides) -> dict[str, Envelope]:
    ping, answer = two.ping(), _counter(two)
    signed = (two.proffered[0], countersign(two.proffered[1], two.person.signer))
    accepted = two.tell_desk(messages.TermsAccept(**two.person.stamp(), agreements=signed))
    two.agreements = tuple(
        SignedAgreement(document, person=two.person.signer.kid, vendor=two.desk.signer.kid) for document in signed
    )
    reveal = two.reveal()
    first = two.tell_person(two.offer_message(450_000))
    withdrawn = two.tell_person(messages.OfferWithdrawn(**two.desk.stamp(), offer=first.message_id, note="Sold."))
    second = two.tell_person(two.offer_message(440_000))
    counter = two.tell_desk(
        messages.Counter(**two.person.stamp(), offer=second.message_id, total=425_000, currency="EUR", note="Please.")
    )
    decline = two.tell_desk(messages.Decline(**two.person.stamp(), offer=second.message_id, reason="price"))
    return {
        "ping": ping.envelope,
        "terms-answer": answer.envelope,
        "terms-accept": accepted.envelope,
        "reveal": reveal.envelope,
        "offer-withdrawn": withdrawn.envelope,
        "counter": counter.envelope,
        "decline": decline.envelope,
    }


def _told_from_the_order_on(two: TwoSides) -> dict[str, Envelope]:
    offer = two.offer_message()
    offered = two.tell_person(offer)
    order = order_text(
        offer,
        offer_id=offered.message_id,
        agreement=two.agreements[1],
        payment="sepa-transfer",
        digests=tuple(disclosure.digest for disclosure in two.delivery),
        made=NOW,
    )
    accept = two.person.sent(
        seal_accept(
            two.person.conversation,
            basis=two.agreements[1],
            order=order,
            disclosures=tuple((one, Purpose.DELIVERY, date(2027, 2, 20)) for one in two.delivery),
            exp=NOW + timedelta(days=1),
            signer=two.person.signer,
        )
    )
    received = two.desk.take(accept.envelope).message
    assert isinstance(received, messages.Accept)
    confirmation = two.tell_person(
        messages.Confirmation(
            **two.desk.stamp(),
            order=countersign_order(received.order, two.desk.signer, person=two.person.signer.kid),
            record=record_hash(_conversation_id(two), tuple(two.person.own), tuple(two.desk.own)),
            payment=messages.Payment(
                method="sepa-transfer", payee="Radhaus Beispiel", iban="DE02120300000000202051", reference="R-2026-118"
            ),
        )
    )
    status = two.tell_person(messages.Status(**two.desk.stamp(), state="shipped", by="2026-12-09"))
    order_hash = document_hash(received.order)
    paid = two.tell_desk(
        messages.Paid(**two.person.stamp(), order=order_hash, amount=429_900, currency="EUR", method="sepa-transfer")
    )
    assert offer.price
    receipt = two.tell_person(
        messages.Receipt(**two.desk.stamp(), order=order_hash, price=offer.price, number="2026-0815")
    )
    message = two.tell_desk(messages.Message(**two.person.stamp(), text="Please ring twice. Grüße 🚲"))
    acknowledgement = two.tell_person(messages.Acknowledgement(**two.desk.stamp(), of=message.message_id))
    kept = (messages.Kept(what="order", why="warranty", until="2028-12-10"),)
    end = two.tell_desk(messages.End(**two.person.stamp(), keep=kept))
    closure = two.tell_person(messages.Closure(**two.desk.stamp(), reason="ended", erased=True, kept=kept))
    return {
        "offer": offered.envelope,
        "accept": accept.envelope,
        "confirmation": confirmation.envelope,
        "status": status.envelope,
        "paid": paid.envelope,
        "receipt": receipt.envelope,
        "message": message.envelope,
        "acknowledgement": acknowledgement.envelope,
        "end": end.envelope,
        "closure": closure.envelope,
    }


def _conversation_id(two: TwoSides) -> MessageId:
    assert two.person.conversation.id is not None
    return two.person.conversation.id
