"""What pages are told of the vault: places explained, news held back, ways to pay, troubles in words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes import specimens
from tests.fakes.asking_window import AskingWindow, asking_window
from tests.fakes.ui_probes import Probe, texts
from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.ids import MessageId, RelationshipId
from vrm_desktop.domain.intentcast import Fulfilment, Intentcast, IntentcastState
from vrm_desktop.domain.kinds import Side, State
from vrm_desktop.domain.limits import LimitTerms
from vrm_desktop.domain.offer import Offer, OfferState, Price
from vrm_desktop.domain.payment import AlarmSource
from vrm_desktop.domain.relationship import (
    AgreementState,
    OrderRecord,
    OrderState,
    PaymentDetails,
    RelationshipState,
)
from vrm_desktop.domain.ways import Way
from vrm_desktop.services import hand_over_payment, keep_limits
from vrm_desktop.services.ports import Transaction
from vrm_desktop.ui.controllers.cast_reading import read_cast
from vrm_desktop.ui.controllers.offers_reading import OffersRead, read_offers
from vrm_desktop.ui.controllers.order_reading import read_acceptance, read_order
from vrm_desktop.ui.models.order_view import AcceptView, OrderView
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone


@pytest.fixture
def person(tmp_path: Path, look: Look, probe: Probe) -> Iterator[AskingWindow]:
    """Somebody in the middle of a cast that nobody tends."""
    with asking_window(tmp_path / "home", look, probe) as made:
        keep(made, lambda tx: tx.save_intentcast(want(made)), lambda tx: tx.save_vendor(specimens.VENDOR))
        yield made


def keep(person: AskingWindow, *changes: object) -> None:
    """Write into the vault, as if it had happened."""

    def change(tx: Transaction) -> None:
        for one in changes:
            one(tx)  # type: ignore[operator]

    person.run(person.home.means.vault.write(change))


def want(person: AskingWindow) -> Intentcast:
    """The want, with days from now on."""
    now = person.home.means.clock.now()
    return replace(
        specimens.WANT,
        made=now,
        answers_by=now.date() + timedelta(days=2),
        needed_by=now.date() + timedelta(days=9),
        sealed_offers=False,
        as_customer=None,
    )


def offer(person: AskingWindow, number: int, total: int = 70000, **changes: object) -> Offer:
    """An offer from a relationship of its own, kept in the vault."""
    now = person.home.means.clock.now()
    key = RelationshipId(f"rel-{changes.pop('relationship', number)}")
    made = replace(
        specimens.OFFER,
        id=specimens.message_id(100 + number),
        relationship=key,
        price=Price(currency="EUR", items=total, shipping=0, fees=0, tax=0, total=total),
        valid_until=now + timedelta(days=6),
        by=now.date() + timedelta(days=4),
        received=now,
        state=OfferState.LIVE,
    )
    made = replace(made, **changes)  # type: ignore[arg-type]

    def write(tx: Transaction) -> None:
        if tx.relationship(key) is None:
            kid = tx.new_identity(key, bytes([number]) * 32, f"secret-{number}")
            conversation = replace(specimens.RELATIONSHIP.conversation, own_kid=kid)
            tx.save_relationship(
                replace(specimens.RELATIONSHIP, id=key, conversation=conversation, address="", trouble="")
            )
        tx.save_offer(made)

    keep(person, write)
    return made


def read(person: AskingWindow, shown: frozenset[MessageId] | None = None) -> OffersRead:
    """The comparison now."""
    return person.run(read_offers(person.home.means, specimens.WANT.id, shown))


def test_each_place_is_explained_against_the_first(person: AskingWindow) -> None:
    offer(person, 1, 70000)
    offer(person, 2, 75000, asks=(), returns_days=60, warranty_months=24)
    offer(person, 3, 90000, binding=False, by=None, asks=specimens.OFFER.asks * 4)
    by_total = {one.total: one for one in read(person).view.offers}
    assert {by_total["€700.00"].place, by_total["€750.00"].place} == {1, 2}
    assert "Wants to know nothing beyond what delivery needs." in by_total["€750.00"].reasons
    last = by_total["€900.00"]
    assert last.place == 3
    assert {
        "Over what you would pay.",
        "Names no date.",
        "An indication, not binding yet.",
        "Wants to know a lot about you.",
    } <= set(last.reasons)
    assert any(reason.startswith("Costs €") for reason in last.reasons)
    second = next(one for one in by_total.values() if one.place == 2)
    assert second.would_win.startswith("Would win with a total of €")
    assert (last.arrives, last.in_time) == ("not said", None)


def test_shipping_tax_and_fees_stand_beside_the_total(person: AskingWindow) -> None:
    price = Price(currency="EUR", items=50000, shipping=2000, fees=300, tax=9500, total=61800)
    offer(person, 1, fulfilment=Fulfilment.DELIVERED, price=price, returns_days=None, warranty_months=7)
    offer(person, 2, fulfilment=Fulfilment.ON_SITE, returns_days=1, warranty_months=None)
    offer(person, 3, fulfilment=Fulfilment.DELIVERED, returns_days=0, warranty_months=0)
    shown = {one.breakdown: one for one in read(person).view.offers}
    first = shown["€20.00 shipping, €95.00 tax, €3.00 fees"]
    assert (first.returns, first.warranty) == ("not said", "7 months warranty")
    assert (shown["at your place"].returns, shown["at your place"].warranty) == ("1 day", "warranty not said")
    assert (shown["free shipping"].returns, shown["free shipping"].warranty) == ("none", "no warranty")


def test_an_offer_without_a_price_and_one_in_another_currency_come_last_and_say_why(person: AskingWindow) -> None:
    offer(person, 1)
    offer(person, 2, price=None)
    offer(person, 3, price=Price(currency="GBP", items=100, shipping=0, fees=0, tax=0, total=100))
    offers = {one.total: one for one in read(person).view.offers}
    assert "Without a price, so not compared on cost." in offers["no price"].reasons
    assert "In another currency, so not compared on cost." in offers["£1.00"].reasons
    assert offers["€700.00"].place == 1


def test_what_has_run_out_or_was_answered_is_not_ranked(person: AskingWindow) -> None:
    past = person.home.means.clock.now() - timedelta(hours=1)
    offer(person, 1, valid_until=past)
    offer(person, 2, state=OfferState.DECLINED)
    offer(person, 3, state=OfferState.COUNTERED)
    offer(person, 4, state=OfferState.WITHDRAWN)
    by_reason = {one.reasons[0]: one for one in read(person).view.offers}
    assert by_reason["Not ranked: run out."].expired
    declined = by_reason["Not ranked: declined by you."]
    assert (declined.answered, declined.expired) == ("Declined by you", False)
    assert len(by_reason) == 3
    countered = next(one for one in read(person).view.offers if one.place == 1)
    assert not countered.can_counter


def test_new_offers_wait_but_an_answer_of_the_same_vendor_does_not(person: AskingWindow) -> None:
    first = offer(person, 1)
    seen = read(person)
    assert seen.shown == {first.id}
    offer(person, 2, 60000)
    waiting = read(person, seen.shown)
    assert (len(waiting.view.offers), waiting.view.new_waiting, waiting.view.offers[0].place) == (1, 1, 1)
    offer(person, 3, 65000, relationship=1)
    keep(person, lambda tx: tx.set_offer_state(first.id, OfferState.REPLACED))
    again = read(person, seen.shown)
    assert [one.total for one in again.view.offers] == ["€650.00"]
    assert read(person).view.new_waiting == 0


def test_the_window_asks_before_it_moves_rows(person: AskingWindow) -> None:
    offer(person, 1)
    person.asking.show_want(specimens.WANT.id, PageId.OFFERS)
    person.until(lambda: len(person.offers.table.shown_ids) == 1)
    offer(person, 2, 60000)
    person.bridge.notice([("intentcast", specimens.WANT.id)])
    person.until(lambda: "Show 1 new offer" in texts(person.offers))
    assert len(person.offers.table.shown_ids) == 1
    person.offers._newest.click()
    person.until(lambda: len(person.offers.table.shown_ids) == 2)
    assert "Show 1 new offer" not in texts(person.offers)


def test_sealed_offers_are_counted_and_not_shown(person: AskingWindow) -> None:
    offer(person, 1)
    offer(person, 2)
    keep(person, lambda tx: tx.save_intentcast(replace(want(person), sealed_offers=True)))
    view = read(person).view
    assert view.offers == ()
    assert view.standing.startswith("2 offers have come; they are opened together when ")


def test_accepting_names_what_delivery_needs_and_for_what(person: AskingWindow) -> None:
    collected = offer(person, 1, payment=("sepa-transfer", "cash"))
    keep(person, lambda tx: tx.save_field(specimens.FIELD))
    view = person.run(read_acceptance(person.home.means, collected))
    assert isinstance(view, AcceptView)
    assert view.gets == (("Name", "Anna Beispiel"),)
    assert view.use.startswith("To be used only to deliver, until ")
    assert view.ways == (("sepa-transfer", "Bank transfer"), ("cash", "In cash"))


def order(person: AskingWindow, **changes: object) -> OrderView:
    """The view of the order, kept in the vault with these changes."""
    there = person.run(person.home.means.vault.read(lambda tx: tx.offer(specimens.message_id(101))))
    one = there or offer(person, 1)  # an offer says when it ends: made anew a second later it would be another one
    record: OrderRecord = replace(specimens.ORDER, relationship=one.relationship, offer=one.id)
    record = replace(record, **changes)  # type: ignore[arg-type]
    keep(
        person,
        lambda tx: tx.save_order(record),
        lambda tx: tx.save_intentcast(replace(want(person), state=IntentcastState.ORDERED)),
    )
    view = person.run(read_order(person.home.means, specimens.WANT.id))
    assert view is not None
    return view


def test_a_confirmed_order_can_be_paid_by_link_and_by_code(person: AskingWindow) -> None:
    view = order(person)
    assert view.link.startswith("payto://iban/DE02120300000000202051?amount=EUR:754.00")
    assert view.code.startswith(b"<?xml")
    assert ("Account", "DE02 1203 0000 0000 2020 51") in view.lines
    assert (view.state, view.tone, view.can_tell_paid) == ("confirmed", Tone.GOOD, True)


def test_an_order_that_waits_is_paid_or_has_no_transfer_offers_no_code(person: AskingWindow) -> None:
    placed = order(person, state=OrderState.PLACED, payment=None, record="")
    assert (placed.link, placed.code, placed.can_tell_paid, placed.tone) == ("", b"", False, Tone.ACCENT)
    linked = order(person, payment=PaymentDetails(method="vendor-link", link="https://rad.example/pay/1"))
    assert (linked.link, linked.code, linked.can_tell_paid) == ("https://rad.example/pay/1", b"", True)
    paid = order(person, paid=person.home.means.clock.now())
    assert (paid.state, paid.link, paid.can_tell_paid) == ("paid", "", False)
    assert paid.explained.startswith("You told Rad & Tat that you have paid, on ")


def test_an_order_by_mail_says_that_nobody_signed_it_and_asks_whether_it_was_paid(person: AskingWindow) -> None:
    one = offer(person, 1)
    owner = person.run(person.home.means.vault.read(lambda tx: tx.relationship(one.relationship)))
    assert owner is not None
    keep(person, lambda tx: tx.save_relationship(replace(owner, way=Way.MAIL)))
    unsigned: dict[str, object] = {"payment": None, "record": "", "payment_method": "none"}
    placed = order(person, **unsigned, state=OrderState.PLACED)
    assert placed.explained == "You ordered by e-mail; nobody has signed it. Keep their confirmation."
    assert (placed.can_tell_paid, placed.asks) == (False, False)
    stands = order(person, **unsigned, state=OrderState.CONFIRMED)
    assert stands.explained.startswith("Confirmed by e-mail, as you say; nobody has signed it.")
    assert stands.explained.endswith("Check the account with them in another way, then pay it yourself.")
    assert (stands.link, stands.can_tell_paid, stands.asks, stands.signed) == ("", True, True, False)
    assert "Payment" not in dict(stands.lines)
    keep(person, lambda tx: hand_over_named(tx, person))
    named = person.run(read_order(person.home.means, specimens.WANT.id))
    assert named is not None
    assert (named.alarm, named.can_decide) == ("They name where to pay; nobody has signed it.", True)
    person.asking.show_want(specimens.WANT.id, PageId.OFFERS)
    person.until(person.offers.order.as_signed.isVisible)
    assert person.offers.order.as_signed.text().strip() == "I have checked it with them"
    paid = order(person, **unsigned, state=OrderState.CONFIRMED, paid=person.home.means.clock.now())
    assert paid.explained.startswith("You noted on ")
    fallen = order(person, **unsigned, state=OrderState.CANCELLED)
    assert (fallen.explained, fallen.can_tell_paid) == ("It did not come about; nobody has signed anything.", False)


def hand_over_named(tx: Transaction, person: AskingWindow) -> None:
    [one] = tx.orders()
    text = "Please pay to DE89 3704 0044 0532 0130 00."
    assert hand_over_payment.heard(tx, person.home.means, one.relationship, text, AlarmSource.MAIL)


def test_a_link_elsewhere_asks_first_and_the_person_decides_in_the_window(person: AskingWindow) -> None:
    view = order(person, payment=PaymentDetails(method="vendor-link", link="https://pay.test/1"))
    assert (view.link, view.can_decide, view.can_tell_paid) == ("", True, False)
    assert view.differing[0].startswith("A page that is not known to be the vendor's: pay.test.")
    person.asking.show_want(specimens.WANT.id, PageId.OFFERS)
    person.until(person.offers.order.as_signed.isVisible)
    person.offers.order.as_signed.click()
    person.until(person.offers.order.copy.isVisible)
    person.offers.order.copy.click()
    person.until(person.offers.order.not_paid.isVisible)
    assert person.copied == ["https://pay.test/1"]
    person.offers.order.not_paid.click()
    person.until(lambda: not person.offers.order.not_paid.isVisible())


def test_what_no_limit_allows_is_said_before_it_is_accepted(person: AskingWindow) -> None:
    found = offer(person, 1)
    keep(person, lambda tx: tx.save_field(specimens.FIELD))
    fits = person.run(read_acceptance(person.home.means, found))
    assert isinstance(fits, AcceptView)
    assert not fits.over
    now = person.home.means.clock.now()
    small = LimitTerms(currency="EUR", highest=1, starts=now, ends=now + timedelta(days=2))
    person.run(keep_limits.add(person.home.means, "Small things", small))
    view = person.run(read_acceptance(person.home.means, found))
    assert isinstance(view, AcceptView)
    assert (view.over, "Small things: this costs more than one purchase may" in view.use) == (True, True)


def test_changed_payment_details_are_an_alarm(person: AskingWindow) -> None:
    order(person)
    keep(
        person,
        lambda tx: tx.save_relationship(replace(tx.relationship(RelationshipId("rel-1")), trouble="payment-changed")),
    )
    view = person.run(read_order(person.home.means, specimens.WANT.id))
    assert view is not None
    assert view.alarm
    person.asking.show_want(specimens.WANT.id, PageId.OFFERS)
    person.until(lambda: "Do not pay before you have asked the vendor in another way." in texts(person.offers))
    person.offers.see_offers.click()
    assert len(person.offers.table.shown_ids) == 1
    person.offers.see_order.click()
    assert person.offers.order.isVisible()


@pytest.mark.parametrize(
    ("state", "conversation", "trouble", "said", "tone"),
    [
        (RelationshipState.ASKING, State.NEW, "", "about to be asked", Tone.ACCENT),
        (RelationshipState.ASKING, State.ASKED, "timed-out", "trouble, tried again", Tone.BAD),
        (RelationshipState.OPEN, State.REVEALED, "timed-out", "signed, making an offer", Tone.CAUTION),
        (RelationshipState.OPEN, State.HAGGLING, "", "has your price", Tone.ACCENT),
        (RelationshipState.DECLINED, State.DECLINED, "", "does not take part", Tone.NEUTRAL),
        (RelationshipState.DECLINED, State.ENDED, "", "has nothing that fits", Tone.NEUTRAL),
        (RelationshipState.UNREACHABLE, State.NEW, "", "cannot be reached", Tone.BAD),
        (RelationshipState.ENDED, State.ENDED, "", "over", Tone.NEUTRAL),
    ],
)
def test_each_vendor_s_part_is_said_in_words(
    person: AskingWindow, state: RelationshipState, conversation: State, trouble: str, said: str, tone: Tone
) -> None:
    offer(person, 1)

    def change(tx: Transaction) -> None:
        there = tx.relationship(RelationshipId("rel-1"))
        assert there is not None
        moved = replace(there.conversation, state=conversation)
        if conversation is State.NEW:
            kids = there.conversation
            moved = Conversation(side=Side.PERSON, own_kid=kids.own_kid, peer_kid=kids.peer_kid)
        tx.save_relationship(replace(there, state=state, conversation=moved, trouble=trouble))

    keep(person, change)
    row = person.run(read_cast(person.home.means, specimens.WANT.id)).rows[0]
    assert (row.state, row.tone) == (said, tone)
    assert row.detail.endswith("It is asked again later.") is bool(trouble)


def test_a_counter_with_conditions_that_nobody_knows_says_so(person: AskingWindow) -> None:
    offer(person, 1)

    def change(tx: Transaction) -> None:
        there = tx.relationship(RelationshipId("rel-1"))
        assert there is not None
        tx.save_relationship(
            replace(
                there,
                state=RelationshipState.ASKING,
                conversation=replace(there.conversation, state=State.COUNTERED),
            )
        )
        tx.save_agreement(
            replace(specimens.AGREEMENT, relationship=there.id, roster="OWN-TERMS", state=AgreementState.COUNTERED)
        )

    keep(person, change)
    counter = person.run(read_cast(person.home.means, specimens.WANT.id)).rows[0].counter
    assert counter is not None
    assert counter.changes[0].theirs == "OWN-TERMS"
    assert counter.changes[0].theirs_says == "This program does not know these conditions. Better refuse."
