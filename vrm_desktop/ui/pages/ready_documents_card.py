"""Documents that a vendor holds ready for an order, in its file: whom fetching one reaches, and which are here."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.presenters.claims import ready_lines
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.claim_list import ClaimList
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.wording.catalogue import _


class ReadyDocumentsCard(Card):
    """`wanted` carries a document's hash. Hidden where none lies ready."""

    wanted = Signal(str)
    tab = RelationshipTab.ORDERS
    order = 640

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Documents for this order"), gap=1.25)
        self.lines = ClaimList(look, _("Fetch it"))
        self.body.addWidget(self.lines)
        self.body.addWidget(PlainLabel(_why(), kind=LabelKind.CAPTION, wrap=True))
        self.lines.opened.connect(self.wanted)

    @property
    def widget(self) -> QWidget:
        """Itself."""
        return self

    def show_file(self, file: RelationshipFile) -> None:
        """The documents of this order."""
        lines = ready_lines(file)
        self.lines.show_lines(lines)
        self.setVisible(bool(lines))


def _why() -> str:
    return _(
        "Whoever hands one out sees that it is fetched. It is kept only if it is the very one that they signed for; "
        "then it lies among the documents, under “Requests and contracts”."
    )
