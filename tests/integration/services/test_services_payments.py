"""Payments of real orders: handed over as signed, asked about later, blocked by whatever names another account."""

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.lying_vendor import IBAN, OTHER_IBAN, LyingVendor, a_lying_vendor, honest
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import Person, a_person
from vrm_desktop.canon import strict_json
from vrm_desktop.domain.agenda import AgendaKind, When
from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.booking import Booking, BookingKind
from vrm_desktop.domain.ids import IntentcastId, RelationshipId
from vrm_desktop.domain.kinds import State
from vrm_desktop.domain.limits import Breach, Frequency, LimitTerms, Party
from vrm_desktop.domain.payment import AlarmSource, Decision, Difference, PayState, PayWay
from vrm_desktop.domain.relationship import OrderState, PaymentDetails
from vrm_desktop.protocol import messages
from vrm_desktop.services import (
    accept_offer,
    agenda,
    compare_offers,
    hand_over_payment,
    keep_limits,
    keep_money,
    read_mail,
    see_payment,
    watch_dates,
)
from vrm_desktop.services.errors import NotFound, NotPossibleNow, OverLimit, PaymentBlocked
from vrm_desktop.services.hand_over_payment import Receipt
from vrm_desktop.services.hold_acts import undo

Job = Callable[[Person, LyingVendor, IntentcastId, RelationshipId], Awaitable[None]]
NOBODY = RelationshipId("rel-none")
VERIFIER = Path(__file__).parents[3] / "docs" / "examples" / "verify_limits.py"


def run(folder: Path, job: Job, *, ordered: bool = True) -> None:
    """Cast to one honest vendor, order its offer, then do the job."""

    async def body() -> None:
        clock = MovingClock()
        async with a_lying_vendor(clock) as liar, a_person(folder / "home", clock) as person:
            liar.script = honest
            await person.knows()
            want, (key,) = await person.casts(liar.url)
            await person.settle()
            if ordered:
                await order(person, want)
            await job(person, liar, want, key)

    asyncio.run(body())


async def order(person: Person, want: IntentcastId, *, over_limit: bool = False) -> None:
    best = (await compare_offers.compare(person.means, want)).ranked[0]
    await accept_offer.accept(person.means, best.offer.id, over_limit=over_limit)
    await person.settle()


async def pays_by(person: Person, key: RelationshipId, details: PaymentDetails) -> None:
    """The confirmed order is paid otherwise, as another way of reaching vendors may have it."""
    found = await accept_offer.order(person.means, key)
    await person.means.vault.write(lambda tx: tx.save_order(replace(found, payment=details)))


