"""What is said beside and after an order: shapes, what it refers to, and the values that ride beside it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import msgspec
import pytest

from tests.fakes.later_words import ORDER, UNTIL, grant, opening_case, say_later, update
from tests.fakes.two_sides import NOW, TwoSides
from vrm_desktop.domain.contract import Every
from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import Digest, MessageId
from vrm_desktop.domain.kinds import Kind, Side, State
from vrm_desktop.domain.offer import OfferedContract
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import BadAgreement, BadDisclosure, BadOrder, Malformed
from vrm_desktop.protocol.meanings import contract_from
from vrm_desktop.protocol.orders import order_text, read_order, sign_order
from vrm_desktop.protocol.receiving import open_ping, receive
from vrm_desktop.protocol.references import check_basis, check_order
from vrm_desktop.protocol.sealing import (
    Released,
    Sealed,
    seal,
    seal_grant,
    seal_order_change,
    seal_update,
    seal_use_report,
)
from vrm_desktop.protocol.shapes import payload_of
from vrm_desktop.protocol.signing import Typ, sign_compact

STRANGE = MessageId("S" * 43)
EXP = date(2026, 12, 1)


def signed_anyhow(two: TwoSides, side: Side, message: msgspec.Struct, texts: tuple[str, ...] = ()) -> Envelope:
    """A message as a side without our checks would sign it."""
    signer = (two.person if side is Side.PERSON else two.desk).signer
    return Envelope(jws=sign_compact(signer, Typ.MESSAGE, payload_of(message)), disclosures=texts)


def told(two: TwoSides, side: Side, kind: Kind) -> Sealed:
    """The message of that kind, said and received."""
    sealed = say_later(two, side, kind)
    assert sealed is not None
    (two.desk if side is Side.PERSON else two.person).take(sealed.envelope)
    return sealed


def released(name: str, value: str, two: TwoSides, purpose: Purpose = Purpose.SERVICE) -> Released:
    return Disclosure.fresh(name, value, two.random), purpose, UNTIL


@pytest.mark.parametrize("kind", [Kind.CASE, Kind.DATA_REQUEST, Kind.NOTICE, Kind.VOICE])
def test_a_person_may_say_it_once_there_is_an_agreement(kind: Kind) -> None:
    two = TwoSides().revealed()
    assert told(two, Side.PERSON, kind).conversation.state is State.REVEALED
    assert two.desk.said(Side.PERSON, two.person.own[-1]) is kind


def test_a_case_goes_from_its_opening_to_its_end() -> None:
    two = TwoSides().revealed()
    opening = told(two, Side.PERSON, Kind.CASE).message_id
    told(two, Side.VENDOR, Kind.CASE_ANSWER)
    again = told(two, Side.PERSON, Kind.CASE)
    assert opening_case(two.desk) == opening != again.message_id
    reply = messages.CaseReply(**two.person.stamp(), case=opening, of=two.desk.own[-1], answer="accept")
    assert two.tell_desk(reply).conversation.state is State.REVEALED
    two.tell_desk(messages.End(**two.person.stamp()))
    two.tell_person(messages.Closure(**two.desk.stamp(), reason="ended"))
    refund = messages.Refund(**two.desk.stamp(), order=ORDER, case=opening, amount=1, currency="EUR")
    assert two.tell_person(refund).conversation.state is State.ENDED
    assert told(two, Side.PERSON, Kind.CASE_ANSWER).conversation.state is State.ENDED


def by_person(two: TwoSides) -> Mapping[str, msgspec.Struct]:
    """Messages of the person that name what was never said, or is something else; `own` is her first message."""
    stamp, own = two.person.stamp(), two.person.own[0]
    case = {"about": "data", "what": "?", "want": "answer"}
    return {
        "a case that goes on with none": messages.Case(**stamp, **case, case=STRANGE),  # type: ignore[arg-type]
        "a case that goes on with a ping": messages.Case(**stamp, **case, case=own),  # type: ignore[arg-type]
        "evidence never said": messages.Case(**stamp, **case, evidence=(own, STRANGE)),  # type: ignore[arg-type]
        "an answer in no case": messages.CaseReply(**stamp, case=STRANGE, answer="resolved"),
        "a refusal of nothing": messages.Refuse(**stamp, of=STRANGE, reason="terms"),
        "a refusal of a message": messages.Refuse(**stamp, of=two.desk.own[0], reason="terms"),
        "a consent never given": messages.WithdrawConsent(**stamp, of=own),
        "words about nothing": messages.Message(**stamp, text="That one.", about=STRANGE),
    }


def by_vendor(two: TwoSides) -> Mapping[str, msgspec.Struct]:
    """The same from the vendor."""
    stamp, ping = two.desk.stamp(), two.desk.peer[0]
    return {
        "an answer in no case": messages.CaseAnswer(**stamp, case=STRANGE, answer="refused"),
        "an answer on a voice never heard": messages.VoiceAnswer(**stamp, of=ping, state="seen"),
        "a report on no request": messages.UseReport(**stamp, of=ping, right="access", state="fulfilled"),
        "words about nothing": messages.Message(**stamp, text="That one.", about=STRANGE),
        "a refund in no case": messages.Refund(**stamp, order=ORDER, case=ping, amount=1, currency="EUR"),
    }


NAMED_BY_PERSON = sorted(by_person(TwoSides().revealed()))
NAMED_BY_VENDOR = sorted(by_vendor(TwoSides().revealed()))


@pytest.mark.parametrize("name", NAMED_BY_PERSON)
def test_what_a_person_refers_to_was_said_here(name: str) -> None:
    two = TwoSides().revealed()
    with pytest.raises(Malformed, match=r"it names|a case is named"):
        two.desk.take(signed_anyhow(two, Side.PERSON, by_person(two)[name]))


@pytest.mark.parametrize("name", sorted(set(NAMED_BY_VENDOR) - {"a refund in no case"}))
def test_what_a_vendor_refers_to_was_said_here(name: str) -> None:
    two = TwoSides().revealed()
    with pytest.raises(Malformed, match="it names"):
        two.person.take(signed_anyhow(two, Side.VENDOR, by_vendor(two)[name]))


def test_a_case_is_named_by_its_opening_and_not_by_what_went_on() -> None:
    two = TwoSides().revealed()
    told(two, Side.PERSON, Kind.CASE)
    later = told(two, Side.PERSON, Kind.CASE).message_id
    with pytest.raises(Malformed, match="opened it"):
        two.desk.take(
            signed_anyhow(two, Side.PERSON, messages.CaseReply(**two.person.stamp(), case=later, answer="resolved"))
        )


def test_an_answer_to_an_order_change_names_one() -> None:
    two = TwoSides().revealed()
    two.person.conversation = standing_at(two.person.conversation, State.CONFIRMED)
    two.desk.conversation = standing_at(two.desk.conversation, State.CONFIRMED)
    change = told(two, Side.PERSON, Kind.ORDER_CHANGE).message_id
    documents = (messages.Document(title="Invoice", media="application/pdf", hash="A" * 43, link="https://x.example/"),)
    status = messages.Status(**two.desk.stamp(), state="preparing", of=change, answer="accepted", documents=documents)
    with pytest.raises(Malformed, match="it names"):
        two.person.take(signed_anyhow(two, Side.VENDOR, msgspec.structs.replace(status, of=two.desk.peer[0])))
    two.tell_person(status)


def standing_at(conversation: Conversation, state: State) -> Conversation:
    """The conversation in another state, as if an order had been made in between."""
    return replace(conversation, state=state)


def test_an_update_tells_fields_that_were_told_before_and_no_others() -> None:
    two = TwoSides().revealed()
    sealed = update(two)
    assert sealed is not None
    received = two.desk.take(sealed.envelope)
    assert [(one.name, one.value) for one in received.disclosures] == [("want.place", "Köln")]
    new = released("profile.phone", "+49", two)
    with pytest.raises(BadDisclosure, match="never disclosed"):
        seal_update(
            two.person.conversation,
            basis=two.agreements[0],
            disclosures=(new,),
            disclosed=two.person.disclosed(),
            exp=EXP,
            signer=two.person.signer,
        )
    forged = seal_update(
        two.person.conversation,
        basis=two.agreements[0],
        disclosures=(new,),
        disclosed={"profile.phone"},
        exp=EXP,
        signer=two.person.signer,
    )
    with pytest.raises(BadDisclosure, match="never disclosed"):
        two.desk.take(forged.envelope)


def test_an_update_that_crossed_the_end_is_kept_whatever_the_desk_has_erased() -> None:
    two = TwoSides().revealed()
    sealed = update(two)
    assert sealed is not None
    two.desk.send(messages.Closure(**two.desk.stamp(), reason="lapsed", erased=True))
    two.desk.letters = {key: Envelope(jws=letter.jws) for key, letter in two.desk.letters.items()}
    assert two.desk.take(sealed.envelope).conversation.state is State.ENDED


def test_a_grant_gives_what_was_wished_for_and_no_more() -> None:
    two = TwoSides().revealed()
    of = told(two, Side.VENDOR, Kind.DATA_REQUEST).message_id
    wish = two.person.stored(Side.VENDOR, of)
    assert isinstance(wish, messages.DataWish)

    def given(*values: Released, asked: messages.DataWish = wish) -> Sealed:
        return seal_grant(
            two.person.conversation,
            basis=two.agreements[0],
            of=of,
            wish=asked,
            disclosures=values,
            consent=True,
            exp=EXP,
            signer=two.person.signer,
        )

    for other in (released("profile.name", "Erika", two), released("profile.phone", "+49", two, Purpose.MARKETING)):
        with pytest.raises(BadDisclosure, match="not wished for"):
            given(other)
        fields = (messages.Wish(name=other[0].name, purpose=other[1].value, days=9),)  # type: ignore[arg-type]
        with pytest.raises(BadDisclosure, match="not wished for"):
            two.desk.take(given(other, asked=msgspec.structs.replace(wish, fields=fields)).envelope)
    sealed = grant(two)
    assert sealed is not None
    assert [one.name for one in two.desk.take(sealed.envelope).disclosures] == ["profile.phone"]
    taken_back = told(two, Side.PERSON, Kind.WITHDRAW_CONSENT)
    erased = tuple(one.digest for one in (Disclosure.from_text(text) for text in sealed.envelope.disclosures))
    two.tell_person(messages.Acknowledgement(**two.desk.stamp(), of=taken_back.message_id, erased=erased))


def test_a_grant_of_a_message_that_is_no_wish_is_refused() -> None:
    two = TwoSides().revealed()
    stamp, digest = two.person.stamp(), two.disclosures[0].digest
    item = messages.WiderItem(digest=digest, purpose="service", until="2027-01-01")
    message = messages.Grant(**stamp, of=two.desk.own[0], agreement="A" * 43, items=(item,), consent=False)
    with pytest.raises(Malformed, match="it names"):
        two.desk.take(signed_anyhow(two, Side.PERSON, message, (two.disclosures[0].text,)))


def test_a_wish_that_a_history_cannot_show_gives_nothing() -> None:
    two = TwoSides().revealed()
    told(two, Side.VENDOR, Kind.DATA_REQUEST)
    sealed = grant(two)
    assert sealed is not None

    class Forgetful:
        own_id, peer_id, said = two.desk.own_id, two.desk.peer_id, two.desk.said
        disclosed = two.desk.disclosed

        def stored(self, side: Side, id: MessageId) -> None:
            """Nothing, whatever it is asked for."""

    with pytest.raises(BadDisclosure, match="nothing that was wished for"):
        receive(two.desk.conversation, sealed.envelope, now=NOW, history=Forgetful())


def test_later_values_rest_on_the_agreement_in_force() -> None:
    two = TwoSides().revealed()
    sealed = update(two)
    assert sealed is not None
    message = two.desk.take(sealed.envelope).message
    assert isinstance(message, messages.Update)
    check_basis(message, two.agreements[0].hash)
    with pytest.raises(BadAgreement):
        check_basis(message, two.agreements[1].hash)
    two.person.conversation = standing_at(two.person.conversation, State.ORDERED)
    for basis in (two.agreements[0], None):
        with pytest.raises(BadAgreement):
            seal_update(
                two.person.conversation,
                basis=basis,  # type: ignore[arg-type] # wrong ones on purpose
                disclosures=(released("want.place", "Bonn", two),),
                disclosed={"want.place"},
                exp=EXP,
                signer=two.person.signer,
            )


def test_what_carries_values_has_a_door_of_its_own() -> None:
    two = TwoSides().revealed()
    item = messages.WiderItem(digest="A" * 43, purpose="service", until="2027-01-01")
    values = (
        messages.Update(**two.person.stamp(), agreement="A" * 43, items=(item,)),
        messages.Grant(**two.person.stamp(), of="A" * 43, agreement="A" * 43, items=(item,), consent=True),
    )
    for message in values:
        with pytest.raises(BadAgreement):
            seal(two.person.conversation, message, two.person.signer)  # type: ignore[arg-type]


def test_a_changed_order_takes_new_values_along_under_the_services_agreement() -> None:
    two = TwoSides().revealed()
    two.person.conversation = standing_at(two.person.conversation, State.CONFIRMED)
    two.desk.conversation = standing_at(two.desk.conversation, State.CONFIRMED)
    message = messages.OrderChange(**two.person.stamp(), order=ORDER, what="change", by="2026-12-24")
    values = (released("profile.address.street", "Neue Straße 2", two, Purpose.DELIVERY),)
    with pytest.raises(BadAgreement):
        seal_order_change(
            two.person.conversation,
            message,
            basis=two.agreements[0],
            disclosures=values,
            signer=two.person.signer,
        )
    sealed = seal_order_change(
        two.person.conversation, message, basis=two.agreements[1], disclosures=values, signer=two.person.signer
    )
    assert [one.value for one in two.desk.take(sealed.envelope).disclosures] == ["Neue Straße 2"]
    with pytest.raises(BadDisclosure):
        seal(
            two.person.conversation,
            msgspec.structs.replace(
                message, items=(messages.Item(digest="A" * 43, purpose="delivery", until="2027-01-01"),)
            ),
            two.person.signer,
        )


def test_a_copy_rides_beside_the_report() -> None:
    two = TwoSides().revealed()
    request = told(two, Side.PERSON, Kind.DATA_REQUEST).message_id
    copies = tuple(Disclosure.fresh(name, "a value", two.random) for name in ("profile.name", "crm.note"))
    report = messages.UseReport(
        **two.desk.stamp(),
        of=request,
        right="copy",
        state="fulfilled",
        held=(messages.HeldValue(name="profile.name", purpose="delivery", until="2027-01-01", digest="A" * 43),),
        uses=(
            messages.UseOfValue(name="profile.name", purpose="delivery", day="2026-11-30", by="processor", whom="DHL"),
        ),
    )
    sealed = two.desk.sent(seal_use_report(two.desk.conversation, report, disclosures=copies, signer=two.desk.signer))
    assert [one.name for one in two.person.take(sealed.envelope).disclosures] == ["profile.name", "crm.note"]


def copied(two: TwoSides) -> tuple[Sealed, tuple[Disclosure, ...]]:
    """A report with a copy of two values beside it, said and not yet received."""
    request = told(two, Side.PERSON, Kind.DATA_REQUEST).message_id
    values = tuple(Disclosure.fresh(name, "a value", two.random) for name in ("profile.name", "crm.note"))
    report = messages.UseReport(**two.desk.stamp(), of=request, right="copy", state="fulfilled")
    sealed = seal_use_report(two.desk.conversation, report, disclosures=values, signer=two.desk.signer)
    return two.desk.sent(sealed), values


@pytest.mark.parametrize("left", [(), (0,), (1,), (1, 0)])
def test_a_report_that_is_told_again_may_have_lost_values_since(left: tuple[int, ...]) -> None:
    two = TwoSides().revealed()
    sealed, values = copied(two)
    envelope = replace(sealed.envelope, disclosures=tuple(values[place].text for place in left))
    got = two.person.take(envelope)
    assert got.disclosures == tuple(values[place] for place in sorted(left))
    assert isinstance(got.message, messages.UseReport)
    assert got.message.digests == tuple(one.digest for one in values), "what it was is proven all the same"
    assert two.tell_desk(messages.Message(**two.person.stamp(), text="Thanks.")).conversation.own.seq


def test_what_does_come_with_a_report_is_what_it_promised() -> None:
    two = TwoSides().revealed()
    sealed, (first, second) = copied(two)
    another = Disclosure.fresh("profile.name", "another value", two.random)
    for texts in ((another.text,), (first.text, second.text, another.text), (first.text, first.text), ("?",)):
        with pytest.raises(BadDisclosure):
            two.person.take(replace(sealed.envelope, disclosures=texts))
    twice = messages.UseReport(**two.desk.stamp(), right="copy", state="fulfilled", digests=(first.digest,) * 2)
    none: tuple[str, ...] = ()
    for left in (none, (first.text,)):
        again = TwoSides().revealed()
        forged = signed_anyhow(again, Side.VENDOR, msgspec.structs.replace(twice, **again.desk.stamp()), left)
        with pytest.raises(BadDisclosure):
            again.person.take(forged)


def test_a_desk_signs_no_report_without_the_values_it_promises() -> None:
    two = TwoSides().revealed()
    with pytest.raises(BadDisclosure):
        two.desk.send(messages.UseReport(**two.desk.stamp(), right="copy", state="fulfilled", digests=("A" * 43,)))


def test_an_offer_may_be_a_contract_that_runs_on_and_the_order_repeats_it() -> None:
    two = TwoSides().revealed()
    contract = messages.Contract(starts="2027-01-01", months=12, renews_months=1, notice_days=30, price_every="month")
    offer = msgspec.structs.replace(two.offer_message(), contract=contract)
    sealed = two.tell_person(offer)
    text = order_text(
        offer, offer_id=sealed.message_id, agreement=two.agreements[1], payment="vendor-link", digests=(), made=NOW
    )
    assert text.contract == contract
    document = sign_order(text, two.person.signer)
    assert read_order(document, signed_by=(two.person.signer.kid,)) == text
    endless = msgspec.structs.replace(text, contract=messages.Contract(months=0, renews_months=1, price_every="year"))
    with pytest.raises(Malformed, match="does not renew"):
        read_order(sign_order(endless, two.person.signer), signed_by=(two.person.signer.kid,))


def test_a_contract_is_told_in_the_domains_words() -> None:
    assert contract_from(msgspec.UNSET) is None
    bare = messages.Contract(months=0, price_every="year")
    assert contract_from(bare) == OfferedContract(months=0, every=Every.YEAR)
    full = messages.Contract(starts="2027-01-01", months=12, renews_months=1, notice_days=30, price_every="month")
    assert contract_from(full) == OfferedContract(
        months=12, every=Every.MONTH, renews_months=1, notice_days=30, starts=date(2027, 1, 1)
    )
    for months, renews in ((-1, 0), (0, 1)):
        with pytest.raises(InvalidValue):
            OfferedContract(months=months, every=Every.MONTH, renews_months=renews)


def test_a_printed_message_shows_nothing_of_what_it_says() -> None:
    two = TwoSides().revealed()
    assert repr(messages.Voice(**two.person.stamp(), topic="idea", text="A bell.")) == "Voice(…)"


def test_two_kinds_have_the_shape_of_their_side() -> None:
    two = TwoSides().revealed()
    case = told(two, Side.PERSON, Kind.CASE).message_id
    wrong = {
        Side.PERSON: (
            messages.CaseAnswer(**two.person.stamp(), case=case, answer="done"),
            messages.DataWish(**two.person.stamp(), fields=(messages.Wish(name="a", purpose="quote", days=1),), why=""),
        ),
        Side.VENDOR: (
            messages.CaseReply(**two.desk.stamp(), case=case, answer="resolved"),
            messages.DataRequest(**two.desk.stamp(), right="access"),
        ),
    }
    for side, said in wrong.items():
        receiver = two.desk if side is Side.PERSON else two.person
        for message in said:
            with pytest.raises(Malformed, match="other side's shape"):
                receiver.take(signed_anyhow(two, side, message))
            with pytest.raises(Malformed, match="other side's shape"):
                (two.person if side is Side.PERSON else two.desk).send(message)  # type: ignore[arg-type]


def test_a_conversation_opens_without_a_cast_too() -> None:
    two = TwoSides()
    sealed = two.contact()
    assert two.desk.conversation.id == sealed.message_id
    two.agree()
    two.reveal()
    assert (two.person.conversation.state, two.desk.conversation.state) == (State.REVEALED, State.REVEALED)
    with pytest.raises(Malformed, match="opens with a ping"):
        open_ping(sealed.envelope, desk=two.desk.signer.kid, now=NOW)


def test_a_contact_says_a_category_of_the_closed_list_or_none() -> None:
    two = TwoSides()
    bare = msgspec.structs.replace(two.contact_message(), category=msgspec.UNSET)
    seal(two.person.conversation, bare, two.person.signer)
    with pytest.raises(Malformed):
        seal(two.person.conversation, msgspec.structs.replace(bare, category="my own words"), two.person.signer)
    with pytest.raises(Malformed, match="multiple of 16"):
        seal(two.person.conversation, msgspec.structs.replace(bare, digests=()), two.person.signer)


def test_an_order_of_another_conversation_is_refused() -> None:
    two = TwoSides().revealed()
    stamp = two.person.stamp()
    naming = (
        messages.OrderChange(**stamp, order=ORDER, what="pause"),
        messages.Case(**stamp, about="order", order=ORDER, what="?", want="delivery"),
        messages.Notice(**stamp, about="withdrawal", order=ORDER),
        messages.Voice(**stamp, topic="experience", text="Good.", order=ORDER),
        messages.Refund(**two.desk.stamp(), order=ORDER, amount=1, currency="EUR"),
    )
    for message in naming:
        check_order(message, Digest(ORDER))
        for other in (None, Digest("P" * 43)):
            with pytest.raises(BadOrder):
                check_order(message, other)
    check_order(messages.Notice(**stamp, about="other"), None)
    check_order(messages.Message(**stamp, text="Hello"), None)
