"""What was asked of a quote desk for one want: how it stands, the desk's own words, and what follows."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.models.desk_view import QuoteLine
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.code_box import CodeBox
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.labels import LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.wording.catalogue import _

_MOST = 4000


class QuoteBlock(Card):
    """`decided` carries the act and whether it is done again, `undone` the act; `chosen` the quote and an amount;
    `offers_opened` the want. Paying is the order's business: a link is shown here, and handed over there.
    """

    decided = Signal(str, bool)
    undone = Signal(str)
    chosen = Signal(str, str)
    offers_opened = Signal(str)

    def __init__(self, look: Look, line: QuoteLine, parent: QWidget | None = None) -> None:
        super().__init__(look, gap=1.25, parent=parent)
        head = row(look, gap=1.5)
        head.addWidget(PlainLabel(line.title, kind=LabelKind.STRONG, wrap=True), 1)
        head.addWidget(Pill(line.state, line.tone), 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        under = " · ".join(part for part in (line.asked, line.next) if part)
        self.body.addWidget(PlainLabel(under, kind=LabelKind.CAPTION, wrap=True))
        self._notices(look, line)
        if line.words:
            self.body.addWidget(PlainLabel(_("The desk says, in its own words:"), kind=LabelKind.MUTED))
            words = CodeBox(look, _("The desk's own words"))
            words.show_text(line.words[:_MOST])
            self.body.addWidget(words)
        if line.order:
            told = _("Order: {number}").format(number=line.order)
            self.body.addWidget(PlainLabel(told, wrap=True, selectable=True))
        if line.link:
            self.body.addWidget(PlainLabel(line.link, kind=LabelKind.MUTED, wrap=True, selectable=True))
        self.buttons: list[Button] = []
        self._acts(look, line)
        if self.buttons:
            acts = Flow(look)
            for button in self.buttons:
                acts.addWidget(button)
            self.body.addLayout(acts)

    def _notices(self, look: Look, line: QuoteLine) -> None:
        if line.unsure:
            self._say(look, _("This may have been sent, or not."), _unsure(), Tone.CAUTION)
        if line.elsewhere:
            told = _("ALARM: the link for paying leads to another site than the vendor's.")
            self._say(look, told, _("Do not pay there before you have asked the vendor in another way."), Tone.BAD)
        elif line.trouble:
            self._say(look, line.trouble, "", Tone.CAUTION)

    def _say(self, look: Look, title: str, words: str, tone: Tone) -> None:
        notice = Notice(look)
        self.body.addWidget(notice)
        notice.say(title, words, tone)

    def _acts(self, look: Look, line: QuoteLine) -> None:
        if line.unsure:
            self._button(look, _("Ask again"), Icon.REFRESH_CW, lambda: self._decide(line, again=True))
            self._button(look, _("Leave it"), Icon.X, lambda: self._decide(line, again=False))
        if line.waits:
            self._button(look, _("Do not send it"), Icon.UNDO_2, lambda: self.undone.emit(line.act))
        for label, amount in line.totals:
            self._total(look, line, label, amount)
        if line.offers:
            words = _("See the order, and pay") if line.link and not line.elsewhere else _("See it among the offers")
            self._button(look, words, Icon.ARROW_RIGHT, lambda: self.offers_opened.emit(line.want))

    def _total(self, look: Look, line: QuoteLine, label: str, amount: str) -> None:
        words = _("{amount} counts").format(amount=label)
        self._button(look, words, Icon.CHECK, lambda: self.chosen.emit(line.id, amount))

    def _decide(self, line: QuoteLine, *, again: bool) -> None:
        self.decided.emit(line.act, again)

    def _button(self, look: Look, words: str, icon: Icon, do: Callable[[], object]) -> None:
        button = Button(look, words, icon=icon)
        button.clicked.connect(do)
        self.buttons.append(button)


def _unsure() -> str:
    return _("The connection broke before the desk answered. If you ask again, it may be asked twice.")
