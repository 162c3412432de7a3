"""Orders by e-mail: placed on the text that leaves, taken back with it, confirmed by the person, paid by herself."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.fakes.mail_desk import BANK, TEXT, Desk, at_the_desk, mail
from vrm_desktop.canon.hashes import digest
from vrm_desktop.domain.agenda import AgendaKind
from vrm_desktop.domain.letter import Letter
from vrm_desktop.domain.living import ChangeKind
from vrm_desktop.domain.mail import MailIn
from vrm_desktop.domain.mail_account import MailAccount, MailBox
from vrm_desktop.domain.outside import OutsideAct
from vrm_desktop.domain.payment import Decision
from vrm_desktop.domain.relationship import OrderRecord, OrderState
from vrm_desktop.services import (
    accept_offer,
    agenda,
    change_order,
    end_relationship,
    hand_over_payment,
    mail_account,
    make_bundle,
    order_by_mail,
    order_promises,
    outside_acts,
    read_mail,
    see_payment,
    write_letters,
)
from vrm_desktop.services.errors import NotFound, NotPossibleNow


async def ordered(desk: Desk) -> OrderRecord:
    """Accept the offer of the usual mail, and look at the order that this makes."""
    known = {one.id for one in await desk.offers()}
    if not known:
        await desk.confirmed(await desk.proposed(mail()))
    [offer] = await desk.offers()
    await accept_offer.accept(desk.means, offer.id)
    return await accept_offer.order(desk.means, offer.relationship)


def confirmation(number: int, text: str = "Vielen Dank für Ihre Bestellung!\n") -> bytes:
    return mail(text, Message_ID=f"<{number}@radladen.example>")


def test_an_order_by_mail_stands_on_the_text_that_leaves_and_is_signed_by_nobody(tmp_path: Path) -> None:
    async def look(desk: Desk) -> None:
        order = await ordered(desk)
        [letter] = await desk.means.vault.read(lambda tx: tx.papers(Letter))
        assert letter.body in order.document.decode()
        assert order.hash == digest(order.document)
        assert (order.state, order.record, order.payment) == (OrderState.PLACED, "", None)
        assert order.price is not None
        assert order.price.total == 71_800
        due = [(one.kind, one.due) for one in await desk.means.vault.read(lambda tx: tx.agenda())]
        assert (AgendaKind.DELIVERY_DUE, date(2026, 11, 26)) in due
        assert await see_payment.payments(desk.means) == ()
        assert not (await make_bundle.choosable(desk.means, order.relationship)).ordered
        made = await make_bundle.make(desk.means, order.relationship, make_bundle.Choice())
        with ZipFile(BytesIO(made.data)) as bundle:
            assert not [name for name in bundle.namelist() if name.startswith("orders/")]
            assert "you ordered by e-mail; it is signed by nobody" in bundle.read("story.txt").decode()
        asked = await change_order.ask(desk.means, order.relationship, ChangeKind.CANCEL)
        assert asked.letter is not None

    at_the_desk(tmp_path, look)


def test_the_persons_word_for_a_mail_confirms_the_order_and_asks_a_week_later_whether_it_was_paid(
    tmp_path: Path,
) -> None:
    async def asked(desk: Desk) -> list[tuple[date, bool]]:
        found = await agenda.agenda(desk.means)
        return [(one.item.due, one.item.done) for one in found if one.item.kind is AgendaKind.PAYMENT_OUTCOME]

    async def look(desk: Desk) -> None:
        order, today = await ordered(desk), desk.means.clock.today()
        [first] = await desk.means.vault.read(lambda tx: tx.papers(MailIn))
        for key, error in (("none", NotFound), (first.id, NotPossibleNow)):
            with pytest.raises(error):
                await order_by_mail.confirmed_by(desk.means, key)
        said = (await read_mail.take_in(desk.means, confirmation(2), vendor=desk.vendor.id)).mail
        assert (await order_by_mail.confirmed_by(desk.means, said.id)).state is OrderState.CONFIRMED
        with pytest.raises(NotPossibleNow):
            await order_by_mail.confirmed_by(desk.means, said.id)
        [paying] = await see_payment.payments(desk.means)
        assert (paying.signed, paying.ways, paying.paid, paying.blocked) == (False, (), False, False)
        assert await asked(desk) == [(today + timedelta(days=7), False)]
        await read_mail.take_in(desk.means, confirmation(3, BANK), vendor=desk.vendor.id)
        [alarmed] = await see_payment.payments(desk.means)
        assert alarmed.blocked, "an account in a mail is never taken for the order's"
        assert alarmed.payment.iban == ""
        await hand_over_payment.decide(desk.means, order.relationship, Decision.AS_SIGNED)
        await hand_over_payment.done(desk.means, order.relationship)
        paid = await accept_offer.order(desk.means, order.relationship)
        assert (paid.paid, paid.payment) == (desk.means.clock.now(), None)
        assert await asked(desk) == [(today + timedelta(days=7), True)]
        notes = [one.kind for one in await desk.means.vault.read(lambda tx: tx.notes(order.relationship))]
        assert [one for one in notes if one.startswith(("mail-con", "payment"))] == [
            "mail-confirmed",
            "payment-named",
            "payment-checked",
        ]
        assert await desk.means.vault.read(lambda tx: tx.journal(order.relationship)) == ()
        await order_promises.arrived(desk.means, order.relationship, today)

    at_the_desk(tmp_path, look)


def test_an_order_that_did_not_leave_is_none_and_another_offer_can_be_taken(tmp_path: Path) -> None:
    async def look(desk: Desk) -> None:
        order = await ordered(desk)
        [letter] = await desk.means.vault.read(lambda tx: tx.papers(Letter))
        await write_letters.drop(desk.means, letter.id)
        assert (await accept_offer.order(desk.means, order.relationship)).state is OrderState.CANCELLED
        box = MailBox(host="mail.example", port=465)
        await mail_account.set_account(desk.means, MailAccount(address="me@mail.example", sends=box))
        again = await ordered(desk)
        assert again.state is OrderState.PLACED
        said = (await read_mail.take_in(desk.means, confirmation(2), vendor=desk.vendor.id)).mail
        with pytest.raises(NotPossibleNow, match="not left"):
            await order_by_mail.confirmed_by(desk.means, said.id)
        [act] = await desk.means.vault.read(lambda tx: tx.papers(OutsideAct))
        await outside_acts.undo(desk.means, act.id)
        assert (await accept_offer.order(desk.means, order.relationship)).state is OrderState.CANCELLED
        better = await desk.confirmed(
            await desk.proposed(mail(TEXT.replace("718", "708").replace("699", "689"), Message_ID="<9@x.example>"))
        )
        await accept_offer.accept(desk.means, better.id)
        taken = await accept_offer.order(desk.means, order.relationship)
        assert (taken.offer, taken.state) == (better.id, OrderState.PLACED)
        await end_relationship.end(desk.means, order.relationship)
        assert (await accept_offer.order(desk.means, order.relationship)).state is OrderState.CANCELLED

    at_the_desk(tmp_path, look)
