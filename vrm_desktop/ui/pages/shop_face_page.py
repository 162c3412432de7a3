"""How shops see me: the page that is named to them, anonymous or known by its key, and what each of both means."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from vrm_desktop.domain.shop import NEWEST, Edition
from vrm_desktop.ui.models.shop_face_view import ShopFaceView
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.points import Points
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.shop_words import anonymous_means, known_means

_LONGEST = 500


class ShopFacePage(Page):
    """`named` carries an address ("" for none), `chosen` whether to be known; `written` an edition and a file."""

    named = Signal(str)
    chosen = Signal(bool)
    key_made = Signal()
    keys_dropped = Signal()
    written = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("How shops see me"), parent)
        self._view = ShopFaceView()
        self._dialog: QFileDialog | None = None
        self._back = Button(look, _("Settings"), icon=Icon.ARROW_LEFT)
        self.address = QLineEdit()
        self.address.setMaxLength(_LONGEST)
        self.address.setPlaceholderText("https://")
        self._address_row = FormRow(look, _("Page that is named to shops"), self.address, _page_hint())
        self.name = Button(look, _("Name this page from now on"), role=ButtonRole.PRIMARY, icon=Icon.CHECK)
        self.anonymous = Button(look, _("Be anonymous"), icon=Icon.CHECK)
        self.known = Button(look, _("Be known by my page"), icon=Icon.KEY_ROUND)
        self._is_anonymous, self._is_known = Pill(), Pill()
        self._needs_page = PlainLabel(_needs_page(), kind=LabelKind.CAPTION, wrap=True)
        self._key = PlainLabel(wrap=True, selectable=True, cap=100)
        self._old = Points(look, LabelKind.MUTED)
        self.edition = Select(look, [(one.value, one.value) for one in reversed(Edition)], name=_("Edition"))
        self.edition.choose(NEWEST.value)
        self.write = Button(look, _("Save my page with its key…"), icon=Icon.DOWNLOAD)
        self.make = Button(look, "", icon=Icon.KEY_ROUND)
        self.drop = Button(look, _("Take the old keys off my page"), icon=Icon.TRASH_2)
        self._lay_out(look)
        self._back.clicked.connect(lambda: self.going.emit(PageId.SETTINGS))
        self.address.textEdited.connect(self._enable)
        self.address.returnPressed.connect(self.name.click)
        self.name.clicked.connect(lambda: self.named.emit(self.address.text().strip()))
        self.anonymous.clicked.connect(lambda: self.chosen.emit(False))  # noqa: FBT003 - a signal's argument
        self.known.clicked.connect(lambda: self.chosen.emit(True))  # noqa: FBT003 - a signal's argument
        self.write.clicked.connect(self._choose_file)
        self.make.clicked.connect(self.key_made)
        self.drop.clicked.connect(self.keys_dropped)
        self.show_face(self._view)

    def show_face(self, view: ShopFaceView) -> None:
        """Show how it is. What is being typed stays."""
        if not self.address.hasFocus() or view.address != self._view.address:
            self.address.setText(view.address)
        self._view = view
        self.show_error("")
        for pill, button, holds in (
            (self._is_anonymous, self.anonymous, not view.known),
            (self._is_known, self.known, view.known),
        ):
            pill.setText(_("So shops see you now"))
            pill.set_tone(Tone.GOOD)
            pill.setVisible(holds)
            button.setVisible(not holds)
        self._needs_page.setVisible(not view.address)
        self.known.setEnabled(bool(view.address))
        self._keys.setVisible(bool(view.address))
        signs = _("This key signs: {key}") if view.known else _("This key signs what you choose to sign: {key}")
        self._key.setText(signs.format(key=view.key) if view.key else _("There is none yet."))
        self._old.show_points(tuple(_("On my page still: {key}").format(key=one) for one in view.old))
        self._old.setVisible(bool(view.old))
        self.make.setText(_("Sign with a new key") if view.key else _("Make a key"))
        for widget in (self.write, self.edition):
            widget.setVisible(bool(view.key))
        self.drop.setVisible(bool(view.old))
        self._enable()

    def show_error(self, words: str) -> None:
        """What is wrong with the address."""
        self._address_row.show_error(words)

    def first_field(self) -> QWidget | None:
        """The address."""
        return self.address

    def _enable(self) -> None:
        self.name.setEnabled(self.address.text().strip() != self._view.address)

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, _("Save my page with its key"), "ucp.json")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.written.emit(self.edition.key, path))
        self._dialog = dialog
        dialog.open()

    def _lay_out(self, look: Look) -> None:
        self.show_title(_("How shops see me"), _what_for())
        self.buttons.addWidget(self._back)
        page = Card(look, _("The page that I name"), gap=1.5)
        page.body.addWidget(self._address_row)
        names = Flow(look)
        names.addWidget(self.name)
        page.body.addLayout(names)
        nobody = self._choice(look, _("Anonymous"), anonymous_means(), self._is_anonymous, self.anonymous)
        somebody = self._choice(look, _("Known by my page"), known_means(), self._is_known, self.known)
        somebody.body.addWidget(self._needs_page)
        self._keys = Card(look, _("The key of my page"), gap=1.5)
        for part in (self._key, self._old, PlainLabel(_key_words(), kind=LabelKind.MUTED, wrap=True)):
            self._keys.body.addWidget(part)
        acts = Flow(look)
        for button in (self.write, self.edition, self.make, self.drop):
            acts.addWidget(button)
        self._keys.body.addLayout(acts)
        self.body.addWidget(SideBySide(look, (nobody, somebody)))
        self.body.addWidget(page)
        self.body.addWidget(self._keys)
        self.body.addStretch(1)

    @staticmethod
    def _choice(look: Look, title: str, means: tuple[str, ...], pill: Pill, button: Button) -> Card:
        card = Card(look, title, gap=1.5)
        points = Points(look)
        card.body.addWidget(points)
        points.show_points(means)
        card.body.addStretch(1)
        line = Flow(look)
        line.addWidget(pill)
        line.addWidget(button)
        card.body.addLayout(line)
        return card


def _what_for() -> str:
    return _("What a shop that programs can ask learns about who asks. It can be chosen anew for each search and cart.")


def _page_hint() -> str:
    return _(
        "Shops want every request to name a page (https) that says how it is spoken. One that many people name makes "
        "you look like all of them; one of your own makes you known again everywhere. Naming another page ends being "
        "known."
    )


def _needs_page() -> str:
    return _("Name your own page first, below.")


def _key_words() -> str:
    return _(
        "Its secret stays in your vault. Put the saved page where its address leads to before you sign anything: "
        "shops refuse it until then."
    )
