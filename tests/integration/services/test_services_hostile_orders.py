"""A vendor that lies once something is ordered: alarms that stand, payment details that never change, nothing extra."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.fakes.decoding import holds
from tests.fakes.lying_vendor import IBAN, OTHER_IBAN, LyingVendor, Say, Talk, a_lying_vendor, honest, members_of
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import PROFILE, Person, a_person
from vrm_desktop.domain.acts import DeclineReason
from vrm_desktop.domain.ids import IntentcastId, MessageId, RelationshipId
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.offer import OfferState
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.ranking import Caveat
from vrm_desktop.domain.relationship import OrderState, RelationshipState
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.agreements import countersign
from vrm_desktop.protocol.messages import AnyMessage
from vrm_desktop.protocol.orders import countersign_order, read_order, record_hash, sign_order
from vrm_desktop.protocol.receiving import decode_message
from vrm_desktop.protocol.signing import SeedSigner
from vrm_desktop.services import (
    accept_offer,
    compare_offers,
    end_relationship,
    keep_relationship,
    say_what_i_want,
    settle_terms,
)
from vrm_desktop.services.errors import NotFound, NotPossibleNow

Job = Callable[[Person, LyingVendor, IntentcastId, RelationshipId], Awaitable[None]]


def run(folder: Path, script: Say, job: Job) -> None:
    """Cast to one vendor that follows `script`, then do the job."""

    async def body() -> None:
        clock = MovingClock()
        async with a_lying_vendor(clock) as liar, a_person(folder / "home", clock) as person:
            liar.script = script
            await person.knows()
            want, (key,) = await person.casts(liar.url)
            await person.settle()
            await job(person, liar, want, key)

    asyncio.run(body())


async def order_best(person: Person, want: IntentcastId) -> None:
    ranked = (await compare_offers.compare(person.means, want)).ranked
    await accept_offer.accept(person.means, ranked[0].offer.id)
    await person.settle()


def at_accept(act: Callable[[Talk, messages.Accept], None]) -> Say:
    def say(talk: Talk, message: AnyMessage) -> None:
        if isinstance(message, messages.Accept):
            act(talk, message)
        else:
            honest(talk, message)

    return say


def at_reveal(act: Callable[[Talk], None]) -> Say:
    return lambda talk, message: act(talk) if isinstance(message, messages.Reveal) else honest(talk, message)


def confirm_another_order(talk: Talk, accept: messages.Accept) -> None:
    text = read_order(accept.order, signed_by=(talk.conversation.peer_kid,))
    other = sign_order(text, SeedSigner(b"\x0b" * 32))
    talk.confirm(accept, order=other)


def confirm_unsigned(talk: Talk, accept: messages.Accept) -> None:
    talk.confirm(accept, order=accept.order)


def confirm_another_way_to_pay(talk: Talk, accept: messages.Accept) -> None:
    talk.confirm(accept, payment=messages.Payment(method="vendor-link", link="https://pay.example"))


@pytest.mark.parametrize(
    ("lie", "code"),
    [
        (confirm_another_order, "bad-signature"),
        (confirm_unsigned, "bad-signature"),
        (confirm_another_way_to_pay, "bad-order"),
    ],
)
def test_a_confirmation_that_is_not_of_this_order_confirms_nothing(
    lie: Callable[[Talk, messages.Accept], None], code: str, tmp_path: Path
) -> None:
    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        await order_best(person, want)
        file = await person.file(key)
        assert file.order is not None
        assert (file.order.state, file.order.payment) == (OrderState.PLACED, None)
        assert file.relationship.trouble == code
        with pytest.raises(NotPossibleNow):
            await accept_offer.paid(person.means, key)

    run(tmp_path, at_accept(lie), job)


def test_a_differing_record_is_an_alarm_that_stands_and_names_no_account(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        await order_best(person, want)
        liar.talk.say(messages.Message(**liar.talk.claims(), text="please pay"))
        await person.settle()
        await keep_relationship.say(person.means, key, "Your record is another.")
        await person.settle()
        file = await person.file(key)
        assert file.relationship.trouble == "record-differs"
        assert "record-differs" in await person.notes(key)
        assert file.order is not None
        assert (file.order.state, file.order.payment, file.order.record) == (OrderState.PLACED, None, "")
        assert Kind.CONFIRMATION in {row.kind for row in file.journal}, "kept as proof"

    run(tmp_path, at_accept(lambda talk, accept: talk.confirm(accept, record="A" * 43)), job)


def confirm_again(talk: Talk, iban: str) -> None:
    """A second confirmation, which an honest vendor could not even seal."""
    message = decode_message(talk.letters[-1]["envelope"]["jws"], talk.vendor.signer.kid)
    assert isinstance(message, messages.Confirmation)
    payment = {"method": "sepa-transfer", "payee": "A shop", "iban": iban}
    talk.sign_out_of_turn("confirmation", order=members_of(message.order), record=message.record, payment=payment)


@pytest.mark.parametrize(
    ("iban", "code"), [(OTHER_IBAN, "payment-changed"), (IBAN, "not-allowed-now")], ids=["another", "the same"]
)
def test_a_second_confirmation_changes_no_account(iban: str, code: str, tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        await order_best(person, want)
        before = await accept_offer.order(person.means, key)
        assert before.payment is not None
        assert before.payment.iban == IBAN
        confirm_again(liar.talk, iban)
        await person.settle()
        assert await accept_offer.order(person.means, key) == before
        file = await person.file(key)
        assert (file.relationship.trouble, file.relationship.state) == (code, RelationshipState.BROKEN)
        assert f"trouble {code}" in await person.notes(key)

    run(tmp_path, honest, job)


def test_a_second_confirmation_that_crosses_the_end_is_an_alarm_and_the_end_still_comes(tmp_path: Path) -> None:
    def say(talk: Talk, message: AnyMessage) -> None:
        if isinstance(message, messages.End):
            confirm_again(talk, OTHER_IBAN)
            talk.close(erased=True)
        else:
            honest(talk, message)

    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        await order_best(person, want)
        await end_relationship.end(person.means, key)
        await person.settle()
        file = await person.file(key)
        assert file.relationship.state is RelationshipState.ENDED
        assert file.relationship.trouble == "payment-changed"
        assert file.order is not None
        assert file.order.payment is not None
        assert file.order.payment.iban == IBAN
        assert "payment-changed" in await person.notes(key)

    run(tmp_path, say, job)


def test_a_confirmation_that_crosses_the_end_still_confirms(tmp_path: Path) -> None:
    held: list[messages.Accept] = []

    def say(talk: Talk, message: AnyMessage) -> None:
        match message:
            case messages.Accept():
                held.append(message)
            case messages.End():
                accept = held[0]
                order = countersign_order(accept.order, talk.vendor.signer, person=talk.conversation.peer_kid)
                assert talk.conversation.id is not None
                record = record_hash(talk.conversation.id, tuple(talk.peer[: accept.seq]), tuple(talk.own))
                payment = {"method": "sepa-transfer", "payee": "A shop", "iban": IBAN}
                talk.sign_out_of_turn("confirmation", order=members_of(order), record=record, payment=payment)
                talk.close()
            case _:
                honest(talk, message)

    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        await order_best(person, want)
        await end_relationship.end(person.means, key)
        await person.settle()
        order = await accept_offer.order(person.means, key)
        assert order.state is OrderState.CONFIRMED
        assert (await person.file(key)).relationship.trouble == ""

    run(tmp_path, say, job)


def test_an_unconfirmed_indicative_order_is_none_once_the_vendor_closes(tmp_path: Path) -> None:
    def say(talk: Talk, message: AnyMessage) -> None:
        match message:
            case messages.Reveal():
                talk.offer(binding=False)
            case messages.Accept():
                talk.close("other")
            case _:
                honest(talk, message)

    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        await order_best(person, want)
        assert (await accept_offer.order(person.means, key)).state is OrderState.CANCELLED
        assert (await say_what_i_want.want(person.means, want)).state is IntentcastState.CAST
        with pytest.raises(NotPossibleNow):
            await accept_offer.paid(person.means, key)

    run(tmp_path, say, job)


def test_nothing_is_fetched_or_believed_after_the_end(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        await end_relationship.end(person.means, key)
        await person.settle()
        liar.talk.sign_out_of_turn("message", text="we are back")
        before = len(liar.requests)
        person.clock.move(days=2)
        await person.settle()
        assert len(liar.requests) == before
        assert (await person.file(key)).relationship.state is RelationshipState.ENDED

    run(tmp_path, honest, job)


def test_an_offer_that_asks_for_everything_gets_what_delivery_needs(tmp_path: Path) -> None:
    names = [f"profile.{path.value}" for path in FieldPath]
    asks = tuple(messages.Ask(name=name, purpose="service", days=3650) for name in [*names, "want.price-cap"])

    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        await order_best(person, want)
        told = {name for name in liar.talk.told if name.startswith("profile.")}
        assert told == {f"profile.{path.value}" for path in FieldPath if path.value.startswith("address.")} - {
            "profile.address.region"
        } | {"profile.name"}
        for request in liar.requests:
            assert not holds(request, PROFILE[FieldPath.EMAIL])
            assert not holds(request, PROFILE[FieldPath.PHONE])

    run(tmp_path, at_reveal(lambda talk: talk.offer(asks=asks)), job)


def test_an_offer_in_another_currency_stands_last_and_says_so(tmp_path: Path) -> None:
    price = messages.PriceClaim(currency="JPY", items=1, total=1)

    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        (row,) = (await compare_offers.compare(person.means, want)).ranked
        assert Caveat.OTHER_CURRENCY in row.caveats
        assert (await person.file(key)).relationship.trouble == ""

    run(tmp_path, at_reveal(lambda talk: talk.offer(price=price)), job)


def test_a_binding_offer_stands_although_the_vendor_takes_it_back(tmp_path: Path) -> None:
    def say(talk: Talk, message: AnyMessage) -> None:
        if not isinstance(message, messages.Reveal):
            honest(talk, message)
            return
        talk.offer()
        offer = talk.offers[-1][0]
        talk.say(messages.OfferWithdrawn(**talk.claims(), offer=offer))
        talk.say(messages.OfferWithdrawn(**talk.claims(), offer="A" * 43))

    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        notes = await person.notes(key)
        assert "binding-offer-withdrawn" in notes
        assert "offer-withdrawn-unknown" in notes
        await order_best(person, want)
        assert (await accept_offer.order(person.means, key)).state is OrderState.CONFIRMED

    run(tmp_path, say, job)


def test_an_indicative_offer_may_be_taken_back(tmp_path: Path) -> None:
    def say(talk: Talk, message: AnyMessage) -> None:
        if not isinstance(message, messages.Reveal):
            honest(talk, message)
            return
        talk.offer(binding=False)
        talk.say(messages.OfferWithdrawn(**talk.claims(), offer=talk.offers[-1][0], note="sold"))

    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        assert (await compare_offers.compare(person.means, want)).ranked == ()
        assert (await person.file(key)).offers[0].state is OfferState.WITHDRAWN

    run(tmp_path, say, job)


def test_an_offer_that_crosses_the_accept_replaces_nothing(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        (row,) = (await compare_offers.compare(person.means, want)).ranked
        await accept_offer.accept(person.means, row.offer.id)
        liar.talk.offer(price=messages.PriceClaim(currency="EUR", items=1, total=1))
        await person.settle()
        file = await person.file(key)
        assert "offer-late" in await person.notes(key)
        assert file.order is not None
        assert file.order.price is not None
        assert file.order.price.total == 41_000
        states = {offer.id: offer.state for offer in file.offers}
        assert sorted(states.values()) == [OfferState.ACCEPTED, OfferState.REPLACED]

    run(tmp_path, honest, job)


def test_a_second_answer_on_terms_after_a_refusal_is_kept_and_counts_for_nothing(tmp_path: Path) -> None:
    def say(talk: Talk, message: AnyMessage) -> None:
        match message:
            case messages.Ping():
                talk.counter_terms("SD-BASE-A")
            case messages.TermsRefuse():
                agreements = [members_of(countersign(one, talk.vendor.signer)) for one in talk.ping.agreements]
                talk.sign_out_of_turn("terms-answer", answer="accept", agreements=agreements)
            case _:
                honest(talk, message)

    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        await settle_terms.refuse_counter(person.means, key)
        await person.settle()
        file = await person.file(key)
        assert file.relationship.state is RelationshipState.REFUSED
        assert {row.kind for row in file.journal if row.sender is Side.PERSON} == {Kind.PING, Kind.TERMS_REFUSE}
        assert "terms-late" in await person.notes(key)
        assert [row.kind for row in file.journal if row.sender is Side.VENDOR].count(Kind.TERMS_ANSWER) == 2

    run(tmp_path, say, job)


def test_status_and_receipt_are_told_and_a_delivered_order_stays_delivered(tmp_path: Path) -> None:
    def say(talk: Talk, message: AnyMessage) -> None:
        honest(talk, message)
        if isinstance(message, messages.Accept):
            for state in ("shipped", "delivered", "delayed"):
                talk.say(messages.Status(**talk.claims(), state=state))
        if isinstance(message, messages.Paid):
            price = messages.PriceClaim(currency="EUR", items=41_000, total=41_000)
            talk.say(messages.Receipt(**talk.claims(), order=message.order, price=price, number="R-1"))
            talk.say(messages.Acknowledgement(**talk.claims(), of=talk.peer[-1]))

    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        with pytest.raises(NotFound):
            await accept_offer.order(person.means, key)
        with pytest.raises(NotFound):
            await accept_offer.paid(person.means, key)
        await order_best(person, want)
        assert (await accept_offer.order(person.means, key)).state is OrderState.FULFILLED
        await accept_offer.paid(person.means, key)
        with pytest.raises(NotPossibleNow):
            await accept_offer.paid(person.means, key)
        await person.settle()
        with pytest.raises(NotPossibleNow):
            await accept_offer.paid(person.means, key)
        notes = await person.notes(key)
        assert {"status-shipped", "status-delivered", "status-delayed", "receipt", "acknowledgement"} <= set(notes)

    run(tmp_path, say, job)


def test_a_counter_or_decline_is_only_for_an_offer_that_is_there(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        with pytest.raises(NotFound):
            await accept_offer.decline(person.means, MessageId("A" * 43), DeclineReason.PRICE)
        (row,) = (await compare_offers.compare(person.means, want)).ranked
        liar.talk.close("busy")
        await person.settle()
        assert (await person.file(key)).relationship.state is RelationshipState.DECLINED
        with pytest.raises(NotPossibleNow):
            await keep_relationship.say(person.means, key, "hello?")
        assert (await compare_offers.offer(person.means, row.offer.id)).ranked is None

    run(tmp_path, honest, job)
