"""The first screen: choose a passphrase on the first run, unlock afterwards. It stands alone in the window."""

from typing import assert_never

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from vrm_desktop.ui.models.unlock_view import UnlockMode, UnlockProblem, UnlockView
from vrm_desktop.ui.pages.unlock_words import problem_advice, problem_title
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import ElidedLabel, LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.passphrase_edit import PassphraseEdit
from vrm_desktop.ui.widgets.passphrase_strength import Strength
from vrm_desktop.ui.widgets.scroller import Scroller
from vrm_desktop.wording.catalogue import _

_CARD_WIDTH = 56


class UnlockPage(QWidget):
    """`create_requested` and `unlock_requested` carry the passphrase; it is forgotten here as soon as it was told."""

    create_requested = Signal(str)
    unlock_requested = Signal(str)
    restore_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._view = UnlockView(mode=UnlockMode.UNLOCK)
        self.setProperty("kind", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._mark = PlainLabel()
        self._title = PlainLabel(kind=LabelKind.TITLE, wrap=True)
        self._sentence = PlainLabel(kind=LabelKind.MUTED, wrap=True)
        self._notice = Notice(look)
        self._edit = PassphraseEdit(look, meter=True)
        self._plain_edit = PassphraseEdit(look)
        self._repeat = PassphraseEdit(look)
        self._choose_row = FormRow(look, _("Passphrase"), self._edit)
        self._repeat_row = FormRow(look, _("The same again"), self._repeat)
        self._unlock_row = FormRow(look, _("Passphrase"), self._plain_edit)
        self._act = Button(look, "", role=ButtonRole.PRIMARY, icon=Icon.LOCK_OPEN)
        self._act.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._restore = Button(look, _("Restore from a backup…"), role=ButtonRole.QUIET, icon=Icon.DATABASE_BACKUP)
        self._place = ElidedLabel(kind=LabelKind.CAPTION)
        self._lay_out()
        self._act.clicked.connect(self._submit)
        for edit in (self._plain_edit, self._repeat):
            edit.submitted.connect(self._submit)
        self._edit.submitted.connect(self._repeat.setFocus)
        self._restore.clicked.connect(self.restore_requested)
        self._redraw()
        look.changed.connect(self._redraw)
        self.show_view(self._view)

    def show_view(self, view: UnlockView) -> None:
        """Show this state. A wrong passphrase stays typed and selected; in any other state the fields are empty."""
        self._view = view
        first = view.mode is UnlockMode.FIRST_RUN
        self._title.setText(_("Choose a passphrase") if first else _("Welcome back"))
        self._sentence.setText(
            _first_sentence() if first else _("Your vault is locked. Nothing runs until you open it.")
        )
        self._choose_row.setVisible(first)
        self._repeat_row.setVisible(first)
        self._unlock_row.setVisible(not first)
        self._place.setText(_("Your vault: {place}").format(place=view.place))
        self._place.setVisible(bool(view.place))
        self._restore.setVisible(view.can_restore and (first or view.problem is UnlockProblem.DAMAGED))
        self._act.setText(self._act_text())
        closed = view.working or view.problem in (UnlockProblem.DAMAGED, UnlockProblem.TOO_NEW)
        for part in (self._act, self._edit, self._plain_edit, self._repeat):
            part.setEnabled(not closed)
        self._restore.setEnabled(not view.working)
        self._show_problem(view.problem)
        self.setFocusProxy(self._field())
        if not closed:
            self._field().setFocus()
            self._field().select_all()

    def forget(self) -> None:
        """Drop what is typed."""
        for edit in (self._edit, self._plain_edit, self._repeat):
            edit.clear()

    def _field(self) -> PassphraseEdit:
        return self._edit if self._view.mode is UnlockMode.FIRST_RUN else self._plain_edit

    def _act_text(self) -> str:
        first = self._view.mode is UnlockMode.FIRST_RUN
        if self._view.working:
            return _("Making your vault…") if first else _("Opening…")
        if self._view.problem is UnlockProblem.BUSY:
            return _("Try again")
        return _("Make my vault") if first else _("Unlock")

    def _show_problem(self, problem: UnlockProblem | None) -> None:
        self._unlock_row.show_error("")
        match problem:
            case None:
                self._notice.hide()
            case UnlockProblem.WRONG_PASSPHRASE:
                self._notice.hide()
                self._unlock_row.show_error(f"{problem_title(problem)} {problem_advice(problem)}")
            case UnlockProblem.OTHER:
                self._notice.say(*(self._view.told or ("", "")), Tone.BAD)
            case UnlockProblem.DAMAGED | UnlockProblem.TOO_NEW | UnlockProblem.BUSY | UnlockProblem.DISK:
                tone = Tone.CAUTION if problem is UnlockProblem.BUSY else Tone.BAD
                self._notice.say(problem_title(problem), problem_advice(problem), tone)
            case _:
                assert_never(problem)

    def _submit(self) -> None:
        if not self._act.isEnabled():
            return
        match self._view.mode:
            case UnlockMode.UNLOCK:
                if self._plain_edit.passphrase:
                    self.unlock_requested.emit(self._plain_edit.passphrase)
                else:
                    self._unlock_row.show_error(_("Please type your passphrase."))
            case UnlockMode.FIRST_RUN:
                self._submit_new()
            case _:
                assert_never(self._view.mode)

    def _submit_new(self) -> None:
        self._choose_row.show_error("")
        self._repeat_row.show_error("")
        if self._edit.estimate.strength in (Strength.TOO_SHORT, Strength.WEAK):
            self._choose_row.show_error(_("This passphrase is too easy to guess. Add a word or two."))
            self._edit.setFocus()
        elif self._edit.passphrase != self._repeat.passphrase:
            self._repeat_row.show_error(_("The two are not the same. Please type it again."))
            self._repeat.setFocus()
            self._repeat.select_all()
        else:
            self.create_requested.emit(self._edit.passphrase)

    def _lay_out(self) -> None:
        look = self._look
        card = Card(look, gap=2, margins=4)
        head = row(look, gap=1.5)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        card.body.addLayout(head)
        for part in (self._sentence, self._notice, self._choose_row, self._repeat_row, self._unlock_row, self._act):
            card.body.addWidget(part)
        card.body.addWidget(self._restore, 0, Qt.AlignmentFlag.AlignHCenter)
        card.body.addWidget(self._place)
        self._card = card
        inside = QWidget()
        around = column(look, inside, margins=3)
        around.addStretch(1)
        middle = row(look)
        middle.addStretch(1)
        middle.addWidget(card, 100)
        middle.addStretch(1)
        around.addLayout(middle)
        around.addStretch(1)
        column(look, self).addWidget(Scroller(inside))

    def _redraw(self) -> None:
        self._card.setMaximumWidth(self._look.steps(_CARD_WIDTH))
        side = self._look.steps(3.5)
        self._mark.setPixmap(self._look.pixmap(Icon.MARK, "accent", side, self.devicePixelRatioF()))


def _first_sentence() -> str:
    return _(
        "Everything you keep here is encrypted with it, on this computer only. "
        "Nobody can reset it for you, so choose one you will remember, and write it down somewhere safe."
    )
