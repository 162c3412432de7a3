"""Settings: how the window looks, how long things wait before they leave, when it locks, and where the vault is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.services.keep_settings import read_proxy
from vrm_desktop.ui.models.settings_view import SettingsView
from vrm_desktop.ui.pages.archive_card import ArchiveCard
from vrm_desktop.ui.pages.archive_wipe_card import WipeCard
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import ThemeChoice, Tone
from vrm_desktop.ui.widgets.buttons import Button
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.wording.catalogue import _, ngettext

_TEXT_PERCENTS = (100, 115, 130, 145, 160)
_PAUSES = (0, 5, 8, 15, 30)
_MINUTES = (0, 1, 5, 15, 30, 60)


class SettingsPage(Page):
    """`changed` carries a whole `SettingsView`; `copy_requested` a text."""

    changed = Signal(object)
    check_requested = Signal()
    copy_requested = Signal(str)
    lock_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Settings"), parent)
        self._view: SettingsView | None = None
        self.theme = Select(look, _themes())
        self.text = Select(look, [(str(one), _("{percent} %").format(percent=one)) for one in _TEXT_PERCENTS])
        self.pause = Select(look, [(str(one), _seconds(one)) for one in _PAUSES])
        self.idle = Select(look, [(str(one), _minutes(one)) for one in _MINUTES])
        self.away = CheckBox(look, _("Lock when the computer sleeps or its screen is locked"))
        self.proxy = QLineEdit()
        self.proxy.setPlaceholderText("socks5://127.0.0.1:9050")
        self.proxy.setMaxLength(300)
        self._proxy_row = FormRow(look, _("Proxy"), self.proxy, _proxy_hint())
        self._where = PlainLabel(wrap=True, selectable=True)
        self._copy = Button(look, _("Copy the place"), icon=Icon.COPY)
        self.safety = Button(look, _("Passphrase, recovery code, backups…"), icon=Icon.KEY_ROUND)
        self.mail = Button(look, _("My mail account…"), icon=Icon.MAIL)
        self.limits = Button(look, _("My limits…"), icon=Icon.SCALE)
        self.shops = Button(look, _("How shops see me…"), icon=Icon.STORE)
        self.check = Button(look, _("Check my vault"), icon=Icon.SHIELD_CHECK)
        self._report = Notice(look)
        self._lock = Button(look, _("Lock now"), icon=Icon.LOCK)
        self.archive, self.wipe = ArchiveCard(look), WipeCard(look)
        self._lay_out()
        for choice in (self.theme, self.text, self.pause, self.idle):
            choice.chosen.connect(self._tell)
        self.away.clicked.connect(self._tell)
        self.proxy.editingFinished.connect(self._tell)
        self._copy.clicked.connect(self._copy_place)
        self._lock.clicked.connect(self.lock_requested)
        self.check.clicked.connect(self.check_requested)
        self.mail.clicked.connect(lambda: self.going.emit(PageId.MAIL_ACCOUNT))
        self.limits.clicked.connect(lambda: self.going.emit(PageId.LIMITS))
        self.shops.clicked.connect(lambda: self.going.emit(PageId.SHOP_FACE))
        self.safety.clicked.connect(lambda: self.going.emit(PageId.SAFETY))

    def show_settings(self, view: SettingsView) -> None:
        """Show what is in force."""
        self._view = view
        self.theme.choose(view.theme.value)
        self.text.choose(str(_nearest(view.text_percent, _TEXT_PERCENTS)))
        self.pause.choose(str(_nearest(view.outbox_pause, _PAUSES)))
        self.idle.choose(str(_nearest(view.lock_after, _MINUTES)))
        self.away.setChecked(view.lock_away)
        self._where.setText(view.place)
        if not self.proxy.hasFocus():
            self.proxy.setText(view.proxy)

    def show_report(self, title: str, words: str, tone: Tone) -> None:
        """Say what the check of the vault came to."""
        self.check.setEnabled(True)
        self._report.say(title, words, tone)

    def show_checking(self) -> None:
        """The vault is being checked."""
        self.check.setEnabled(False)
        self._report.say(_("Checking every page and every link…"), _("You can go on meanwhile."))

    def first_field(self) -> QWidget | None:
        """The theme."""
        return self.theme

    def _tell(self) -> None:
        typed = self.proxy.text().strip()
        sound = True
        try:
            if typed:
                read_proxy(typed)
        except InvalidValue:
            sound = False
        self._proxy_row.show_error("" if sound else _("A proxy looks like socks5://127.0.0.1:9050."))
        if self._view is not None:
            self._view = SettingsView(
                theme=ThemeChoice(self.theme.key),
                text_percent=int(self.text.key),
                outbox_pause=int(self.pause.key),
                lock_after=int(self.idle.key),
                lock_away=self.away.isChecked(),
                place=self._view.place,
                proxy=typed if sound else self._view.proxy,
            )
            self.changed.emit(self._view)

    def _copy_place(self) -> None:
        if self._view is not None:
            self.copy_requested.emit(self._view.place)

    def _lay_out(self) -> None:
        look = self.look
        looks = Card(look, _("How it looks"), gap=2)
        looks.body.addWidget(FormRow(look, _("Theme"), self.theme))
        looks.body.addWidget(FormRow(look, _("Text size"), self.text))
        looks.body.addStretch(1)
        safety = Card(look, _("Leaving and locking"), gap=2)
        safety.body.addWidget(FormRow(look, _("Wait before something leaves"), self.pause, _pause_hint()))
        safety.body.addWidget(FormRow(look, _("Lock when I am away"), self.idle, _idle_hint()))
        safety.body.addWidget(self.away)
        safety.body.addWidget(self._proxy_row)
        safety.body.addWidget(self._lock)
        safety.body.addStretch(1)
        vault = Card(look, _("Your vault"), gap=1.5)
        place = row(look, gap=1.5)
        place.addWidget(self._where, 1)
        place.addWidget(self._copy)
        vault.body.addLayout(place)
        vault.body.addWidget(PlainLabel(_vault_words(), kind=LabelKind.MUTED, wrap=True))
        acts = Flow(look)
        for button in (self.safety, self.check):
            acts.addWidget(button)
        vault.body.addLayout(acts)
        vault.body.addWidget(self._report)
        more = Card(look, _("More to set"), gap=1.5)
        others = Flow(look)
        for button in (self.mail, self.limits, self.shops):
            others.addWidget(button)
        more.body.addLayout(others)
        self.body.addWidget(SideBySide(look, (looks, safety)))
        self.body.addWidget(more)
        self.body.addWidget(vault)
        self.body.addWidget(SideBySide(look, (self.archive, self.wipe)))
        self.body.addStretch(1)


def _nearest(value: int, choices: tuple[int, ...]) -> int:
    return min(choices, key=lambda one: abs(one - value))


def _themes() -> list[tuple[str, str]]:
    return [
        (ThemeChoice.SYSTEM.value, _("As the desktop")),
        (ThemeChoice.LIGHT.value, _("Light")),
        (ThemeChoice.DARK.value, _("Dark")),
        (ThemeChoice.CONTRAST_LIGHT.value, _("High contrast, light")),
        (ThemeChoice.CONTRAST_DARK.value, _("High contrast, dark")),
    ]


def _seconds(count: int) -> str:
    return ngettext("{count} second", "{count} seconds", count).format(count=count) if count else _("Not at all")


def _minutes(count: int) -> str:
    return ngettext("After {count} minute", "After {count} minutes", count).format(count=count) if count else _("Never")


def _pause_hint() -> str:
    return _("So long you can undo. What has left cannot be called back.")


def _proxy_hint() -> str:
    return _("Vendors see its network address instead of yours. It holds from the next unlocking on.")


def _idle_hint() -> str:
    return _("After this time without a key or the mouse. Ctrl+L locks at once.")


def _vault_words() -> str:
    return _(
        "Everything is in this folder, encrypted. Backups are made by themselves, and each is opened to see that it "
        "is good."
    )
