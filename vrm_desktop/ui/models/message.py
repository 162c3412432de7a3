"""A message for the bar on top of the window."""

from dataclasses import dataclass

from vrm_desktop.ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Message:
    """One sentence; `action` is the text of its one button (such as "Undo") and `key` says what the button acts on.

    It leaves by itself after `seconds`, or stays until it is dismissed when `seconds` is None.
    """

    text: str
    tone: Tone = Tone.NEUTRAL
    action: str = ""
    key: str = ""
    seconds: float | None = 8.0

    def __post_init__(self) -> None:
        if not self.text:
            raise ValueError("a message says something")
        if bool(self.action) != bool(self.key):
            raise ValueError("an action needs a key, and a key an action")
        if self.seconds is not None and self.seconds <= 0:
            raise ValueError("a message stays for a while")
