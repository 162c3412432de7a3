"""Quote desks in the real window over a real vault: added, its form filled, shown exactly, sent, taken back."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tests.fakes.people import WANT
from tests.fakes.running_window import running_window
from tests.fakes.ui_probes import texts
from vrm_desktop.domain.outside import OutsideAct, OutsideState
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.quote_desk import DeskTool, QuoteDesk
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.services import choose_vendors, keep_desks, keep_profile, say_what_i_want
from vrm_desktop.services.keep_counterparty import file_of
from vrm_desktop.ui.models.desk_view import Asks, DeskField, QuoteLine
from vrm_desktop.ui.pages.desk_card import DeskCard
from vrm_desktop.ui.pages.desk_form import DeskForm
from vrm_desktop.ui.pages.desk_page import DeskPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.quote_block import QuoteBlock
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.code_box import CodeBox


def test_a_desk_is_asked_with_exactly_what_was_shown_and_can_be_called_back(
    tmp_path: Path, look: Look, qtbot: QtBot
) -> None:
    with running_window(tmp_path / "home", look, qtbot, tends=False) as window:
        window.create()
        window.unlock()
        means = window.home.means
        want = window.do(say_what_i_want.save_want(means, WANT))
        window.do(keep_profile.set_field(means, FieldPath.EMAIL, "ottilie@zwiebelfisch.example"))
        window.do(keep_profile.set_field(means, FieldPath.NAME, "Ottilie Zwiebelfisch"))
        vendor = window.do(choose_vendors.add_organisation(means, "Parts", OrganisationKind.SHOP))
        file = window.do(means.vault.write(lambda tx: file_of(tx, means, vendor.id)))
        opened = window.program._home
        assert opened is not None
        window.window.page(PageId.RELATIONSHIP)
        opened._relationships.open_file(file.id)
        window.settle()
        card = window.window.findChild(DeskCard)
        assert card is not None
        window.wait(card.isVisible)
        card.change.click()
        card.add.click()
        assert "Please type the address of the desk." in texts(card)
        card.address.setText("ftp://desk.example")
        card.kind.choose("reqo-supply")
        card.add.click()
        window.settle()
        assert "The address of a desk begins with https://." in texts(card)
        card.address.setText("http://127.0.0.1:1/mcp")
        card.add.click()
        window.settle()
        window.wait(card.ask.isVisible)
        card.ask.click()
        window.settle()
        page = window.window.page(PageId.QUOTE_DESK)
        assert isinstance(page, DeskPage)
        window.wait(lambda: "Reqo Supply" in texts(page))
        page.preview.click()
        window.settle()
        assert '"buyer_email": "ottilie@zwiebelfisch.example"' in _body(page)
        assert "Zwiebelfisch" not in _body(page).replace("ottilie@zwiebelfisch.example", "")
        name = page.form.fields["contact_name"]
        assert isinstance(name, CheckBox)
        name.click()
        assert not page.send.isVisible()
        page.preview.click()
        window.settle()
        assert "Ottilie Zwiebelfisch" in _body(page)
        shown = _body(page)
        page.send.click()
        window.settle()
        [act] = window.do(means.vault.read(lambda tx: tx.papers(OutsideAct)))
        assert (act.body, act.state, act.intentcast) == (shown, OutsideState.WAITING, want.id)
        window.wait(lambda: page.findChild(QuoteBlock) is not None)
        block = page.findChild(QuoteBlock)
        assert block is not None
        [undo] = block.buttons
        undo.click()
        window.settle()
        [act] = window.do(means.vault.read(lambda tx: tx.papers(OutsideAct)))
        assert act.state is OutsideState.UNDONE
        window.wait(lambda: "called back, never sent" in texts(page))
        page.preview.click()
        window.settle()
        page.send.click()
        window.settle()
        states = [one.state for one in window.do(means.vault.read(lambda tx: tx.papers(OutsideAct)))]
        assert sorted(states) == [OutsideState.UNDONE, OutsideState.WAITING]
        page.look_at.click()
        window.settle()
        assert page.look_at.isEnabled()
        assert page._wrong.isVisible()


def test_a_desk_of_a_kind_in_a_file_of_mine_and_a_file_that_describes_none(
    tmp_path: Path, look: Look, qtbot: QtBot
) -> None:
    with running_window(tmp_path / "home", look, qtbot, tends=False) as window:
        window.create()
        window.unlock()
        means = window.home.means
        vendor = window.do(choose_vendors.add_organisation(means, "Parts", OrganisationKind.SHOP))
        file = window.do(means.vault.write(lambda tx: file_of(tx, means, vendor.id)))
        opened = window.program._home
        assert opened is not None
        window.window.page(PageId.RELATIONSHIP)
        opened._relationships.open_file(file.id)
        window.settle()
        card = window.window.findChild(DeskCard)
        assert card is not None
        window.wait(card.isVisible)
        (tmp_path / "desk.json").write_text("{}", encoding="utf-8")
        card.change.click()
        card.address.setText("https://desk.example/mcp")
        card.kind.choose("file")
        card.take_file(str(tmp_path / "desk.json"))
        card.add.click()
        window.settle()
        assert card.form.isVisible()
        assert window.do(keep_desks.desks(means)) == ()
        card.kind.choose("form")
        card.add.click()
        window.settle()
        [desk] = window.do(means.vault.read(lambda tx: tx.papers(QuoteDesk)))
        assert desk.profile is None
        card.ask.click()
        window.settle()
        page = window.window.page(PageId.QUOTE_DESK)
        assert isinstance(page, DeskPage)
        window.wait(lambda: any("Say first what you want" in text for text in texts(page)))
        assert not page.preview.isEnabled()

        # its own form, once a want is there and the desk has said what it can do
        window.do(say_what_i_want.save_want(means, WANT))
        schema = (
            '{"type":"object","required":["item"],"properties":{"item":{"type":"string","description":"<b>What</b>"},'
            '"fast":{"type":"boolean"},"colours":{"type":"object","additionalProperties":true}}}'
        )
        odd = '{"type":"object","required":["a"],"properties":{"a":{"not":{}}}}'
        tools = (
            DeskTool(name="quote", title="Quote", description="Tell us your budget!", schema=schema),
            DeskTool(name="odd", title="", description="", schema=odd),
        )
        window.do(means.vault.write(lambda tx: tx.keep_paper(replace(desk, tools=tools))))
        opened._refresh(frozenset({("vendor", vendor.id)}))
        window.settle()
        window.wait(lambda: "item" in page.form.fields)
        assert any("It says: “<b>What</b>”" in text for text in texts(page))
        page.preview.click()
        window.settle()
        assert page._wrong.isVisible()
        item = page.form.fields["item"]
        assert isinstance(item, QLineEdit)
        item.setText("a bike")
        page.preview.click()
        window.settle()
        assert '"item": "a bike"' in _body(page)
        page.tool.choose("odd")
        page.tool.chosen.emit("odd")
        window.settle()
        window.wait(lambda: page.form.fields == {})
        assert page._wrong.isVisible()


def test_only_what_was_put_in_is_typed(look: Look, qtbot: QtBot) -> None:
    form = DeskForm(look)
    qtbot.addWidget(form)
    form.show_fields(
        (
            DeskField(path="a", asks=Asks.TEXT, label="A", required=True, filled="by itself", text="before"),
            DeskField(path="b", asks=Asks.TEXT, label="B", required=False, text="before"),
            DeskField(path="c", asks=Asks.TELL, label="C", required=False, text="@"),
            DeskField(path="d", asks=Asks.TELL, label="D", required=False),
            DeskField(path="e", asks=Asks.CHOICE, label="E", required=False, choices=(("", "–"), ("x", "x"))),
        )
    )
    assert form.typed == {"a": "before", "b": "before", "c": "@"}
    for path in ("a", "b"):
        form.fields[path].clear()  # type: ignore[union-attr] # both are lines
    form.fields["c"].click()  # type: ignore[union-attr] # it is a box
    form.fields["d"].click()  # type: ignore[union-attr] # it is a box
    form.fields["e"].choose("x")  # type: ignore[union-attr] # it is a choice
    assert form.typed == {"a": "@", "b": "", "c": "", "d": "@", "e": "x"}


def test_what_follows_an_answer_is_offered_and_a_link_elsewhere_is_an_alarm(look: Look, qtbot: QtBot) -> None:
    line = QuoteLine(
        id="quote-1",
        want="want-1",
        title="Bike",
        asked="",
        state="answered",
        tone=Tone.CAUTION,
        act="act-1",
        unsure=True,
        totals=(("€1.00", "1.00 EUR"),),
        offers=True,
        link="https://pay.elsewhere.example",
        elsewhere=True,
    )
    block = QuoteBlock(look, line)
    qtbot.addWidget(block)
    said: list[object] = []
    block.decided.connect(lambda key, again: said.append((key, again)))
    block.chosen.connect(lambda key, amount: said.append((key, amount)))
    block.offers_opened.connect(said.append)
    for button in block.buttons:
        button.click()
    assert said == [("act-1", True), ("act-1", False), ("quote-1", "1.00 EUR"), "want-1"]
    assert any("ALARM" in label.text() for label in block.findChildren(QLabel))


def _body(page: DeskPage) -> str:
    return next(box.toPlainText() for box in page.findChildren(CodeBox) if "leave" in box.accessibleName())
