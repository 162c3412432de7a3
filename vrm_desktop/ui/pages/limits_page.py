"""My limits: what may be bought, of whom, up to how much, until when; what was bought under each, and a new one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from vrm_desktop.ui.models.limits_view import LimitLine, LimitsView
from vrm_desktop.ui.pages.limit_form import LimitFormCard
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.labels import LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, rebuilding, row
from vrm_desktop.ui.widgets.points import Points
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.wording.catalogue import _


class LimitBlock(Card):
    """One limit. `revoked` carries its id, `exported` its id and title."""

    revoked = Signal(str)
    exported = Signal(str, str)

    def __init__(self, look: Look, line: LimitLine, parent: QWidget | None = None) -> None:
        super().__init__(look, gap=1, parent=parent)
        self._line, self._sure = line, False
        head = row(look, gap=1.5)
        head.addWidget(PlainLabel(line.title, kind=LabelKind.HEADING, wrap=True), 1)
        head.addWidget(Pill(line.state, line.tone), 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addWidget(PlainLabel(line.used, kind=LabelKind.STRONG, wrap=True))
        for lines, kind in ((line.allows, LabelKind.BODY), (line.bought, LabelKind.CAPTION)):
            if lines:
                points = Points(look, kind)
                self.body.addWidget(points)
                points.show_points(lines)
        self.revoke = Button(look, "", role=ButtonRole.DANGER, icon=Icon.X)
        self.revoke.setVisible(line.alive)
        self.export = Button(look, _("Save its signed form…"), icon=Icon.DOWNLOAD)
        acts = Flow(look)
        for button in (self.export, self.revoke):
            acts.addWidget(button)
        self.body.addLayout(acts)
        self.export.clicked.connect(lambda: self.exported.emit(line.id, line.title))
        self.revoke.clicked.connect(self._revoke)
        self._ask_again(sure=False)

    def _revoke(self) -> None:
        """The first press only asks: what is taken back stays so."""
        if self._sure:
            self.revoked.emit(self._line.id)
        self._ask_again(sure=not self._sure)

    def _ask_again(self, *, sure: bool) -> None:
        self._sure = sure
        self.revoke.setText(_("Yes, take this limit back") if sure else _("Take this limit back"))


class LimitsPage(Page):
    """`made` carries a `LimitForm`, `revoked` an id, `exported` an id and a file."""

    made = Signal(object)
    revoked = Signal(str)
    exported = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("My limits"), parent)
        self._lines: tuple[LimitLine, ...] = ()
        self._dialog: QFileDialog | None = None
        self._back = Button(look, _("Settings"), role=ButtonRole.QUIET, icon=Icon.ARROW_LEFT)
        self.buttons.addWidget(self._back)
        self.show_title(_("My limits"), _why())
        self.form = LimitFormCard(look)
        self._none = Card(look, gap=1)
        self._none.body.addWidget(PlainLabel(_none_yet(), kind=LabelKind.MUTED, wrap=True))
        left, self._blocks_in = QWidget(), QWidget()
        lines = column(look, left, gap=1.5)
        self._blocks = column(look, self._blocks_in, gap=1.5)
        lines.addWidget(self._none)
        lines.addWidget(self._blocks_in)
        lines.addStretch(1)
        self.body.addWidget(SideBySide(look, (left, self.form)))
        self.body.addStretch(1)
        self._back.clicked.connect(lambda: self.going.emit(PageId.SETTINGS))
        self.form.made.connect(self.made)

    def show_limits(self, view: LimitsView) -> None:
        """Show all of them. What is being typed stays."""
        self.form.show_vendors(view.vendors, view.today)
        self._none.setVisible(not view.lines)
        if view.lines == self._lines:
            return
        self._lines = view.lines
        with rebuilding(self._blocks_in):
            while (item := self._blocks.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
            for line in view.lines:
                block = LimitBlock(self.look, line)
                block.revoked.connect(self.revoked)
                block.exported.connect(self._choose_file)
                self._blocks.addWidget(block)

    def first_field(self) -> QWidget | None:
        """The way back, which is first on the page."""
        return self._back

    def _choose_file(self, key: str, title: str) -> None:
        name = "".join(sign if sign.isalnum() else "-" for sign in title)[:60].strip("-") or _("limit")
        dialog = QFileDialog(self, _("Save the signed form of this limit"), f"{name}.json")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.exported.emit(key, path))
        self._dialog = dialog
        dialog.open()


def _why() -> str:
    return _("Where limits are in force, you are asked before you order anything that none of them allows.")


def _none_yet() -> str:
    return _(
        "You have no limits. One says of whom you may buy, up to how much and until when. It pays nothing, and each is "
        "signed with a key of its own, so that anybody can check it without this program."
    )
