"""One picture: a name, and what makes the widget in that state."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.main_window import MainWindow
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.theme.look import Look

Factory = Callable[[Look], QWidget]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A name that can be a file's, and what makes the widget in that state."""

    name: str
    make: Factory


def in_window(look: Look, page_id: PageId, page: Page, *messages: Message) -> MainWindow:
    """The whole window with `page` open in its place."""
    window = MainWindow(look, {page_id: lambda: page})
    window.show_page(page_id)
    for message in messages:
        window.say(message)
    return window
