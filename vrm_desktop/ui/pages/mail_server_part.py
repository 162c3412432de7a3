"""One mail server of the account: whether it is used, and its host, protection and port."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vrm_desktop.domain.mail_account import MailSecurity
from vrm_desktop.ui.models.mail_account_view import ServerForm
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.layouts import column
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.mail_words import security_label

_LONGEST = 254
_LONGEST_PORT = 5


class ServerPart(QWidget):
    """`words` stand beside the box that turns it on; `ports` are the usual ones. `changed` when anything was typed."""

    changed = Signal()

    def __init__(
        self, look: Look, words: str, ports: Mapping[MailSecurity, int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ports = ports
        self.used = CheckBox(look, words)
        self.host, self.port = QLineEdit(), QLineEdit()
        self.host.setMaxLength(_LONGEST)
        self.host.setPlaceholderText("mail.host.example")
        self.port.setMaxLength(_LONGEST_PORT)
        self.security = Select(look, [(one.value, security_label(one)) for one in MailSecurity])
        self._host_row = FormRow(look, _("Server"), self.host)
        self._how = SideBySide(
            look,
            (FormRow(look, _("Connection"), self.security), FormRow(look, _("Port"), self.port)),
            stacked_below=40,
        )
        lines = column(look, self, gap=1.25)
        for part in (self.used, self._host_row, self._how):
            lines.addWidget(part)
        self.used.clicked.connect(self._tell)
        self.security.chosen.connect(self._tell)
        self.host.textEdited.connect(self._tell)
        self.port.textEdited.connect(self._tell)
        self.show_form(ServerForm())

    @property
    def form(self) -> ServerForm:
        """What stands in it."""
        return ServerForm(
            used=self.used.isChecked(),
            host=self.host.text().strip(),
            port=self.port.text().strip(),
            security=MailSecurity(self.security.key),
        )

    def show_form(self, form: ServerForm) -> None:
        """Show it."""
        self.used.setChecked(form.used)
        self.host.setText(form.host)
        self.port.setText(form.port)
        self.security.choose(form.security.value)
        self._enable()

    def show_error(self, words: str) -> None:
        """Say what is wrong with it, "" for nothing."""
        self._host_row.show_error(words)
        if words:
            self.host.setFocus()

    def _enable(self) -> None:
        for part in (self._host_row, self._how):
            part.setVisible(self.used.isChecked())
        self.port.setPlaceholderText(str(self._ports[MailSecurity(self.security.key)]))

    def _tell(self) -> None:
        self._enable()
        self.changed.emit()
