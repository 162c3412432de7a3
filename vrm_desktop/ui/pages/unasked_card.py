"""How much a vendor may say unasked, in its file: how it stands, another number, and what was folded away, opened."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.domain.contact_budget import MOST
from vrm_desktop.ui.models.wishes_view import BudgetView
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import PlainLabel
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.ui.widgets.number_field import NumberField
from vrm_desktop.ui.widgets.talk import Talk
from vrm_desktop.wording.catalogue import _, ngettext

if TYPE_CHECKING:
    from vrm_desktop.services.keep_relationship import RelationshipFile


class UnaskedCard(Card):
    """`looked` carries the relationship whose budget to show; `taken` it and a number, `given_back` it alone."""

    tab = RelationshipTab.MESSAGES
    order = 350
    looked = Signal(str)
    taken = Signal(str, int)
    given_back = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("What they may say unasked"), gap=1.25)
        self._view: BudgetView | None = None
        self._used = PlainLabel(wrap=True)
        self.open = Button(look, "", icon=Icon.EYE)
        self.talk = Talk(look)
        self.number = NumberField(0, MOST)
        self.take = Button(look, _("Take this many"))
        self.back = Button(look, "", role=ButtonRole.QUIET)
        self._row = FormRow(look, _("At most in thirty days"), self.number, counting_words())
        self._lay_out(look)
        self.open.clicked.connect(lambda: self._open(opened=self.talk.isHidden()))
        self.take.clicked.connect(lambda: self.taken.emit(self._key, self.number.value()))
        self.back.clicked.connect(lambda: self.given_back.emit(self._key))
        self.hide()

    @property
    def widget(self) -> QWidget:
        """Itself."""
        return self

    def show_file(self, file: "RelationshipFile") -> None:
        """Ask for the budget of the file; hidden where they have no way to say anything here."""
        heard = bool(file.relationship.endpoint or file.relationship.address)
        self.setVisible(heard)
        if heard:
            self.looked.emit(file.relationship.id)

    def show_budget(self, view: BudgetView) -> None:
        """Show it. A number being typed stays, unless it is another file or another number holds now."""
        before, self._view = self._view, view
        if before is None or (before.relationship, before.messages) != (view.relationship, view.messages):
            self.number.setValue(view.messages)
        if before is None or before.relationship != view.relationship:
            self.talk.hide()
        self._used.setText(view.used)
        self.talk.show_talk(view.folded)
        self.back.setText(view.back)
        self.back.setVisible(bool(view.back))
        self._open(opened=bool(view.folded) and not self.talk.isHidden())

    @property
    def _key(self) -> str:
        return self._view.relationship if self._view is not None else ""

    def _open(self, *, opened: bool) -> None:
        count = len(self._view.folded) if self._view is not None else 0
        self.talk.setVisible(opened)
        words = ngettext("Show the {count} folded away", "Show the {count} folded away", count).format(count=count)
        self.open.setText(_("Fold them away again") if opened else words)
        self.open.show_icon(Icon.EYE_OFF if opened else Icon.EYE)
        self.open.setVisible(count > 0)

    def _lay_out(self, look: Look) -> None:
        self.body.addWidget(self._used)
        opening = row(look, gap=1)
        opening.addWidget(self.open)
        opening.addStretch(1)
        self.body.addLayout(opening)
        self.body.addWidget(self.talk)
        self.talk.hide()
        self.number.setMaximumWidth(look.steps(16))
        self.body.addWidget(self._row)
        buttons = Flow(look)
        buttons.addWidget(self.take)
        buttons.addWidget(self.back)
        self.body.addLayout(buttons)


def counting_words() -> str:
    """What counts, and what none means."""
    return _("With 0, all of it is folded away. An answer to you, an order or a receipt never counts; nothing is lost.")
