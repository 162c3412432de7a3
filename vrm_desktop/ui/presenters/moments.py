"""Days and times as the window says them, in the computer's own zone."""

from datetime import UTC, datetime

from vrm_desktop.wording import values


def day_of(moment: datetime) -> str:
    """`Sun, 22 Nov 2026`."""
    return values.day(moment.astimezone().date())


def time_of(moment: datetime) -> str:
    """`14:05`."""
    return moment.astimezone().strftime("%H:%M")


def moment_of(moment: datetime) -> str:
    """`22 Nov 2026, 14:05`."""
    return values.instant(moment, zone=moment.astimezone().tzinfo or UTC)


def grouped(code: str) -> str:
    """A key or a hash in groups of four, so that people can compare it."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))