def test_a_payment_is_handed_over_asked_about_after_a_day_and_its_receipt_kept(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        means = person.means
        paying = await see_payment.payment(means, key)
        assert [one.way for one in paying.ways] == [PayWay.TRANSFER, PayWay.BANK_CODE]
        assert not paying.blocked
        assert await see_payment.named(means, paying.order.hash) == key
        way = await hand_over_payment.hand_over(means, key, PayWay.TRANSFER)
        assert way.uri.startswith(f"payto://iban/{IBAN}?amount=EUR:")
        assert await watch_dates.watch(means) == await hand_over_payment.watch(means)
        assert [one for one in await agenda.agenda(means) if one.item.kind is AgendaKind.PAYMENT_OUTCOME] == []
        person.clock.move(days=1)
        assert (await hand_over_payment.watch(means)).things
        assert not (await hand_over_payment.watch(means)).things
        [asked] = [one for one in await agenda.agenda(means) if one.item.kind is AgendaKind.PAYMENT_OUTCOME]
        assert asked.when is When.TODAY
        await hand_over_payment.not_done(means, key, unsure=True)
        [asked] = [one for one in await agenda.agenda(means) if one.item.kind is AgendaKind.PAYMENT_OUTCOME]
        assert asked.item.due == person.clock.today() + timedelta(days=7)
        await hand_over_payment.done(means, key, Receipt(name="receipt.pdf", media="application/pdf", data=b"%PDF-1.7"))
        await person.settle()
        paid = await see_payment.payment(means, key)
        assert (paid.handover.state, paid.paid, paid.order.paid is not None) == (PayState.RECEIPT_KEPT, True, True)
        [asked] = [one for one in await agenda.agenda(means) if one.item.kind is AgendaKind.PAYMENT_OUTCOME]
        assert asked.when is When.DONE
        [kept] = await means.vault.read(lambda tx: tx.papers(Attachment))
        assert (kept.paper, kept.of, kept.id) == (paid.handover.id, "payment-handover", paid.handover.receipt)
        kinds = [one.kind for one in await keep_money.bookings(means, paid.handover.vendor)]
        assert sorted(kinds) == sorted([BookingKind.OWED, BookingKind.PAID, BookingKind.RECEIPT])
        await hand_over_payment.done(means, key)
        with pytest.raises(NotPossibleNow):
            await hand_over_payment.hand_over(means, key, PayWay.TRANSFER)
        with pytest.raises(NotPossibleNow):
            await hand_over_payment.not_done(means, key)

    run(tmp_path, job)


def test_a_message_that_names_another_account_blocks_until_the_person_decides(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        means = person.means
        text = f"Our bank has changed! Please pay to {OTHER_IBAN[:4]} {OTHER_IBAN[4:]} only."
        liar.talk.say(messages.Message(**liar.talk.claims(), text=text))
        await person.settle()
        paying = await see_payment.payment(means, key)
        [alarm] = paying.handover.undecided
        assert (alarm.difference, alarm.agreed, alarm.seen) == (Difference.ACCOUNT, IBAN, OTHER_IBAN)
        assert alarm.source is AlarmSource.MESSAGE
        assert "payment-alarm" in await person.notes(key)
        for refused in (hand_over_payment.hand_over(means, key, PayWay.TRANSFER), see_payment.code(means, key)):
            with pytest.raises(PaymentBlocked):
                await refused
        await hand_over_payment.decide(means, key, Decision.AS_SIGNED)
        assert f"/{IBAN}?" in (await hand_over_payment.hand_over(means, key, PayWay.TRANSFER)).uri
        assert b"<svg" in await see_payment.code(means, key)
        liar.talk.say(messages.Message(**liar.talk.claims(), text=text))
        await person.settle()
        assert not (await see_payment.payment(means, key)).blocked
        with pytest.raises(NotPossibleNow):
            await hand_over_payment.decide(means, key, Decision.AS_SIGNED)

    run(tmp_path, job)


def test_a_mail_that_names_another_account_blocks_whoever_says_to_have_sent_it(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        means, vendor = person.means, (await person.file(key)).vendor.id
        head = "From: Bookkeeping <pay@elsewhere.example>\r\nTo: me@mail.example\r\nSubject: Your order\r\n\r\n"
        await read_mail.take_in(means, f"{head}Thank you; our account is {IBAN}.\r\n".encode(), vendor=vendor)
        assert not (await see_payment.payment(means, key)).blocked
        changed = f"{head}Our bank has changed. Pay to {OTHER_IBAN} only.\r\n".encode()
        stray = (await read_mail.take_in(means, changed)).mail
        assert not (await see_payment.payment(means, key)).blocked, "nobody knows yet whose it is"
        await read_mail.belongs_to(means, stray.id, vendor)
        [alarm] = (await see_payment.payment(means, key)).handover.undecided
        assert (alarm.source, alarm.difference, alarm.seen) == (AlarmSource.MAIL, Difference.ACCOUNT, OTHER_IBAN)
        with pytest.raises(PaymentBlocked):
            await hand_over_payment.hand_over(means, key, PayWay.TRANSFER)

    run(tmp_path, job)


def test_an_ordinary_message_is_no_alarm(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        for text in (f"Thank you; our account is {IBAN}.", "Track it: https://parcels.test/track/1183"):
            liar.talk.say(messages.Message(**liar.talk.claims(), text=text))
        await person.settle()
        assert not (await see_payment.payment(person.means, key)).blocked

    run(tmp_path, job)


def test_a_pasted_text_is_compared_and_a_stopped_payment_stays_stopped(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        means = person.means
        same = await hand_over_payment.check(means, key, f"IBAN {IBAN}")
        assert (same.found, same.differing, same.paying.blocked) == (1, (), False)
        assert (await hand_over_payment.check(means, key, "hello")).found == 0
        other = await hand_over_payment.check(means, key, f"payto://iban/{OTHER_IBAN}?amount=EUR:1")
        assert [one.difference for one in other.differing] == [Difference.ACCOUNT, Difference.AMOUNT]
        assert other.paying.blocked
        await hand_over_payment.decide(means, key, Decision.STOP)
        stopped = await see_payment.payment(means, key)
        assert (stopped.handover.state, stopped.blocked) == (PayState.DISPUTED, True)
        assert [one.blocked for one in await see_payment.payments(means)] == [True]
        await hand_over_payment.decide(means, key, Decision.AS_SIGNED)
        await hand_over_payment.hand_over(means, key, PayWay.BANK_CODE)
        await hand_over_payment.not_done(means, key)
        assert (await see_payment.payment(means, key)).handover.state is PayState.NOT_PAID

    run(tmp_path, job)


def test_a_confirmation_with_another_account_is_decided_too_and_both_records_differing_is_not(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        means = person.means

        async def in_trouble(code: str) -> None:
            file = await person.file(key)
            await means.vault.write(lambda tx: tx.save_relationship(replace(file.relationship, trouble=code)))

        await in_trouble("payment-changed")
        assert (await see_payment.payment(means, key)).trouble == "payment-changed"
        with pytest.raises(PaymentBlocked):
            await hand_over_payment.hand_over(means, key, PayWay.TRANSFER)
        await hand_over_payment.decide(means, key, Decision.AS_SIGNED)
        assert (await person.file(key)).relationship.trouble == ""
        await hand_over_payment.hand_over(means, key, PayWay.TRANSFER)
        await in_trouble("record-differs")
        with pytest.raises(NotPossibleNow):
            await hand_over_payment.decide(means, key, Decision.AS_SIGNED)
        await in_trouble("fork")
        assert (await see_payment.payment(means, key)).trouble == ""

    run(tmp_path, job)


@pytest.mark.parametrize(
    ("details", "way", "difference"),
    [
        (PaymentDetails(method="vendor-link", link="https://pay.test/1"), PayWay.VENDOR_PAGE, Difference.SITE),
        (PaymentDetails(method="continue-url", link="http://shop.test/1"), PayWay.CHECKOUT, Difference.NOT_HTTPS),
        (PaymentDetails(method="vendor-link", link="taler://pay/shop.test/1"), PayWay.WALLET, None),
        (PaymentDetails(method="cash"), PayWay.IN_PERSON, None),
        (PaymentDetails(method="vendor-link", link="https://user@shop.test/"), None, None),
    ],
)
def test_a_link_that_goes_elsewhere_asks_before_it_is_opened(
    details: PaymentDetails, way: PayWay | None, difference: Difference | None, tmp_path: Path
) -> None:
    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        means = person.means
        await pays_by(person, key, details)
        paying = await see_payment.payment(means, key)
        assert [one.way for one in paying.ways] == ([way] if way else [])
        assert [one.difference for one in paying.handover.undecided] == ([difference] if difference else [])
        if way is None:
            return
        if difference is not None:
            with pytest.raises(PaymentBlocked):
                await hand_over_payment.hand_over(means, key, way)
            await hand_over_payment.decide(means, key, Decision.AS_SIGNED)
        assert (await hand_over_payment.hand_over(means, key, way)).uri == details.link
        with pytest.raises(NotPossibleNow):
            await hand_over_payment.hand_over(means, key, PayWay.TRANSFER)

    run(tmp_path, job)


def test_where_nobody_can_be_told_over_the_wire_it_is_written_down(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        means = person.means
        file = await person.file(key)
        over = replace(file.relationship, conversation=replace(file.relationship.conversation, state=State.ENDED))
        await means.vault.write(lambda tx: tx.save_relationship(over))
        await hand_over_payment.done(means, key)
        paying = await see_payment.payment(means, key)
        assert (paying.handover.state, paying.order.paid is not None) == (PayState.SAID_PAID, True)
        [booked] = await means.vault.read(lambda tx: tx.papers(Booking))
        assert (booked.kind, booked.amount) == (BookingKind.PAID, paying.amount)

    run(tmp_path, job)


def test_saying_it_twice_while_it_is_on_its_way_says_it_once(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        means = person.means
        await hand_over_payment.hand_over(means, key, PayWay.TRANSFER)
        await hand_over_payment.done(means, key)
        await hand_over_payment.done(means, key)
        await person.settle()
        kinds = [one.kind for one in await keep_money.bookings(means, (await person.file(key)).vendor.id)]
        assert kinds.count(BookingKind.PAID) == 1

    run(tmp_path, job)


def test_what_was_paid_by_the_older_button_is_not_asked_about(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        means = person.means
        await hand_over_payment.hand_over(means, key, PayWay.TRANSFER)
        await accept_offer.paid(means, key)
        await person.settle()
        person.clock.move(days=2)
        await hand_over_payment.watch(means)
        assert [one for one in await agenda.agenda(means) if one.item.kind is AgendaKind.PAYMENT_OUTCOME] == []
        paid = await see_payment.payment(means, key)
        assert paid.handover.state is PayState.SAID_PAID
        await hand_over_payment.done(means, key, Receipt(name="r.txt", media="text/plain", data=b"paid"))
        assert (await see_payment.payment(means, key)).handover.state is PayState.RECEIPT_KEPT

    run(tmp_path, job)


def test_there_is_nothing_to_pay_without_a_confirmed_order(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        means = person.means
        for call in (see_payment.payment(means, NOBODY), see_payment.named(means, "nothing")):
            with pytest.raises(NotFound):
                await call
        assert await see_payment.payments(means) == ()
        await order(person, want)
        found = await accept_offer.order(means, key)
        await means.vault.write(lambda tx: tx.save_order(replace(found, state=OrderState.CANCELLED)))
        with pytest.raises(NotPossibleNow):
            await see_payment.payment(means, key)

    run(tmp_path, job, ordered=False)


async def terms(person: Person, want: IntentcastId, **changed: object) -> LimitTerms:
    """A limit that the first offer is within."""
    offer = (await compare_offers.compare(person.means, want)).ranked[0].offer
    assert offer.price is not None
    now = person.clock.now()
    made = LimitTerms(
        currency=offer.price.currency,
        highest=offer.price.total,
        starts=now,
        ends=now + timedelta(days=30),
        merchants=await keep_limits.parties(person.means, (offer.vendor,)),
    )
    return replace(made, **changed)  # type: ignore[arg-type] # members of the record


def test_an_order_within_a_limit_is_counted_there_and_undone_it_is_not(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        means = person.means
        made = await keep_limits.add(means, " A bike ", await terms(person, want))
        offer = (await compare_offers.compare(means, want)).ranked[0].offer
        within = (await keep_limits.judge_offer(means, offer)).within
        assert within is not None
        assert (within.id, made.title) == (made.id, "A bike")
        await accept_offer.accept(means, offer.id)
        assert offer.price is not None
        shown = await keep_limits.limit(means, made.id)
        assert (shown.spent.minor, len(shown.uses), shown.in_force) == (offer.price.total, 1, True)
        [held] = (await person.file(key)).waiting
        await undo(means, held.id)
        assert (await keep_limits.limit(means, made.id)).spent.minor == 0
        await order(person, want)
        found = await accept_offer.order(means, key)
        assert (await keep_limits.limit(means, made.id)).spent.minor == offer.price.total
        await means.vault.write(lambda tx: tx.save_order(replace(found, state=OrderState.CANCELLED)))
        assert (await keep_limits.limit(means, made.id)).spent.minor == 0

    run(tmp_path, job, ordered=False)


def test_what_no_limit_allows_needs_the_persons_word(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        means = person.means
        close = await terms(person, want)
        first = await keep_limits.add(means, "Less", replace(close, highest=close.highest - 1))
        second = await keep_limits.add(means, "Others", replace(close, merchants=(Party(id="other.example"),)))
        offer = (await compare_offers.compare(means, want)).ranked[0].offer
        found = await keep_limits.judge_offer(means, offer)
        assert found.asks
        assert {one.id: why for one, why in found.broken} == {
            first.id: (Breach.TOO_MUCH,),
            second.id: (Breach.MERCHANT,),
        }
        with pytest.raises(OverLimit, match="too-much"):
            await accept_offer.accept(means, offer.id)
        with pytest.raises(NotFound):
            await accept_offer.order(means, key)
        await order(person, want, over_limit=True)
        assert (await accept_offer.order(means, key)).state is OrderState.CONFIRMED
        assert [one.spent.minor for one in await keep_limits.limits(means)] == [0, 0]

    run(tmp_path, job, ordered=False)


def test_a_payment_goes_only_to_whom_the_limit_names(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        means = person.means
        payees = (Party(id=f"payto://iban/{OTHER_IBAN}"),)
        await keep_limits.add(means, "Bikes", await terms(person, want, payees=payees))
        await order(person, want)
        with pytest.raises(OverLimit, match="payee"):
            await hand_over_payment.hand_over(means, key, PayWay.TRANSFER)
        await hand_over_payment.hand_over(means, key, PayWay.TRANSFER, over_limit=True)

    run(tmp_path, job, ordered=False)


def test_a_limit_that_is_revoked_or_over_stands_in_nobodys_way(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        means = person.means
        small = await terms(person, want, highest=1, frequency=Frequency.DAILY, times=1)
        made = await keep_limits.add(means, "Small", small)
        await keep_limits.revoke(means, made.id)
        with pytest.raises(NotPossibleNow):
            await keep_limits.revoke(means, made.id)
        with pytest.raises(NotFound):
            await keep_limits.limit(means, "limit-none")
        assert (
            await keep_limits.judge_offer(means, (await compare_offers.compare(means, want)).ranked[0].offer)
        ).asks is False
        await order(person, want)

    run(tmp_path, job, ordered=False)


def checked(file: Path) -> tuple[int, str]:
    ran = subprocess.run([sys.executable, str(VERIFIER), str(file)], capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout


def test_a_stranger_checks_an_exported_limit_without_this_program(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, want: IntentcastId, key: RelationshipId) -> None:
        means, file = person.means, tmp_path / "limit.json"
        days = timedelta(days=36_500)  # the stranger has a clock of its own
        close = await terms(person, want, ends=person.clock.now() + days, frequency=Frequency.WEEKLY, times=3)
        made = await keep_limits.add(means, "Private words", close)
        data = await keep_limits.export(means, made.id)
        assert b"Private" not in data
        file.write_bytes(data)
        status, told = checked(file)
        assert (status, "minor units of EUR" in told, '"frequency": "WEEKLY"' in told) == (0, True, True)
        said = strict_json.decode_canonical(data)
        assert isinstance(said, dict)
        file.write_bytes(strict_json.encode({**said, "payment": said["checkout"]}))
        assert checked(file) == (1, "DOES NOT HOLD: payment: another kind of mandate\n")
        await keep_limits.revoke(means, made.id)
        file.write_bytes(await keep_limits.export(means, made.id))
        status, told = checked(file)
        assert (status, "REVOKED on" in told) == (1, True)

    run(tmp_path, job, ordered=False)
