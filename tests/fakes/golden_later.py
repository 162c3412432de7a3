"""One conversation that says every later kind once, with all optional members: the other half of the golden bytes."""

from collections.abc import Mapping
from datetime import timedelta

import msgspec

from tests.fakes.later_words import UNTIL, change_key, grant, say_later, update
from tests.fakes.two_sides import NOW, PERSON_SEED, TwoSides
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import Digest, MessageId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.agreements import document_hash
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.keys import known_proof
from vrm_desktop.protocol.orders import countersign_order, order_text, record_hash
from vrm_desktop.protocol.sealing import Sealed, seal_accept, seal_order_change, seal_use_report
from vrm_desktop.protocol.signing import SeedSigner

CONTRACT = messages.Contract(starts="2027-01-01", months=12, renews_months=1, notice_days=30, price_every="month")


def golden_later() -> Mapping[str, Envelope]:
    """The envelopes by the names of their files."""
    two = TwoSides()
    told = {"contact": two.contact().envelope}
    two.agree()
    two.reveal()
    order = _order(two)
    told |= _about_the_order(two, order)
    told |= _about_data(two)
    told |= _said_at_last(two, order)
    return told | {"ping-known": _known(two)}


def _kept(sealed: Sealed | None) -> Sealed:
    assert sealed is not None
    return sealed


