"""My mail account: how requests by mail leave, and the one folder in which answers are looked for."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vrm_desktop.domain.mail_account import READING_PORTS, SENDING_PORTS
from vrm_desktop.ui.models.mail_account_view import MailAccountForm
from vrm_desktop.ui.pages.mail_server_part import ServerPart
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.wording.catalogue import _

_LONGEST = 254
_LONGEST_PASSWORD = 1000


class MailAccountPage(Page):
    """`kept` carries the form; `tried` and `forgotten` nothing."""

    kept = Signal(object)
    tried = Signal()
    forgotten = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("My mail account"), parent)
        self._form = MailAccountForm()
        self._sure = False
        self._back = Button(look, _("Mails"), role=ButtonRole.QUIET, icon=Icon.ARROW_LEFT)
        self.address, self.user, self.password = QLineEdit(), QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        for field in (self.address, self.user):
            field.setMaxLength(_LONGEST)
        self.password.setMaxLength(_LONGEST_PASSWORD)
        self.sending = ServerPart(look, _("Send requests by this account"), SENDING_PORTS)
        self.reading = ServerPart(look, _("Look for answers in one folder"), READING_PORTS)
        self.folder = Select(look, [("INBOX", "INBOX")])
        self.folder.setEditable(True)
        self.from_ = Select(look, _senders())
        self.signs = CheckBox(look, _("Sign requests with my name"))
        self.keep = Button(look, _("Keep this account"), role=ButtonRole.PRIMARY, icon=Icon.CHECK)
        self.attempt = Button(look, _("Try it"), icon=Icon.REFRESH_CW)
        self.forget = Button(look, "", role=ButtonRole.DANGER, icon=Icon.TRASH_2)
        self.report = Notice(look)
        self._rows = {
            "address": FormRow(look, _("My mail address"), self.address),
            "user": FormRow(look, _("Name to sign in with"), self.user, _("Leave it empty if it is the address.")),
            "password": FormRow(look, _("Password"), self.password, _password_hint()),
            "folder": FormRow(look, _("Folder"), self.folder, _folder_hint()),
        }
        self._lay_out()
        self._connect()
        self.show_form(self._form)

    @property
    def form(self) -> MailAccountForm:
        """What stands in the form."""
        return replace(
            self._form,
            address=self.address.text().strip(),
            user=self.user.text().strip(),
            password=self.password.text(),
            sending=self.sending.form,
            reading=self.reading.form,
            folder=self.folder.currentText().strip(),
            as_alias=self.from_.key == "alias",
            signs=self.signs.isChecked(),
        )

    def show_form(self, form: MailAccountForm) -> None:
        """Show what is kept; a password never is."""
        self._form = form
        self.address.setText(form.address)
        self.user.setText(form.user)
        self.password.clear()
        self.password.setPlaceholderText(_("kept in your vault") if form.has_password else "")
        self.sending.show_form(form.sending)
        self.reading.show_form(form.reading)
        self.folder.setEditText(form.folder)
        self.from_.choose("alias" if form.as_alias else "account")
        self.signs.setChecked(form.signs)
        self.show_error("", "")
        self._ask_again(sure=False)
        self._enable()

    def show_error(self, field: str, words: str) -> None:
        """Say what is wrong with one field, and with no other."""
        for key, line in self._rows.items():
            line.show_error(words if key == field else "")
        for key, part in (("sending", self.sending), ("reading", self.reading)):
            part.show_error(words if key == field else "")
        if field in self._rows:
            self._rows[field].field.setFocus()

    def show_folders(self, names: tuple[str, ...]) -> None:
        """Offer the folders of the mailbox; what was chosen stays."""
        chosen = self.folder.currentText()
        self.folder.offer([(name, name) for name in names])
        self.folder.setEditText(chosen)

    def show_report(self, title: str, words: str, tone: Tone) -> None:
        """Say what trying it came to."""
        self.attempt.setEnabled(True)
        self.report.say(title, words, tone)

    def first_field(self) -> QWidget | None:
        """The address."""
        return self.address

    def _enable(self) -> None:
        kept = self._form.kept
        self.attempt.setVisible(kept and (self._form.sending.used or self._form.reading.used))
        self.forget.setVisible(kept)
        changed = self.form != self._form
        self.attempt.setEnabled(not changed)
        self.keep.setEnabled(changed or not kept)
        reads = self.reading.form.used
        self._rows["folder"].setVisible(reads)
        signs_in = reads or self.sending.form.used
        for key in ("user", "password"):
            self._rows[key].setVisible(signs_in)

    def _try(self) -> None:
        self.attempt.setEnabled(False)
        self.report.say(_("Signing in…"), _("Nothing is sent, and nothing in the mailbox is changed."))
        self.tried.emit()

    def _forget(self) -> None:
        """The first press only asks."""
        if self._sure:
            self.forgotten.emit()
        self._ask_again(sure=not self._sure)

    def _ask_again(self, *, sure: bool) -> None:
        self._sure = sure
        self.forget.setText(_("Yes, forget it and its password") if sure else _("Forget this account"))

    def _connect(self) -> None:
        self._back.clicked.connect(lambda: self.going.emit(PageId.MAILS))
        self.keep.clicked.connect(lambda: self.kept.emit(self.form))
        self.attempt.clicked.connect(self._try)
        self.forget.clicked.connect(self._forget)
        for field in (self.address, self.user, self.password):
            field.textEdited.connect(self._enable)
            field.returnPressed.connect(self.keep.click)
        for part in (self.sending, self.reading):
            part.changed.connect(self._enable)
        self.folder.editTextChanged.connect(self._enable)
        self.from_.chosen.connect(self._enable)
        self.signs.clicked.connect(self._enable)

    def _lay_out(self) -> None:
        look = self.look
        self.show_title(_("My mail account"), _what_for())
        self.buttons.addWidget(self._back)
        self.buttons.addWidget(self.keep)
        who = Card(look, _("Who signs in"), gap=1.5)
        for key in ("address", "user", "password"):
            who.body.addWidget(self._rows[key])
        who.body.addWidget(FormRow(look, _("Whose address a request shows"), self.from_, _alias_hint()))
        who.body.addWidget(self.signs)
        who.body.addStretch(1)
        ways, sends, reads = QWidget(), Card(look, _("Sending"), gap=1.5), Card(look, _("Answers"), gap=1.5)
        sends.body.addWidget(self.sending)
        sends.body.addWidget(PlainLabel(_own_program(), kind=LabelKind.MUTED, wrap=True))
        reads.body.addWidget(self.reading)
        reads.body.addWidget(self._rows["folder"])
        reads.body.addWidget(PlainLabel(_what_is_read(), kind=LabelKind.MUTED, wrap=True))
        lines = column(look, ways, gap=1.5)
        for card in (sends, reads):
            lines.addWidget(card)
        lines.addStretch(1)
        acts = Flow(look)
        for button in (self.attempt, self.forget):
            acts.addWidget(button)
        self.body.addWidget(SideBySide(look, (who, ways)))
        self.body.addWidget(self.report)
        self.body.addLayout(acts)
        self.body.addStretch(1)


def _senders() -> list[tuple[str, str]]:
    return [("alias", _("An address that only they have")), ("account", _("My mail address; answers go to that one"))]


def _what_for() -> str:
    return _("Name and password lie in your vault and are shown nowhere. You can also go without an account.")


def _alias_hint() -> str:
    return _("Where you have addresses for vendors, each gets one of its own. Without any, it is your mail address.")


def _password_hint() -> str:
    return _("Some providers want a password for programs. It is kept in your vault and never shown again.")


def _folder_hint() -> str:
    return _("This one folder alone is looked into. “Try it” lists the folders of your mailbox.")


def _own_program() -> str:
    return _("Without an account, requests become letters: you look at each and send it with your own mail program.")


def _what_is_read() -> str:
    return _(
        "Read are only answers to you: mails to an address that one vendor alone has, or that name a mail of yours. "
        "Nothing in the mailbox is ever changed, not even marked as read. All other mails stay where they are."
    )
