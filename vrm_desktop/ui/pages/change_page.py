"""Change once: say what is new, see who should hear of it, tell all of them in one act, and watch it being done."""

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from vrm_desktop.ui.models.change_view import ChangeView, HolderLine
from vrm_desktop.ui.pages.change_parts import ChangeCard, HolderRow
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card, Rule
from vrm_desktop.ui.widgets.day_field import DayField
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, rebuilding, row
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.points import Points
from vrm_desktop.wording.catalogue import _, ngettext

_LONGEST = 2000


class ChangePage(Page):
    """`asked` when the plan should be made for what is typed; `told` carries each counterparty's choice.

    `undone` carries a change's id, `confirmed` that and a counterparty's key, `opened` a file's id.
    """

    asked = Signal()
    told = Signal(object)
    undone = Signal(str)
    confirmed = Signal(str, str)
    opened = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Change once"), parent)
        self._view: ChangeView | None = None
        self._choices: dict[str, str] = {}
        self._rows: tuple[HolderRow, ...] = ()
        self.fields: dict[str, QLineEdit] = {}
        self._back = Button(look, _("My profile"), role=ButtonRole.QUIET, icon=Icon.ARROW_LEFT)
        self._form = Card(look, _("What is new"), gap=1.25)
        self._typed = QWidget()
        self._lines = column(look, self._typed, gap=1.25)
        self.since = DayField(look, _("Only from a later day on"), _("The day from which it is true"))
        self.ask = Button(look, _("See who should hear of it"), icon=Icon.USERS)
        self._plan = Card(look, _("Who should hear of it"), gap=1)
        self._news = Points(look)
        self._nobody = Notice(look)
        self._holders = QWidget()
        self._holding = column(look, self._holders, gap=0.5)
        self._promise = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        self.tell = Button(look, "", role=ButtonRole.PRIMARY, icon=Icon.SEND)
        self._changes = QWidget()
        self._changing = column(look, self._changes, gap=1.5)
        self._order: tuple[QWidget, ...] = ()
        self._lay_out()
        self._back.clicked.connect(lambda: self.going.emit(PageId.PROFILE))
        self.ask.clicked.connect(self.asked)
        self.since.changed.connect(self._day_changed)
        self.tell.clicked.connect(self._tell)

    @property
    def new(self) -> Mapping[str, str]:
        """What is typed and is not what the profile says: the new value of each path."""
        kept = {line.path: line.value for line in self._view.fields} if self._view is not None else {}
        typed = {path: field.text().strip() for path, field in self.fields.items()}
        return {path: value for path, value in typed.items() if value and value != kept.get(path)}

    @property
    def day(self) -> date | None:
        """From which day on it is true; None from now on."""
        return self.since.day

    def show_change(self, view: ChangeView) -> None:
        """Show all of it. What is being typed stays, and so do choices."""
        before = self._view
        if before is None or before.fields != view.fields:
            self._show_fields(view)
        if before is None:
            tomorrow = view.today + timedelta(days=1)
            self.since.show_day(None, earliest=tomorrow, usual=tomorrow)
        self._view = view
        self._arrange(view)
        self._show_plan(view)
        if before is None or before.changes != view.changes:
            self._show_changes(view)

    def begin_anew(self) -> None:
        """What was typed has been told."""
        self._choices.clear()
        if self._view is not None:
            tomorrow = self._view.today + timedelta(days=1)
            self.since.show_day(None, earliest=tomorrow, usual=tomorrow)
            with QSignalBlocker(self):
                for line in self._view.fields:
                    self.fields[line.path].setText(line.value)
        self.to_top()

    def first_field(self) -> QWidget | None:
        """The act itself, where there is somebody to tell."""
        return self.tell if self.tell.isVisible() else next(iter(self.fields.values()), None)

    def _arrange(self, view: ChangeView) -> None:
        """What is to be done stands on top; while something is typed, nothing moves."""
        if self.new:
            return
        if view.plan.holders:
            parts: tuple[QWidget, ...] = (self._plan, self._so_far, self._changes, self._form)
        elif any(not one.finished for one in view.changes):
            parts = (self._so_far, self._changes, self._form, self._plan)
        else:
            parts = (self._form, self._plan, self._so_far, self._changes)
        if parts != self._order:
            self._order = parts
            for place, part in enumerate(parts):
                self.body.removeWidget(part)
                self.body.insertWidget(place, part)

    def _show_fields(self, view: ChangeView) -> None:
        typed = dict(self.new) if self._view is not None else {}
        self.fields = {}
        with rebuilding(self._typed):
            _empty(self._lines)
            lines = list(view.fields)
            for start in range(0, len(lines), 2):
                line = row(self.look, gap=1.5)
                for one in lines[start : start + 2]:
                    field = QLineEdit(typed.get(one.path, one.value))
                    field.setMaxLength(_LONGEST)
                    field.setCursorPosition(0)
                    field.returnPressed.connect(self.asked)
                    self.fields[one.path] = field
                    line.addWidget(FormRow(self.look, one.label, field), 1, Qt.AlignmentFlag.AlignTop)
                if len(lines) - start == 1:
                    line.addStretch(1)
                holder = QWidget()
                holder.setLayout(line)
                self._lines.addWidget(holder)
        self._form.setVisible(bool(lines))

    def _show_plan(self, view: ChangeView) -> None:
        plan = view.plan
        self._news.show_points(plan.news)
        self._news.setVisible(bool(plan.news))
        waiting = bool(self.new) and not plan.holders
        if plan.holders:
            self._nobody.hide()
        elif waiting and plan.news:
            words = _("The new values can stand in your profile all the same.")
            self._nobody.say(_("Nobody holds the earlier value."), words)
        else:
            self._nobody.say(_("Everybody who holds something of you holds what is true."), "", Tone.GOOD)
        with rebuilding(self._holders):
            _empty(self._holding)
            self._rows = tuple(self._row(one) for one in plan.holders)
        self._holders.setVisible(bool(self._rows))
        self._say_tell()

    def _row(self, line: HolderLine) -> HolderRow:
        shown = HolderRow(self.look, line, self._choices.get(line.key, line.chosen))
        shown.chosen.connect(lambda: self._decide(shown))
        self._holding.addWidget(Rule())
        self._holding.addWidget(shown)
        return shown

    def _decide(self, shown: HolderRow) -> None:
        self._choices[shown.key] = shown.choice.key
        self._say_tell()

    def _day_changed(self) -> None:
        self._say_tell()
        if self.new:
            self.asked.emit()

    def _say_tell(self) -> None:
        count = sum(shown.choice.key != "leave" for shown in self._rows)
        news = bool(self._view and self._view.plan.news)
        told = ngettext("Tell {count} counterparty", "Tell {count} counterparties", count).format(count=count)
        self.tell.setText(told if count else _("Change my profile"))
        self.tell.setVisible(bool(count) or (news and bool(self.new)))
        self._promise.setText(_promise(waits=self.day is not None))
        self._promise.setVisible(bool(count))

    def _tell(self) -> None:
        self.told.emit({shown.key: shown.choice.key for shown in self._rows})

    def _show_changes(self, view: ChangeView) -> None:
        with rebuilding(self._changes):
            _empty(self._changing)
            for one in view.changes:
                card = ChangeCard(self.look, one)
                card.undone.connect(self.undone)
                card.opened.connect(self.opened)
                card.confirmed.connect(self.confirmed)
                self._changing.addWidget(card)
        self._changes.setVisible(bool(view.changes))
        self._so_far.setVisible(bool(view.changes))

    def _lay_out(self) -> None:
        look = self.look
        self.buttons.addWidget(self._back)
        self.show_title(_("Change once"), _promised())
        self._form.body.addWidget(self._typed)
        foot = Flow(look, gap=1.5)
        foot.addWidget(self.since)
        foot.addWidget(self.ask)
        self._form.body.addLayout(foot)
        for widget in (self._news, self._nobody, self._holders, self._promise):
            self._plan.body.addWidget(widget)
        act = row(look)
        act.addStretch(1)
        act.addWidget(self.tell)
        self._plan.body.addLayout(act)
        self._so_far = PlainLabel(_("How far it has come"), kind=LabelKind.HEADING)
        self._so_far.hide()
        for widget in (self._form, self._plan, self._so_far, self._changes):
            self.body.addWidget(widget)
        self.body.addStretch(1)


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def _promised() -> str:
    return _("You moved, or your number is new: say it here, and everybody who may know it hears of it.")


def _promise(*, waits: bool) -> str:
    if waits:
        return _("It leaves on the day, and until then you can take it back. Letters are written now and name the day.")
    return _("Everybody gets only what your conditions with them allow, and is asked to erase what was before.")
