"""Looking in a shop's price list: which shop, then the exact words that would leave, and only then sending them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vrm_desktop.ui.models.prices_view import SearchView
from vrm_desktop.ui.pages.face_choice import FaceChoice
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.wording.catalogue import _

_LONGEST = 500
_BODY = 8000


class ShopAsking(Card):
    """`sought` carries a known shop's id and a domain, one of them ""; `sent` that the search shown shall leave.

    `named` carries the page that is to be named to shops from now on, `faced` whether this search is to be signed.
    """

    sought = Signal(str, str)
    sent = Signal()
    named = Signal(str)
    faced = Signal(bool)
    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Look in a shop's price list"), gap=1.5, parent=parent)
        self.known = Select(look)
        self.domain = QLineEdit()
        self.page = QLineEdit()
        for field in (self.domain, self.page):
            field.setMaxLength(_LONGEST)
        self.domain.setPlaceholderText("shop.example")
        self.page.setPlaceholderText("https://")
        self._known_row = FormRow(look, _("Shop"), self.known)
        self._domain_row = FormRow(look, _("Its domain"), self.domain, _look_tells())
        self._page_row = FormRow(look, _("Page that is named to shops"), self.page, _page_tells())
        self._trouble = Notice(look)
        self._elsewhere = Notice(look)
        self._goes = PlainLabel(kind=LabelKind.STRONG, wrap=True)
        self._body = PlainLabel(kind=LabelKind.CODE, wrap=True, selectable=True, cap=_BODY)
        self._tells = KeyValues(look)
        self.face = FaceChoice(look)
        self.seek = Button(look, _("Show what would leave"), role=ButtonRole.PRIMARY, icon=Icon.EYE)
        self.name = Button(look, _("Name this page from now on"), role=ButtonRole.PRIMARY, icon=Icon.CHECK)
        self.send = Button(look, _("Send this search"), role=ButtonRole.PRIMARY, icon=Icon.SEND)
        self.back = Button(look, _("Another shop"), icon=Icon.ARROW_LEFT)
        self.leave = Button(look, _("Cancel"), role=ButtonRole.QUIET)
        self._lay_out(look)
        self.known.chosen.connect(self._enable)
        for field, button in ((self.domain, self.seek), (self.page, self.name)):
            field.textChanged.connect(self._enable)
            field.returnPressed.connect(button.click)
        self.seek.clicked.connect(self._seek)
        self.name.clicked.connect(lambda: self.named.emit(self.page.text().strip()))
        self.send.clicked.connect(self._send)
        self.back.clicked.connect(self.begin)
        self.leave.clicked.connect(self.left)
        self.face.faced.connect(self._face)
        self.offer(())
        self.begin()

    def offer(self, shops: tuple[tuple[str, str], ...]) -> None:
        """The shops that were found before: id and name."""
        self.known.offer((*shops, ("", _("Another one, by its domain"))))
        self._known_row.setVisible(bool(shops) and not self._form.isHidden())
        self._enable()

    def first_field(self) -> QWidget:
        """What gets the keyboard."""
        return self.known if self.known.key else self.domain

    def begin(self) -> None:
        """Ask which shop."""
        self._show_part(self._form)
        self._known_row.setVisible(self.known.count() > 1)
        self._trouble.hide()
        self.known.setEnabled(True)
        self.domain.setEnabled(True)
        self._enable()

    def show_trouble(self, title: str, advice: str = "") -> None:
        """Why there is nothing to send."""
        self.begin()
        self._trouble.say(title, advice, Tone.BAD)

    def ask_page(self, title: str, error: str = "") -> None:
        """Ask for the page that shops want to be named."""
        self._show_part(self._paging)
        self._trouble.say(title, "", Tone.CAUTION)
        self._page_row.show_error(error)
        self.page.setFocus()

    def show_search(self, search: SearchView) -> None:
        """Show the search that would leave; nothing has."""
        self._show_part(self._shown)
        self._trouble.hide()
        self._goes.setText(
            _("This exact text would go to {shop}, at {host}:").format(shop=search.shop, host=search.goes_to)
        )
        self._body.setText(search.body)
        self._tells.show_facts([Fact(label=label, value=value) for label, value in search.tells])
        self.face.show_face(known=search.known, can_be_known=search.can_be_known)
        if search.elsewhere:
            told = _("That is another site than the shop's: {host}").format(host=search.goes_to)
            self._elsewhere.say(told, _("Send it only if you trust that site, too."), Tone.CAUTION)
        else:
            self._elsewhere.hide()
        self.send.setEnabled(True)
        self.send.setFocus()

    def _enable(self) -> None:
        by_domain = not self.known.key
        self._domain_row.setVisible(by_domain)
        self.seek.setEnabled(self.domain.isEnabled() and (not by_domain or bool(self.domain.text().strip())))
        self.name.setEnabled(bool(self.page.text().strip()))

    def _seek(self) -> None:
        self._trouble.hide()
        self.known.setEnabled(False)
        self.domain.setEnabled(False)
        self.seek.setEnabled(False)
        known = self.known.key
        self.sought.emit(known, "" if known else self.domain.text().strip())

    def _send(self) -> None:
        self.send.setEnabled(False)
        self.sent.emit()

    def _face(self) -> None:
        """What leaves is another text then: it is shown anew before it may."""
        self.send.setEnabled(False)
        self.faced.emit(self.face.known)

    def _show_part(self, part: QWidget) -> None:
        for one, button in ((self._form, self.seek), (self._paging, self.name), (self._shown, self.send)):
            one.setVisible(one is part)
            button.setVisible(one is part)
        self.back.setVisible(part is not self._form)

    def _lay_out(self, look: Look) -> None:
        self._form, self._paging, self._shown = QWidget(), QWidget(), QWidget()
        form = column(look, self._form, gap=1.5)
        form.addWidget(self._known_row)
        form.addWidget(self._domain_row)
        column(look, self._paging).addWidget(self._page_row)
        shown = column(look, self._shown, gap=1)
        shown.addWidget(self._goes)
        shown.addWidget(self._body)
        shown.addWidget(PlainLabel(_("By name, it tells:"), kind=LabelKind.OVERLINE))
        shown.addWidget(self._tells)
        shown.addWidget(self.face)
        shown.addWidget(self._elsewhere)
        shown.addWidget(PlainLabel(_cap_stays(), kind=LabelKind.CAPTION, wrap=True))
        acts = Flow(look)
        for button in (self.seek, self.name, self.send, self.back, self.leave):
            acts.addWidget(button)
        self.body.addWidget(self._trouble)
        for part in (self._form, self._paging, self._shown):
            self.body.addWidget(part)
        self.body.addLayout(acts)


def _look_tells() -> str:
    return _(
        "A shop that was not looked for before is asked whether programs may read its list: it sees that somebody "
        "looked, and your network address. Nothing of what you want leaves before you have seen it."
    )


def _page_tells() -> str:
    return _(
        "One that many people name makes you look like all of them; one of your own makes you known again everywhere."
    )


def _cap_stays() -> str:
    return _("The most that you would pay does not leave. What costs more is left out here, and counted.")
