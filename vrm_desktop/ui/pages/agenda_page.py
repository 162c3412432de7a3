"""The agenda: what is overdue, what today, this week and later bring; a date of one's own; a file for a calendar."""

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from vrm_desktop.ui.models.agenda_view import AgendaGroup, AgendaView
from vrm_desktop.ui.pages.page import Page
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.dates import Dates
from vrm_desktop.ui.widgets.day_field import DayField
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, rebuilding, row
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.wording.catalogue import _

LONGEST_TEXT = 200


class AgendaPage(Page):
    """`ticked` and `opened` carry an `AgendaLine`; `added` a day and a text; `saved` a file, and whether with names."""

    ticked = Signal(object)
    opened = Signal(object)
    added = Signal(object, str)
    saved = Signal(str, bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Agenda"), parent)
        self._view: AgendaView | None = None
        self._dialog: QFileDialog | None = None
        self._gone_shown = False
        self._lists = QWidget()
        self._groups = column(look, self._lists, gap=1.5)
        self.gone = Button(look, _("Show what is done or past"), role=ButtonRole.QUIET, icon=Icon.HISTORY)
        self.text = QLineEdit()
        self.text.setMaxLength(LONGEST_TEXT)
        self.text.setClearButtonEnabled(False)
        self.day = DayField(look, _("On"), _("The day"))
        self.add = Button(look, _("Add this date"), icon=Icon.PLUS)
        self.names = CheckBox(look, _("Say with whom and about what"))
        self.save = Button(look, _("Save for my calendar…"), icon=Icon.CALENDAR)
        self._today: date | None = None
        self._lay_out()
        self.gone.clicked.connect(self._turn)
        self.add.clicked.connect(self._add)
        self.text.returnPressed.connect(self._add)
        self.text.textChanged.connect(self._enable)
        self.day.changed.connect(self._enable)
        self.save.clicked.connect(self._choose)
        self._enable()

    def show_agenda(self, view: AgendaView, today: date) -> None:
        """Show all of it. What is being written stays."""
        if self._today != today:
            self._today = today
            self.day.show_day(self.day.day or today + timedelta(days=1), earliest=date(1970, 1, 1), usual=today)
        if view == self._view:
            return
        self._view = view
        self.show_title(_("Agenda"), view.summary)
        self._draw()

    def date_added(self) -> None:
        """The date is kept: begin anew."""
        self.text.clear()

    def first_field(self) -> QWidget | None:
        """The text of a date of one's own, while there are no others to look at."""
        return None if self._view is not None and self._view.coming else self.text

    def take_file(self, path: str) -> None:
        """The file that was chosen: write into it."""
        self.saved.emit(path, self.names.isChecked())

    def _draw(self) -> None:
        view = self._view
        if view is None:
            return
        with rebuilding(self._lists):
            while (item := self._groups.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
            shown = (*view.coming, *(view.gone if self._gone_shown else ()))
            for group in shown:
                self._groups.addWidget(self._card(group))
            if not shown:
                nothing = Card(self.look)
                nothing.body.addWidget(PlainLabel(_none_yet(), kind=LabelKind.MUTED, wrap=True))
                self._groups.addWidget(nothing)
        self.gone.setVisible(bool(view.gone))
        self.gone.setText(_("Hide what is done or past") if self._gone_shown else _("Show what is done or past"))

    def _card(self, group: AgendaGroup) -> Card:
        card = Card(self.look, group.title, gap=1.25)
        dates = Dates(self.look, group.lines)
        dates.ticked.connect(self.ticked)
        dates.opened.connect(self.opened)
        card.body.addWidget(dates)
        return card

    def _turn(self) -> None:
        self._gone_shown = not self._gone_shown
        self._draw()

    def _enable(self) -> None:
        self.add.setEnabled(bool(self.text.text().strip()) and self.day.day is not None)

    def _add(self) -> None:
        if self.add.isEnabled():
            self.added.emit(self.day.day, self.text.text().strip())

    def _choose(self) -> None:
        dialog = QFileDialog(self, _("Save the dates to come"), _("agenda.ics"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_file)
        self._dialog = dialog
        dialog.open()

    def _lay_out(self) -> None:
        look = self.look
        own = Card(look, _("A date of your own"), gap=1.25)
        own.body.addWidget(FormRow(look, _("What"), self.text))
        line = row(look, gap=1.5)
        line.addWidget(self.day, 1)
        line.addWidget(self.add)
        own.body.addLayout(line)
        own.body.addStretch(1)
        calendar = Card(look, _("In your calendar"), gap=1.25)
        calendar.body.addWidget(PlainLabel(_why_no_names(), kind=LabelKind.MUTED, wrap=True))
        calendar.body.addWidget(self.names)
        calendar.body.addWidget(self.save)
        calendar.body.addStretch(1)
        self.body.addWidget(self._lists)
        foot = row(look)
        foot.addWidget(self.gone)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.body.addWidget(SideBySide(look, (own, calendar)))
        self.body.addStretch(1)


def _none_yet() -> str:
    return _("Nothing falls due. Deliveries, notice periods, warranties and answers you wait for will stand here.")


def _why_no_names() -> str:
    return _("Other programs read your calendar. The file says only what is due, unless you want more in it.")