def _order(two: TwoSides) -> Digest:
    """An order for something that runs on, confirmed."""
    offer = msgspec.structs.replace(two.offer_message(), contract=CONTRACT)
    text = order_text(
        offer,
        offer_id=two.tell_person(offer).message_id,
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
    message = two.desk.take(accept.envelope).message
    assert isinstance(message, messages.Accept)
    two.tell_person(
        messages.Confirmation(
            **two.desk.stamp(),
            order=countersign_order(message.order, two.desk.signer, person=two.person.signer.kid),
            record=record_hash(two.person.own[0], tuple(two.person.own), tuple(two.desk.own)),
            payment=messages.Payment(method="sepa-transfer", iban="DE02120300000000202051"),
        )
    )
    return document_hash(message.order)


def _about_the_order(two: TwoSides, order: Digest) -> dict[str, Envelope]:
    moved = (Disclosure.fresh("profile.address.street", "Neue Straße 2", two.random), Purpose.DELIVERY, UNTIL)
    change = two.person.sent(
        seal_order_change(
            two.person.conversation,
            messages.OrderChange(
                **two.person.stamp(), order=order, what="change", text="To my new address.", by="2026-12-05"
            ),
            basis=two.agreements[1],
            disclosures=(moved,),
            signer=two.person.signer,
        )
    )
    two.desk.take(change.envelope)
    invoice = messages.Document(
        title="Invoice 2026-118",
        media="application/pdf",
        hash="I" * 43,
        link="https://radhaus.example/invoices/2026-118.pdf",
    )
    status = two.tell_person(
        messages.Status(
            **two.desk.stamp(), state="preparing", of=change.message_id, answer="accepted", documents=(invoice,)
        )
    )
    case = two.tell_desk(
        messages.Case(
            **two.person.stamp(),
            about="product",
            order=order,
            what="The left brake squeaks.",
            want="price-reduction",
            amount=5_000,
            currency="EUR",
            by="2027-01-10",
            evidence=(status.message_id,),
        )
    )
    answer = two.tell_person(
        messages.CaseAnswer(
            **two.desk.stamp(),
            case=case.message_id,
            answer="proposal",
            remedy="price-reduction",
            amount=4_000,
            currency="EUR",
            by="2027-01-05",
            text="We are sorry.",
        )
    )
    reply = two.tell_desk(
        messages.CaseReply(**two.person.stamp(), case=case.message_id, of=answer.message_id, answer="accept")
    )
    refund = two.tell_person(
        messages.Refund(
            **two.desk.stamp(), order=order, case=case.message_id, amount=4_000, currency="EUR", number="2026-0816"
        )
    )
    return {
        "order-change": change.envelope,
        "status-answer": status.envelope,
        "case": case.envelope,
        "case-answer-vendor": answer.envelope,
        "case-answer-person": reply.envelope,
        "refund": refund.envelope,
    }


def _about_data(two: TwoSides) -> dict[str, Envelope]:
    back = messages.InReturn(what="a free inspection", due="2027-03-01", amount=4_500, currency="EUR")
    wish = two.tell_person(
        messages.DataWish(
            **two.desk.stamp(),
            fields=(messages.Wish(name="profile.phone", purpose="service", days=30),),
            why="To ring before we come.",
            in_return=back,
            by="2026-12-01",
        )
    )
    refusal = two.tell_desk(messages.Refuse(**two.person.stamp(), of=wish.message_id, reason="later"))
    given = _kept(grant(two))
    two.desk.take(given.envelope)
    taken_back = two.tell_desk(
        messages.WithdrawConsent(**two.person.stamp(), of=given.message_id, fields=("profile.phone",))
    )
    digests = tuple(Disclosure.from_text(text).digest for text in given.envelope.disclosures)
    erased = two.tell_person(messages.Acknowledgement(**two.desk.stamp(), of=taken_back.message_id, erased=digests))
    moved = _kept(update(two, "profile.address.street", "Neue Straße 2a"))
    two.desk.take(moved.envelope)
    request = two.tell_desk(
        messages.DataRequest(
            **two.person.stamp(),
            right="copy",
            fields=("profile.name",),
            purposes=("delivery", "marketing"),
            text="With the notes that your shop made, please.",
        )
    )
    return {
        "data-request-vendor": wish.envelope,
        "refuse": refusal.envelope,
        "grant": given.envelope,
        "withdraw-consent": taken_back.envelope,
        "acknowledgement-erased": erased.envelope,
        "update": moved.envelope,
        "data-request-person": request.envelope,
        "use-report": _report(two, request.message_id).envelope,
    }


def _report(two: TwoSides, of: MessageId) -> Sealed:
    name = two.delivery[0]
    message = messages.UseReport(
        **two.desk.stamp(),
        of=of,
        right="copy",
        state="partly",
        reason="The notes name other customers.",
        held=(messages.HeldValue(name=name.name, purpose="delivery", until=UNTIL.isoformat(), digest=name.digest),),
        uses=(
            messages.UseOfValue(name=name.name, purpose="delivery", day="2026-12-09", by="processor", whom="Parcels"),
        ),
    )
    copy = Disclosure.fresh(name.name, name.value, two.random)
    sealed = two.desk.sent(seal_use_report(two.desk.conversation, message, disclosures=(copy,), signer=two.desk.signer))
    two.person.take(sealed.envelope)
    return sealed


def _said_at_last(two: TwoSides, order: Digest) -> dict[str, Envelope]:
    notice = two.tell_desk(
        messages.Notice(
            **two.person.stamp(), about="cancel-contract", order=order, by="2027-12-31", text="As of its end."
        )
    )
    voice = two.tell_desk(messages.Voice(**two.person.stamp(), topic="idea", text="A bell would be nice.", order=order))
    answer = two.tell_person(
        messages.VoiceAnswer(**two.desk.stamp(), of=voice.message_id, state="planned", text="In spring.")
    )
    words = two.tell_desk(messages.Message(**two.person.stamp(), text="I look forward to it.", about=answer.message_id))
    change = change_key(two)
    two.desk.take(change.envelope)
    after = _kept(say_later(two, Side.PERSON, Kind.DATA_REQUEST))
    two.desk.take(after.envelope)
    return {
        "notice": notice.envelope,
        "voice": voice.envelope,
        "voice-answer": answer.envelope,
        "message-about": words.envelope,
        "key-change": change.envelope,
    }


def _known(two: TwoSides) -> Envelope:
    """The first question of somebody who wants to be known as the customer of this conversation."""
    later = TwoSides(person_seed=bytes(reversed(PERSON_SEED)))
    signer: SeedSigner = two.person.signer
    known = known_proof(two.person.conversation, signer, kid=later.person.signer.kid, vendor=later.desk.signer.kid)
    return later.person.send(msgspec.structs.replace(later.ping_message(), known=known)).envelope
