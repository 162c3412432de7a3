"""A person casts through the real window to real desks: from one typed line to a paid order, and the other ways."""

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.fakes.asking_window import AskingWindow, asking_window
from tests.fakes.ui_probes import Probe, texts
from tests.fakes.vendor_process import serving
from vrm_desktop.canon import base64url
from vrm_desktop.domain.acts import DeclineReason
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.kinds import Kind
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.relationship import JournalRow
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.services import choose_vendors, keep_profile, say_what_i_want
from vrm_desktop.services.first_question import exact_claims
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.theme.look import Look

ADDRESS = {
    FieldPath.NAME: "Ada Example",
    FieldPath.STREET: "Lindenweg 5",
    FieldPath.POSTCODE: "50823",
    FieldPath.LOCALITY: "Köln",
}


@pytest.fixture
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Three of the sample desks as processes: one signs, one counters, one declines. Addresses by name."""
    folder = tmp_path_factory.mktemp("desks")
    with ExitStack() as stack:
        found = {}
        for name in ("rheinrad", "veedelvelo", "kettenwerk"):
            shutil.copytree(resources_folder() / "samples" / "desks" / name, folder / name / "home")
            found[name] = stack.enter_context(serving(folder / name / "home")).url
        yield found


@pytest.fixture
def person(desks: dict[str, str], tmp_path: Path, look: Look, probe: Probe) -> Iterator[AskingWindow]:
    """Somebody who knows the three desks, with a profile that lacks the country."""
    with asking_window(tmp_path / "home", look, probe) as made:
        for address in desks.values():
            made.run(choose_vendors.add_vendor(made.home.means, address))
        for path, value in ADDRESS.items():
            made.run(keep_profile.set_field(made.home.means, path, value))
        yield made


def type_line(person: AskingWindow, text: str) -> None:
    """Type the one line, letter by letter."""
    QTest.keyClicks(person.compose.line.edit, text)


def line(person: AskingWindow) -> str:
    """A line that the desks can answer, whatever today is."""
    day = person.home.means.clock.now().date() + timedelta(days=10)
    return f"used 54 cm road bike, under 900 EUR, Cologne, by {day.isoformat()}"


def say_and_ask(person: AskingWindow) -> None:
    """From the empty list to questions on their way."""
    person.window.show_page(PageId.WANTS)
    person.until(person.wants._empty.isVisible)
    person.wants._empty.button.click()
    type_line(person, line(person))
    person.until(person.compose.go_on.isEnabled)
    person.compose.go_on.click()
    person.until(lambda: person.window.page_id is PageId.PLAN and person.plan.confirm.isEnabled())
    person.plan.confirm.click()
    person.until(lambda: person.window.page_id is PageId.CAST)


def _countered(person: AskingWindow) -> bool:
    return any(part.counter is not None and part.counter.isVisible() for part in person.cast.parts.values())


def test_from_one_line_to_a_paid_order(person: AskingWindow, tmp_path: Path) -> None:
    say_and_ask(person)

    # terms first: one signs, one declines, one counters and is answered in place
    person.until(
        lambda: any(part.counter is not None and part.counter.isVisible() for part in person.cast.parts.values())
    )
    counter = next(part.counter for part in person.cast.parts.values() if part.counter is not None)
    assert {"Just the service", "The service, and your own statistics", "New: its own statistics"} <= set(
        texts(counter)
    )
    counter.accept.click()
    # a counter is an answer, too: what shows that it was accepted is the second offer
    person.until(lambda: {"Everybody has answered.", "3 of 3 answered", "Compare 2 offers"} <= set(texts(person.cast)))

    # offers, best first; accepting asks for what the profile lacks
    person.cast.compare.click()
    person.until(lambda: len(person.offers.table.shown_ids) == 2)
    person.offers.details.accept.click()
    person.until(person.offers.answers.isVisible)
    assert "Country" in texts(person.offers.answers)
    QTest.keyClicks(person.offers.answers.value, "DE")
    QTest.keyClick(person.offers.answers.value, Qt.Key.Key_Return)
    person.until(person.offers.answers.yes.isVisible)
    assert {"Ada Example", "Lindenweg 5", "50823", "Köln", "DE"} <= set(texts(person.offers.answers))
    person.offers.answers.yes.click()
    assert not person.offers.answers.yes.isEnabled(), "ordered once"

    # the order, confirmed, with a way to pay
    person.until(person.offers.order.pay.isVisible)
    assert "confirmed" in texts(person.offers.order)
    person.offers.order.copy.click()
    person.until(lambda: bool(person.copied))
    assert person.copied[0].startswith("payto://iban/DE")
    person.offers.order.pay.click()
    person.until(lambda: "paid" in texts(person.offers.order))
    assert not person.offers.order.pay.isVisible()

    # a receipt is kept with it
    person.until(person.offers.order.attach.isVisible)
    (tmp_path / "receipt.pdf").write_bytes(b"%PDF-paid")
    order = person.offers.order._order
    assert order is not None
    person.offers.order.receipted.emit(order.relationship, str(tmp_path / "receipt.pdf"))
    person.until(lambda: "kept in your vault, with the order" in texts(person.offers.order))
    assert not person.offers.order.attach.isVisible()

    # and back in the list it is ordered
    person.window.show_page(PageId.WANTS)
    person.until(lambda: "Ordered" in texts(person.wants))
    assert "See your order" in texts(person.wants)


def test_what_the_plan_shows_byte_for_byte_is_what_leaves(desks: dict[str, str], person: AskingWindow) -> None:
    say_and_ask(person)
    means = person.home.means

    def pings() -> list[JournalRow]:
        return [row for row in person.run(means.vault.read(lambda tx: tx.journal())) if row.kind is Kind.PING]

    person.until(lambda: len(pings()) >= len(desks))
    want = person.run(say_what_i_want.wants(means))[0]
    sent = pings()
    assert len(sent) == len(desks)
    for row in sent:
        payload = json.loads(base64url.decode(row.jws.split(".")[1]))
        fresh = {"aud", "exp", "kind", "seq", "v", "read", "agreements", "digests"}
        assert {key: value for key, value in payload.items() if key not in fresh} == exact_claims(want, len(desks))


def test_a_counter_can_be_refused_and_an_offer_haggled_over_and_declined(person: AskingWindow) -> None:
    say_and_ask(person)
    person.until(lambda: _countered(person))
    next(part.counter for part in person.cast.parts.values() if part.counter is not None).refuse.click()
    person.until(lambda: "You refused its conditions. It learns nothing more." in texts(person.cast))
    person.until(person.cast.compare.isVisible)
    person.cast.compare.click()
    person.until(lambda: len(person.offers.table.shown_ids) == 1)
    first = person.offers.table.shown_ids[0]

    # another price: nonsense is said in place, a real one is answered by a new offer in place of the old
    person.offers.details.counter.click()
    QTest.keyClicks(person.offers.answers.amount, "much less")
    person.offers.answers.propose.click()
    assert "Please type an amount, such as 650.00." in texts(person.offers.answers)
    person.offers.answers.amount.clear()
    QTest.keyClicks(person.offers.answers.amount, "10 USD")
    person.offers.answers.propose.click()
    assert "The offer is in EUR." in texts(person.offers.answers)
    person.offers.answers.amount.clear()
    QTest.keyClicks(person.offers.answers.amount, "700.00")
    person.offers.answers.propose.click()
    person.until(person.offers.answers.isHidden)
    person.until(lambda: person.offers.table.shown_ids not in {(first,), ()})
    assert len(person.offers.table.shown_ids) == 1

    # no, with a reason
    person.offers.details.decline.click()
    person.offers.answers.reasons[DeclineReason.PRICE].click()
    person.until(lambda: "Declined by you" in texts(person.offers.details))
    assert not person.offers.details.accept.isEnabled()


def test_undo_takes_every_question_back_before_it_leaves(
    desks: dict[str, str], tmp_path: Path, look: Look, probe: Probe
) -> None:
    with asking_window(tmp_path / "home", look, probe, pause=600.0) as person:
        for address in desks.values():
            person.run(choose_vendors.add_vendor(person.home.means, address))
        say_and_ask(person)
        person.until(lambda: "0 of 3 answered" in texts(person.cast))
        assert "Nothing has left yet." in texts(person.cast)
        bar = person.window.messages
        assert bar.message is not None
        assert bar.message.text == "Your questions leave in 600 seconds."
        bar._action.click()
        person.until(lambda: person.window.page_id is PageId.PLAN and person.plan.confirm.isEnabled())
        means = person.home.means
        journal = person.run(means.vault.read(lambda tx: tx.journal()))
        states = {want.state for want in person.run(say_what_i_want.wants(means))}
        assert journal == ()
        assert states == {IntentcastState.DRAFT, IntentcastState.CLOSED}
