"""The order of a want: how it stands, and how to pay it. The program never holds money; a bank or a wallet does."""

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from vrm_desktop.ui.models.order_view import OrderView
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import ElidedLabel, LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.qr_code import QrCode
from vrm_desktop.wording.catalogue import _


class OrderCard(Card):
    """`copied` carries the link where no way is known; all others the id of the relationship, `handed` with the way and
    whether that goes beyond a limit, `decided` with whether it is paid as signed, `receipted` with a file.
    """

    paid = Signal(str)
    unpaid = Signal(str)
    handed = Signal(str, str, bool)
    decided = Signal(str, bool)
    copied = Signal(str)
    receipted = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, gap=2, margins=3, parent=parent)
        self._order: OrderView | None = None
        self._dialog: QFileDialog | None = None
        self._link = ""
        self._vendor = ElidedLabel(kind=LabelKind.HEADING)
        self._state = Pill()
        self._total = PlainLabel(kind=LabelKind.FIGURE, cap=60)
        self._explained = PlainLabel(kind=LabelKind.MUTED, wrap=True)
        self._alarm = Notice(look)
        self._lines = KeyValues(look)
        self._question = PlainLabel(_("Did you pay?"), kind=LabelKind.STRONG)
        self._code = QrCode(look, _("Code to pay with your bank's app"))
        self._code_words = PlainLabel(_("Scan it with your bank's app."), kind=LabelKind.CAPTION)
        self.copy = Button(look, _("Copy payment link"), icon=Icon.COPY)
        self.as_signed = Button(look, _("Pay as signed"), icon=Icon.CHECK)
        self.stop = Button(look, _("Do not pay"), icon=Icon.X)
        self.not_paid = Button(look, _("Not yet"))
        self.attach = Button(look, "", icon=Icon.RECEIPT)
        self.pay = Button(look, _("I have paid"), role=ButtonRole.PRIMARY, icon=Icon.CHECK)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._lay_out(look)
        self.copy.clicked.connect(self._hand_over)
        self.attach.clicked.connect(self._choose_receipt)
        self.not_paid.clicked.connect(lambda: self._say(self.unpaid))
        self.as_signed.clicked.connect(lambda: self._decide(as_signed=True))
        self.stop.clicked.connect(lambda: self._decide(as_signed=False))
        self.pay.clicked.connect(self._tell_paid)

    def show_order(self, order: OrderView) -> None:
        """Show the order as it stands."""
        self._order, self._link = order, order.link
        self._vendor.setText(order.vendor)
        self._state.setText(order.state)
        self._state.set_tone(order.tone)
        self._total.setText(order.total)
        self._explained.setText(order.explained)
        self._lines.show_facts([Fact(label=label, value=value) for label, value in order.lines])
        self._code.show_code(order.code)
        self._code_words.setVisible(not self._code.isHidden())
        self.copy.setVisible(bool(order.link))
        self.copy.setText(_("Copy it all the same") if order.over else _("Copy payment link"))
        self.pay.setVisible(order.can_tell_paid)
        self.pay.setEnabled(True)
        self.attach.setVisible(order.can_attach)
        self.attach.setText(_("Paid, with a receipt…") if order.can_tell_paid else _("Attach a receipt…"))
        self.as_signed.setText(_("Pay as signed") if order.signed else _("I have checked it with them"))
        self._question.setVisible(order.asks)
        self.not_paid.setVisible(order.asks)
        for button in (self.as_signed, self.stop):
            button.setVisible(order.can_decide)
            button.setEnabled(True)
        if order.alarm:
            advice = _("Do not pay before you have asked the vendor in another way.")
            self._alarm.say(order.alarm, "\n".join((*order.differing, advice)), Tone.BAD)
        elif order.over:
            told = _("This was bought under that limit. If you want to pay there all the same, it is your word.")
            self._alarm.say(order.over, told, Tone.CAUTION)
        else:
            self._alarm.hide()

    def _tell_paid(self) -> None:
        if self._order is not None:
            self.pay.setEnabled(False)
            self.paid.emit(self._order.relationship)

    def _hand_over(self) -> None:
        if self._order is not None and self._order.way:
            self.handed.emit(self._order.relationship, self._order.way, bool(self._order.over))
        else:
            self.copied.emit(self._link)

    def _say(self, what: SignalInstance) -> None:
        if self._order is not None:
            what.emit(self._order.relationship)

    def _choose_receipt(self) -> None:
        order = self._order
        if order is None:
            return
        dialog = QFileDialog(self, _("The receipt"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.receipted.emit(order.relationship, path))
        self._dialog = dialog
        dialog.open()

    def _decide(self, *, as_signed: bool) -> None:
        if self._order is not None:
            for button in (self.as_signed, self.stop):
                button.setEnabled(False)
            self.decided.emit(self._order.relationship, as_signed)

    def _lay_out(self, look: Look) -> None:
        head = row(look, gap=1.5)
        head.addWidget(self._vendor)
        head.addWidget(self._state)
        head.addStretch(1)
        head.addWidget(self._total)
        words = column(look, gap=1.5)
        words.addWidget(self._explained)
        words.addWidget(self._lines)
        words.addStretch(1)
        code = column(look, gap=0.75)
        code.addWidget(self._code)
        code.addWidget(self._code_words, 0, Qt.AlignmentFlag.AlignHCenter)
        code.addStretch(1)
        middle = row(look, gap=4)
        middle.addLayout(words, 1)
        middle.addLayout(code)
        acts = Flow(look)
        for button in (self.pay, self.not_paid, self.attach, self.copy, self.as_signed, self.stop):
            acts.addWidget(button)
        self.body.addLayout(head)
        self.body.addWidget(self._alarm)
        self.body.addLayout(middle)
        self.body.addWidget(self._question)
        self.body.addLayout(acts)
