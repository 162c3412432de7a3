"""Every building block on one sheet, to judge a theme at a glance."""

from PySide6.QtWidgets import QLineEdit, QWidget

from vrm_desktop.ui.pages.page import Page
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card, Rule
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.chip import FactChip, FilterChip
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.layouts import column
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.progress_row import Progress, ProgressRow
from vrm_desktop.ui.widgets.segmented import Segmented
from vrm_desktop.ui.widgets.side_by_side import SideBySide


class PartsPage(Page):
    """Buttons, chips, pills, notices, progress, facts and forms."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Parts")
        self.show_title("Parts", "Every building block in its states.")
        halves = (QWidget(), QWidget())
        left, right = (column(look, half, gap=2) for half in halves)
        self.body.addWidget(SideBySide(look, halves))
        self.body.addStretch(1)
        left.addWidget(self._buttons())
        left.addWidget(self._chips())
        left.addWidget(self._form())
        left.addStretch(1)
        right.addWidget(self._notices())
        right.addWidget(self._progress())
        right.addWidget(self._facts())
        right.addStretch(1)

    def _buttons(self) -> Card:
        card = Card(self.look, "Buttons", gap=1.5)
        flow = Flow(self.look)
        for role in ButtonRole:
            flow.addWidget(Button(self.look, role.value.title(), role=role, icon=Icon.CHECK))
        off = Button(self.look, "Cannot now", role=ButtonRole.PRIMARY)
        off.setEnabled(False)
        flow.addWidget(off)
        card.body.addLayout(flow)
        card.body.addWidget(Segmented(self.look, "Theme", (("s", "System"), ("l", "Light"), ("d", "Dark"))))
        asked = CheckBox(self.look, "Ask me before anything is sent")
        asked.setChecked(True)
        card.body.addWidget(asked)
        card.body.addWidget(CheckBox(self.look, "Keep a copy & tell me"))
        return card

    def _chips(self) -> Card:
        card = Card(self.look, "Chips and pills", gap=1.5)
        facts = Flow(self.look)
        facts.addWidget(FactChip(self.look, "54 cm"))
        facts.addWidget(FactChip(self.look, "by Friday?", unsure=True))
        on = FilterChip(self.look, "Binding")
        on.setChecked(True)
        facts.addWidget(on)
        pills = Flow(self.look)
        for tone in Tone:
            pills.addWidget(Pill(tone.value, tone))
        card.body.addLayout(facts)
        card.body.addLayout(pills)
        return card

    def _form(self) -> Card:
        card = Card(self.look, "Form", gap=1.5)
        right, wrong = QLineEdit("50823"), QLineEdit("5082")
        card.body.addWidget(FormRow(self.look, "Postcode", right, "Only the first two digits leave this computer."))
        bad = FormRow(self.look, "Postcode, again", wrong)
        bad.show_error("A postcode has five digits.")
        card.body.addWidget(bad)
        return card

    def _notices(self) -> Card:
        card = Card(self.look, "Notices")
        for tone in Tone:
            notice = Notice(self.look)
            notice.say(f"This is {tone.value}.", "What you can do about it.", tone)
            card.body.addWidget(notice)
        return card

    def _progress(self) -> Card:
        card = Card(self.look, "Progress", gap=0.5)
        card.body.addWidget(
            ProgressRow(
                self.look,
                Progress(title="Radhaus", state="made an offer", detail="€749.00", done=4, total=4, tone=Tone.GOOD),
            )
        )
        card.body.addWidget(Rule())
        card.body.addWidget(
            ProgressRow(
                self.look,
                Progress(title="Velo Süd", state="terms signed", detail="Your details have left.", done=2, total=4),
            )
        )
        return card

    def _facts(self) -> Card:
        card = Card(self.look, "Facts")
        facts = KeyValues(self.look)
        facts.show_facts([Fact(label="Purpose", value="Delivery"), Fact(label="Until", value="30 June")])
        card.body.addWidget(facts)
        card.body.addWidget(PlainLabel("Figure €1,234.00", kind=LabelKind.FIGURE))
        card.body.addWidget(PlainLabel('{"kind": "ping"}', kind=LabelKind.CODE))
        return card
