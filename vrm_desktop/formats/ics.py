"""Dates as a calendar file (RFC 5545): whole days, UTF-8, short lines. Never which dates, or their words.

Our own forty lines instead of a library: this program writes all-day events and reads none.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from vrm_desktop.domain.errors import InvalidValue

MEDIA_TYPE = "text/calendar"
_LONGEST = 75  # octets in a line, without its end
_PRODUCT = "-//VRM Desktop//Agenda//EN"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CalendarDay:
    """One whole day in a calendar. `uid` stays the same in every file that names the same day."""

    uid: str
    day: date
    title: str
    words: str = ""

    def __post_init__(self) -> None:
        if not self.uid.strip() or not self.title.strip():
            raise InvalidValue("a day in a calendar has a name of its own and a title")


def calendar_file(days: Iterable[CalendarDay], *, made: datetime) -> bytes:
    """The file. Busy times stay free: none of the days blocks anything."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN"]
    stamp = made.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for one in days:
        lines += ["BEGIN:VEVENT", f"UID:{_text(one.uid)}", f"DTSTAMP:{stamp}"]
        lines.append(f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}")
        if one.day < date.max:
            lines.append(f"DTEND;VALUE=DATE:{one.day + _DAY:%Y%m%d}")
        lines.append(f"SUMMARY:{_text(one.title)}")
        if one.words:
            lines.append(f"DESCRIPTION:{_text(one.words)}")
        lines += ["TRANSP:TRANSPARENT", "CLASS:PRIVATE", "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return b"".join(part + b"\r\n" for line in lines for part in _folded(line))


def _text(value: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11); control characters are left out."""
    plain = value.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(one for one in plain if one == "\n" or unicodedata.category(one) not in {"Cc", "Cs"})
    return kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[bytes]:
    """The line in pieces of at most 75 octets; no character is cut, and what follows begins with a space."""
    piece = b""
    for one in line:
        octets = one.encode()
        if len(piece) + len(octets) > _LONGEST:
            yield piece
            piece = b" "
        piece += octets
    yield piece
