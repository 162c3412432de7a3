"""Where the pages of asking lead outside of asking: signals only, connected by whoever knows the other pages."""

from PySide6.QtCore import QObject, Signal


class AskingDoors(QObject):
    """`copied` carries a text for the clipboard, `letter_opened` a letter's id, `writing_wanted` a vendor's id.

    `file_wanted`: the person wishes to open a file.
    """

    copied = Signal(str)
    letter_opened = Signal(str)
    writing_wanted = Signal(str)
    file_wanted = Signal()
