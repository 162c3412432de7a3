"""The first screen: choose a passphrase on the first run, unlock afterwards. It stands alone in the window."""

from typing import assert_never

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from vrm_desktop.ui.models.unlock_view import UnlockMode, UnlockProblem, UnlockView
from vrm_desktop.ui.pages.gate_frame import GateFrame
from vrm_desktop.ui.pages.unlock_progress import UnlockProgress
from vrm_desktop.ui.pages.unlock_words import problem_advice, problem_title
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import ElidedLabel, LabelKind
from vrm_desktop.ui.widgets.passphrase_edit import PassphraseEdit
from vrm_desktop.ui.widgets.passphrase_strength import Strength
from vrm_desktop.wording.catalogue import _


class UnlockPage(GateFrame):
    """`create_requested` and `unlock_requested` carry the passphrase; it is forgotten here as soon as it was told."""

    create_requested = Signal(str)
    unlock_requested = Signal(str)
    restore_requested = Signal()
    import_requested = Signal()
    keyring_requested = Signal()
    forgotten = Signal()
    stop_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._view = UnlockView(mode=UnlockMode.UNLOCK)
        self._edit = PassphraseEdit(look, meter=True)
        self._plain_edit = PassphraseEdit(look)
        self._repeat = PassphraseEdit(look)
        self._choose_row = FormRow(look, _("Passphrase"), self._edit)
        self._repeat_row = FormRow(look, _("The same again"), self._repeat)
        self._unlock_row = FormRow(look, _("Passphrase"), self._plain_edit)
        self._act = Button(look, "", role=ButtonRole.PRIMARY, icon=Icon.LOCK_OPEN)
        self._act.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._progress = UnlockProgress(look)
        quiet = ButtonRole.QUIET
        self._restore = Button(look, _("Restore from a backup…"), role=quiet, icon=Icon.DATABASE_BACKUP)
        self._import = Button(look, _("Bring back an archive…"), role=quiet, icon=Icon.UPLOAD)
        self._keyring = Button(look, _("Unlock with this computer's keyring"), role=quiet, icon=Icon.KEY_ROUND)
        self._forgot = Button(look, _("I forgot my passphrase"), role=quiet, icon=Icon.CIRCLE_HELP)
        self._place = ElidedLabel(kind=LabelKind.CAPTION)
        self._lay_out()
        self._act.clicked.connect(self._submit)
        for edit in (self._plain_edit, self._repeat):
            edit.submitted.connect(self._submit)
        self._edit.submitted.connect(self._repeat.setFocus)
        self._restore.clicked.connect(self.restore_requested)
        self._import.clicked.connect(self.import_requested)
        self._keyring.clicked.connect(self.keyring_requested)
        self._forgot.clicked.connect(self.forgotten)
        self._progress.stop_requested.connect(self.stop_requested)
        self.show_view(self._view)

    def show_view(self, view: UnlockView) -> None:
        """Show this state. A wrong passphrase stays typed and selected; in any other state the fields are empty."""
        self._view = view
        first = view.mode is UnlockMode.FIRST_RUN
        self.heading.setText(_("Choose a passphrase") if first else _("Welcome back"))
        self.sentence.setText(
            _first_sentence() if first else _("Your vault is locked. Nothing runs until you open it.")
        )
        if view.problem is UnlockProblem.DAMAGED:
            self.sentence.setText(_("Nothing was deleted, and nothing will be. You decide what happens now."))
        self._choose_row.setVisible(first)
        self._repeat_row.setVisible(first)
        self._unlock_row.setVisible(not first)
        self._place.setText(_("Your vault: {place}").format(place=view.place))
        self._place.setVisible(bool(view.place))
        damaged = view.problem is UnlockProblem.DAMAGED
        self._restore.setVisible(view.can_restore and (first or damaged))
        self._restore.take_role(ButtonRole.PRIMARY if damaged else ButtonRole.QUIET)
        self._import.setVisible(view.can_import and (first or damaged))
        for quiet, offered in ((self._keyring, view.keyring), (self._forgot, view.forgotten)):
            quiet.setVisible(offered and not first and not damaged)
            quiet.setEnabled(not view.working)
        self._act.setVisible(not damaged)
        self._unlock_row.setVisible(not first and not damaged)
        self._progress.show_step(view)
        self._act.setText(self._act_text())
        closed = view.working or view.problem in (UnlockProblem.DAMAGED, UnlockProblem.TOO_NEW)
        for part in (self._act, self._edit, self._plain_edit, self._repeat):
            part.setEnabled(not closed)
        self._restore.setEnabled(not view.working)
        self._import.setEnabled(not view.working)
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
                self.notice.hide()
            case UnlockProblem.WRONG_PASSPHRASE:
                self.notice.hide()
                self._unlock_row.show_error(f"{problem_title(problem)} {problem_advice(problem)}")
            case UnlockProblem.OTHER:
                self.notice.say(*(self._view.told or ("", "")), Tone.BAD)
            case UnlockProblem.DAMAGED:
                self.notice.say(problem_title(problem), self._view.backup or problem_advice(problem), Tone.BAD)
            case UnlockProblem.TOO_NEW:
                needs = _("It needs a version that knows {what}.").format(what=self._view.needs)
                told = f"{problem_advice(problem)} {needs}" if self._view.needs else problem_advice(problem)
                self.notice.say(problem_title(problem), told, Tone.BAD)
            case UnlockProblem.BUSY | UnlockProblem.DISK:
                tone = Tone.CAUTION if problem is UnlockProblem.BUSY else Tone.BAD
                self.notice.say(problem_title(problem), problem_advice(problem), tone)
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
        middle = Qt.AlignmentFlag.AlignHCenter
        for part in (self._choose_row, self._repeat_row, self._unlock_row, self._act, self._progress):
            self.body.addWidget(part)
        for quiet in (self._keyring, self._forgot, self._restore, self._import):
            self.body.addWidget(quiet, 0, middle)
        self.body.addWidget(self._place)


def _first_sentence() -> str:
    return _(
        "Everything you keep here is encrypted with it, on this computer only. "
        "Nobody can reset it for you, so choose one you will remember, and write it down somewhere safe."
    )
