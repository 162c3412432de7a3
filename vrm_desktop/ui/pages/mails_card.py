"""The mails of one counterparty in its file, each to open."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.domain.mail import MailIn
from vrm_desktop.domain.mail_offer import MailProposal
from vrm_desktop.ui.models.claims_view import ClaimLine
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.presenters.mails import sender_of, standing
from vrm_desktop.ui.presenters.moments import moment_of
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.claim_list import ClaimList
from vrm_desktop.wording.catalogue import _

if TYPE_CHECKING:
    from vrm_desktop.services.keep_relationship import RelationshipFile


class MailsCard(Card):
    """`opened` carries a mail's id. Hidden while they wrote none."""

    opened = Signal(str)
    tab = RelationshipTab.MESSAGES
    order = 50

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Mails of theirs"), gap=1.25, parent=parent)
        self.lines = ClaimList(look, _("Open"))
        self.body.addWidget(self.lines)
        self.lines.opened.connect(self.opened)
        self.hide()

    @property
    def widget(self) -> QWidget:
        """Itself."""
        return self

    def show_file(self, file: "RelationshipFile") -> None:
        """Show the mails that lie in the file."""
        proposed = {one.mail: one for one in file.papers_of(MailProposal)}
        newest = sorted(file.papers_of(MailIn), key=lambda one: (one.at, one.id), reverse=True)
        self.lines.show_lines(tuple(_line(one, proposed.get(one.id)) for one in newest))
        self.setVisible(bool(newest))


def _line(one: MailIn, proposal: MailProposal | None) -> ClaimLine:
    state, tone = standing(one, proposal)
    told = f"{sender_of(one)} · {moment_of(one.at)}"
    return ClaimLine(id=one.id, what=one.subject or _("(no subject)"), standing=state, tone=tone, told=(told,))
