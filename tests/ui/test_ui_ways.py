"""Asking by several ways in the window: what the plan shows is what leaves, and there is always a way on."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from tests.fakes.asking_window import AskingWindow, asking_window
from tests.fakes.scripted_way import ScriptedWay
from tests.fakes.ui_probes import Probe, texts
from tests.fakes.vendor_process import serving
from tests.fakes.ways_in_window import choose, knows, wants
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.letter import Letter
from vrm_desktop.domain.outside import OutsideAct, OutsideKind, OutsideState
from vrm_desktop.domain.ways import Way
from vrm_desktop.services import choose_vendors, keep_counterparty, outside_table, say_what_i_want
from vrm_desktop.services.ports import ChannelError
from vrm_desktop.ui.models.cast_view import RowDeed
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.code_box import CodeBox


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> ScriptedWay:
    """The way to quote desks, which does as the test says."""
    way = ScriptedWay(way=Way.MCP, kind=OutsideKind.QUOTE)
    monkeypatch.setitem(cast("dict[Way, ScriptedWay]", outside_table.OUTSIDE), Way.MCP, way)
    return way


@pytest.fixture
def person(desk: ScriptedWay, tmp_path: Path, look: Look, probe: Probe) -> Iterator[AskingWindow]:
    """Somebody with a vault and nobody in it."""
    with asking_window(tmp_path / "home", look, probe) as made:
        yield made


def exact(person: AskingWindow) -> list[str]:
    """The exact texts on the plan."""
    return [box.toPlainText() for box in person.plan.stages.findChildren(CodeBox) if box.isVisible()]


def acts(person: AskingWindow) -> list[tuple[OutsideState, int]]:
    """How far everything that leaves by other ways is, and how often it was tried."""
    found = person.run(person.home.means.vault.read(lambda tx: tx.papers(OutsideAct)))
    return [(act.state, act.attempts) for act in found]


def test_each_is_asked_by_the_way_chosen_and_what_the_plan_shows_is_what_leaves(
    person: AskingWindow, desk: ScriptedWay
) -> None:
    both = knows(person, "Kramladen", Way.MCP, email="post@kramladen.example")
    mail = knows(person, "Radhaus", email="verkauf@radhaus.example")
    want = wants(person)
    vendors = person.plan.vendors
    person.until(lambda: both.id in vendors._rows and mail.id in vendors._rows)
    assert not person.plan.confirm.isEnabled()
    assert vendors.way(both.id).isVisible()
    assert not vendors.way(mail.id).isVisible()

    vendors.box(both.id).click()
    person.until(person.plan.confirm.isEnabled)
    assert exact(person) == [f"Kramladen: {want.title}"]
    assert "Leaves after you confirm, before any conditions are signed." in texts(person.plan.stages)
    assert "an offer made for you, fetched from there" in texts(person.plan.stages)
    assert not person.plan.next_ways.isVisible()

    choose(vendors.way(both.id), Way.MAIL.value)
    person.until(lambda: any("kramladen.example" in text for text in exact(person)))
    assert any(text.startswith("An e-mail shows its sender.") for text in texts(person.plan.stages))
    assert any("leaves when you send it" in text for text in texts(person.plan.stages))
    choose(vendors.way(both.id), Way.MCP.value)
    person.until(lambda: any(text.startswith("Kramladen: ") for text in exact(person)))
    shown = exact(person)[0]

    vendors.box(mail.id).click()
    person.until(lambda: person.plan.confirm.isEnabled() and "2" in person.plan.confirm.text())
    person.plan.confirm.click()
    person.until(lambda: person.window.page_id is PageId.CAST and len(person.cast.parts) == 2)
    person.until(lambda: bool(desk.ledger_then))
    assert [act.body for act in desk.carried] == [shown]
    assert desk.ledger_then == [1]
    person.until(lambda: "written, for you to send" in texts(person.cast))
    assert "What is written waits for you to send it." in " ".join(texts(person.cast))
    opened: list[str] = []
    person.asking.asked.doors.letter_opened.connect(opened.append)
    part = next(part for part in person.cast.parts.values() if RowDeed.OPEN_LETTER in part.deeds)
    part.deeds[RowDeed.OPEN_LETTER].click()
    letters = person.run(person.home.means.vault.read(lambda tx: tx.papers(Letter)))
    assert opened == [letter.id for letter in letters]


def test_one_cast_asks_one_directly_and_another_by_its_desk(
    person: AskingWindow, desk: ScriptedWay, tmp_path: Path
) -> None:
    with serving(tmp_path / "desk") as process:
        means = person.home.means
        direct = person.run(choose_vendors.add_vendor(means, process.url))
        other = knows(person, "Kramladen", Way.MCP)
        want = wants(person)
        person.until(person.plan.confirm.isEnabled)
        assert person.plan.vendors.box(direct.id).isChecked()
        assert not person.plan.vendors.box(other.id).isChecked()
        assert not person.plan.next_ways.isVisible()
        person.plan.vendors.box(other.id).click()
        person.until(lambda: person.plan.confirm.isEnabled() and "2" in person.plan.confirm.text())
        person.plan.stages.vendor.choose(direct.id)
        person.plan.stages.vendor.chosen.emit(direct.id)
        assert "1. The first question" in texts(person.plan.stages)
        assert exact(person) == []
        person.plan.confirm.click()
        person.until(lambda: len(desk.ledger_then) == 1 and bool(person.run(means.vault.read(lambda tx: tx.journal()))))
        asked = person.run(means.vault.read(lambda tx: tx.relationships(want.id)))
        assert {one.vendor: one.way for one in asked} == {direct.id: Way.NATIVE, other.id: Way.MCP}
        journal = person.run(means.vault.read(lambda tx: tx.journal()))
        native = next(one.id for one in asked if one.way is Way.NATIVE)
        assert {row.relationship for row in journal} == {native}


def test_what_was_changed_since_it_was_shown_is_not_sent(person: AskingWindow, desk: ScriptedWay) -> None:
    vendor = knows(person, "Kramladen", Way.MCP)
    wants(person)
    person.until(lambda: vendor.id in person.plan.vendors._rows)
    person.plan.vendors.box(vendor.id).click()
    person.until(person.plan.confirm.isEnabled)
    details = keep_counterparty.details_of(vendor)
    work = keep_counterparty.edit(person.home.means, vendor.id, type(details)(name="Other", kind=details.kind))
    person.run(work)
    heard: list[str] = []
    person.plan.noticed.connect(lambda message: heard.append(message.text))
    person.plan.confirm.click()
    person.until(lambda: bool(heard))
    assert heard[0].startswith("That is not on the plan you confirmed.")
    assert desk.carried == []
    person.until(lambda: any(text.startswith("Other: ") for text in exact(person)))


def test_the_person_decides_about_what_may_have_been_asked(person: AskingWindow, desk: ScriptedWay) -> None:
    vendor = knows(person, "Kramladen", Way.MCP)
    desk.trouble = lambda: ChannelError("timed-out", may_have_arrived=True, final=False)
    wants(person)
    person.until(lambda: vendor.id in person.plan.vendors._rows)
    person.plan.vendors.box(vendor.id).click()
    person.until(person.plan.confirm.isEnabled)
    person.plan.confirm.click()
    person.until(lambda: "may have been asked" in texts(person.cast))
    (part,) = person.cast.parts.values()
    assert set(part.deeds) == {RowDeed.ASK_AGAIN, RowDeed.LEAVE_IT}
    part.deeds[RowDeed.ASK_AGAIN].click()
    (part,) = person.cast.parts.values()
    person.until(lambda: acts(person) == [(OutsideState.UNSURE, 2)] and RowDeed.LEAVE_IT in part.deeds)
    part.deeds[RowDeed.LEAVE_IT].click()
    person.until(lambda: "left as it is" in texts(person.cast))
    assert part.deeds == {}
    assert len(desk.carried) == 2


def test_where_nobody_can_be_reached_the_next_way_leads_to_a_plan_of_it(
    person: AskingWindow, desk: ScriptedWay
) -> None:
    vendor = knows(person, "Kramladen", Way.MCP)
    mail = knows(person, "Radhaus", email="verkauf@radhaus.example", web="https://radhaus.example")
    desk.trouble = lambda: ChannelError("connection-refused", may_have_arrived=False, final=True)
    first = wants(person)
    person.until(person.plan.next_ways.isVisible)
    choosing = next(row for row in person.plan.next_ways.rows if row.step.vendor == vendor.id)
    choosing.button.click()
    person.until(person.plan.confirm.isEnabled)
    assert person.plan.vendors.box(vendor.id).isChecked()
    person.plan.confirm.click()
    nobody = "Nobody could be reached. What else you can do:"
    person.until(lambda: {"cannot be reached", nobody} <= set(texts(person.cast)))
    steps = {row.step.action: row for row in person.cast.next_ways.rows}
    assert {"Ask by e-mail", "Copy the address", "Look for ways", "Add a vendor"} <= set(steps)
    steps["Copy the address"].button.click()
    assert person.copied == ["https://radhaus.example"]
    steps["Ask by e-mail"].button.click()
    person.until(lambda: person.window.page_id is PageId.PLAN and person.plan.confirm.isEnabled())
    assert person.plan.vendors.box(mail.id).isChecked()
    assert not person.plan.vendors.box(vendor.id).isChecked()
    assert any("verkauf@radhaus.example" in text for text in exact(person))
    again = person.asking.asked.key
    assert again is not None
    assert again != first.id
    means = person.home.means
    assert person.run(say_what_i_want.want(means, first.id)).state is IntentcastState.CLOSED
    assert person.run(say_what_i_want.want(means, again)).state is IntentcastState.DRAFT
    assert acts(person) == [(OutsideState.FAILED, 1)]
