"""Say what I want: one typed line, or the form below it. Both fill the same draft."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.models.compose_view import ComposeView
from vrm_desktop.ui.pages.compose_line import ComposeLine
from vrm_desktop.ui.pages.compose_terms import ComposeTerms
from vrm_desktop.ui.pages.compose_thing import ComposeThing
from vrm_desktop.ui.pages.page import Page
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.layouts import column
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.wording.catalogue import _


class ComposePage(Page):
    """`edited` carries a draft's field and value; `price_typed` text; `save_requested` keeps it as a draft.

    `plan_requested` keeps it and goes on to the plan.
    """

    edited = Signal(str, object)
    price_typed = Signal(str)
    save_requested = Signal()
    plan_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("What do you want?"), parent)
        self.show_title(_("What do you want?"), _("Nothing leaves this computer while you write."))
        self.line = ComposeLine(look)
        self.thing = ComposeThing(look)
        self.terms = ComposeTerms(look)
        self.save = Button(look, _("Keep as a draft"), icon=Icon.FILE_PEN)
        self.go_on = Button(look, _("Choose whom to ask"), role=ButtonRole.PRIMARY, icon=Icon.USERS)
        self.buttons.addWidget(self.save)
        self.buttons.addWidget(self.go_on)
        left = QWidget()
        lines = column(look, left, gap=2)
        lines.addWidget(self.thing)
        lines.addStretch(1)
        self.body.addWidget(self.line)
        self.body.addWidget(SideBySide(look, (left, self.terms), stacked_below=88))
        self.body.addStretch(1)
        self.thing.edited.connect(self.edited)
        self.terms.edited.connect(self.edited)
        self.terms.price_typed.connect(self.price_typed)
        self.save.clicked.connect(self.save_requested)
        self.go_on.clicked.connect(self.plan_requested)

    def show_view(self, view: ComposeView) -> None:
        """Show the draft, what was understood and what is asked back. What is being typed is not disturbed."""
        title = _("Change what you want") if view.editing else _("What do you want?")
        self.show_title(title, _standing(view))
        self.line.show_chips(view.chips)
        self.line.show_questions(view.questions)
        self.thing.show_draft(view.draft)
        self.thing.show_errors(view.errors)
        self.terms.show_view(view)
        self.terms.show_price(view.price_text)
        self.terms.show_weights(view.weights)
        for button in (self.save, self.go_on):
            button.setEnabled(view.can_save)

    def show_line(self, text: str) -> None:
        """Put `text` into the typed line without telling."""
        self.line.edit.setText(text)

    def focus_field(self, key: str) -> None:
        """Give the keyboard to the field that a chip is about."""
        name = key.partition(":")
        if name[0] == "attribute" and name[2] in self.thing.attributes:
            self.thing.attributes[name[2]].setFocus()
            return
        fields: dict[str, QWidget] = {
            "title": self.thing.title,
            "category": self.thing.category,
            "condition": self.thing.condition,
            "quantity": self.thing.quantity,
            "area": self.terms.area,
            "fulfilment": self.terms.fulfilment,
            "needed_by": self.terms.needed_by,
            "answers_by": self.terms.answers_by,
            "price_cap": self.terms.price,
        }
        if key in fields:
            fields[key].setFocus()

    def first_field(self) -> QWidget | None:
        """The typed line."""
        return self.line.edit


def _standing(view: ComposeView) -> str:
    words = {"title": _("what it is"), "category": _("a category"), "area": _("a country")}
    missing = [words[name] for name in view.missing if name in words]
    if view.questions:
        return _("Please settle what is asked back. Nothing leaves this computer while you write.")
    if not missing:
        return _("Nothing leaves this computer while you write.")
    return _("Still needed: {things}. Nothing leaves this computer while you write.").format(things=", ".join(missing))
