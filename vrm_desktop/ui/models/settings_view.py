"""What the settings show: the look, how long things wait, when to lock. Never a widget."""

from dataclasses import dataclass

from vrm_desktop.ui.theme.tokens import ThemeChoice


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SettingsView:
    """The settings in force: `text_percent` 100 to 160, `outbox_pause` seconds, `lock_after` minutes (0 never)."""

    theme: ThemeChoice
    text_percent: int
    outbox_pause: int
    lock_after: int
    place: str
    lock_away: bool = True
    proxy: str = ""
