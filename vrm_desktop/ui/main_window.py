"""The window: sidebar, message bar, one page at a time. A shell: it knows no service and nothing a page shows."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from vrm_desktop.ui.file_drop import FileDrop
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.pages.gate_frame import GateFrame
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.pages.sections import feet, sections
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.message_bar import MessageBar
from vrm_desktop.ui.widgets.sidebar import Sidebar

PageFactory = Callable[[], Page]

_COMPACT_BELOW = 130  # steps of the grid: 1040 px at a text scale of 100 %
_MOST_BACK = 50


class MainWindow(QMainWindow):
    """Pages are made when first shown. `page_shown` carries the PageId, `message_acted` the key of a message.

    `files_handed` carries a tuple of paths: files that were dropped on the window or chosen, never while it is locked.
    """

    lock_requested = Signal()
    new_want_requested = Signal()
    palette_requested = Signal()
    page_shown = Signal(object)
    message_acted = Signal(str)
    files_handed = Signal(object)
    closing = Signal()

    def __init__(self, look: Look, factories: Mapping[PageId, PageFactory]) -> None:
        super().__init__()
        self._look = look
        self._factories = dict(factories)
        self._pages: dict[PageId, Page] = {}
        self._been: list[PageId] = []
        self._now: PageId | None = None
        self.setWindowTitle("VRM Desktop")
        self.sidebar = Sidebar(look, "VRM Desktop", sections(), feet())
        self.sidebar.chosen.connect(lambda key: self.show_page(PageId(key)))
        self.sidebar.lock_requested.connect(self.lock_requested)
        self.messages = MessageBar(look)
        self.messages.acted.connect(self.message_acted)
        self._stack = QStackedWidget()
        right = column(look)
        bar = column(look, margins=(3, 1, 3, 0))
        bar.addWidget(self.messages)
        right.addLayout(bar)
        right.addWidget(self._stack, 1)
        shell = QWidget()
        shell.setProperty("kind", "canvas")
        across = row(look, shell)
        across.addWidget(self.sidebar)
        across.addLayout(right, 1)
        self._surfaces = QStackedWidget()
        self._surfaces.addWidget(shell)
        self.setCentralWidget(self._surfaces)
        self._gate: QWidget | None = None
        self._files = FileDrop(self, lambda: self._gate is None)
        self._files.handed.connect(self.files_handed)
        self._shortcuts = [self._shortcut(keys, act) for keys, act in self._keys()]
        self.setMinimumSize(QSize(640, 480))
        self.resize(1280, 800)
        look.changed.connect(self._fit)

    @property
    def page_id(self) -> PageId | None:
        """What is shown now, or None before the first page."""
        return self._now

    def page(self, page_id: PageId) -> Page:
        """The page, made now if it was not yet.

        Raises:
            KeyError: this window has no such page.
        """
        if page_id not in self._pages:
            made = self._factories[page_id]()
            made.noticed.connect(self.say)
            made.going.connect(self.show_page)
            self._stack.addWidget(made)
            self._pages[page_id] = made
        return self._pages[page_id]

    def show_page(self, page_id: PageId) -> None:
        """Show a page and remember the one before for "back"."""
        if self._now is not None and self._now is not page_id:
            self._been = [*self._been[1 - _MOST_BACK :], self._now]
        self._open(page_id)

    def back(self) -> None:
        """Show the page before, if there is one."""
        if self._been:
            self._open(self._been.pop())

    def choose_file(self) -> None:
        """Let the person choose a file, as if it had been dropped."""
        self._files.choose()

    def say(self, message: Message) -> None:
        """Show a message on top of the page."""
        self.messages.say(message)

    def show_gate(self, gate: QWidget) -> None:
        """Show only `gate` (the lock screen) and none of the pages; the window takes it over."""
        self.open_gate()
        self._gate = gate
        self._surfaces.addWidget(gate)
        self._surfaces.setCurrentWidget(gate)
        self._enable_shortcuts(enabled=False)
        (gate.first_field() if isinstance(gate, GateFrame) else gate).setFocus()

    def open_gate(self) -> None:
        """Take the lock screen away and show the shell."""
        if self._gate is not None:
            self._surfaces.removeWidget(self._gate)
            self._gate.deleteLater()
            self._gate = None
            self._enable_shortcuts(enabled=True)

    def forget_pages(self) -> None:
        """Destroy every page: nothing that was shown stays in the window."""
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self._been.clear()
        self._now = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the sidebar narrow when the window is."""
        super().resizeEvent(event)
        self._fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell before the window goes."""
        self.closing.emit()
        super().closeEvent(event)

    def _open(self, page_id: PageId) -> None:
        page = self.page(page_id)
        self._now = page_id
        self.sidebar.mark(page_id.section.value)
        self._stack.setCurrentWidget(page)
        field = page.first_field()
        if field is not None:
            field.setFocus()
        self.setWindowTitle(f"{page.place} – VRM Desktop")  # other programs read it: never a vendor's name or a want
        self.page_shown.emit(page_id)

    def _fit(self) -> None:
        self.sidebar.set_compact(compact=self.width() < self._look.steps(_COMPACT_BELOW))

    def _keys(self) -> list[tuple[str, Callable[[], None]]]:
        pages = [(section.keys, PageId(section.key)) for section in (*sections(), *feet())]
        return [
            *((keys, lambda to=page_id: self.show_page(to)) for keys, page_id in pages),
            ("Ctrl+O", self.choose_file),
            ("Ctrl+N", self.new_want_requested.emit),
            ("Ctrl+K", self.palette_requested.emit),
            ("Ctrl+L", self.lock_requested.emit),
            ("Alt+Left", self.back),
        ]

    def _shortcut(self, keys: str, act: Callable[[], None]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(act)
        return shortcut

    def _enable_shortcuts(self, *, enabled: bool) -> None:
        for shortcut in self._shortcuts:
            shortcut.setEnabled(enabled)
