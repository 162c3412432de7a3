"""The same once more in formats that other programs read: vCard, CSV, iCalendar. Never read back by an import.

Made from rows, one at a time. Never here: anything that stands in no table.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.formats.archive.rows import Value

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = ("number", "vendor", "what", "value", "for", "until", "state", "when", "message")
_CARD = {
    "nickname": "NICKNAME",
    "organization": "ORG",
    "email": "EMAIL",
    "phone": "TEL",
    "birthday": "BDAY",
    "language": "LANG",
    "note": "NOTE",
    "link": "URL",
}
_ADDRESS = ("street", "locality", "region", "postcode", "country")


class _Rows(Protocol):
    def tables(self) -> tuple[str, ...]: ...
    def rows(self, table: str) -> Iterator[Mapping[str, Value]]: ...


def twins(source: _Rows) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The copies that the tables at hand allow: file name, and its bytes in pieces."""
    tables = set(source.tables())
    if "profile_fields" in tables:
        yield "profile.vcf", _vcard([_body(row) for row in source.rows("profile_fields")])
    if {"ledger", "vendors"} <= tables:
        names = {str(row["id"]): str(_body(row).get("name", "")) for row in source.rows("vendors")}
        yield "who-knows-what.csv", _ledger(source.rows("ledger"), names)
    if "agenda" in tables:
        yield "agenda.ics", _agenda(source.rows("agenda"))


def _vcard(fields: list[Mapping[str, object]]) -> Iterator[bytes]:
    by_path = {str(field.get("path")): str(field.get("value")) for field in reversed(fields)}
    given, surname = by_path.get("name.given", ""), by_path.get("name.surname", "")
    name = by_path.get("name") or " ".join(part for part in (given, surname) if part)
    yield _folded("BEGIN:VCARD") + _folded("VERSION:4.0") + _folded(f"FN:{_escaped(name)}")
    if given or surname:
        yield _folded(f"N:{_escaped(surname)};{_escaped(given)};;;")
    for field in fields:
        property_name = _CARD.get(str(field.get("path")))
        if property_name is not None:
            value = str(field.get("value"))
            if property_name == "BDAY":
                value = value.replace("-", "")
            yield _folded(f"{property_name}:{_escaped(value)}")
    if any(f"address.{part}" in by_path for part in _ADDRESS):
        parts = ";".join(_escaped(by_path.get(f"address.{part}", "")) for part in _ADDRESS)
        yield _folded(f"ADR:;;{parts}")
    yield _folded("END:VCARD")


def _ledger(rows: Iterator[Mapping[str, Value]], vendors: Mapping[str, str]) -> Iterator[bytes]:
    yield _csv(_COLUMNS)
    for row in rows:
        body = _body(row)
        yield _csv(
            (
                str(row["seq"]),
                _tame(vendors.get(str(row["vendor"]), str(row["vendor"]))),
                _tame(str(row["name"])),
                "" if row["value"] is None else _tame(str(row["value"])),
                str(body.get("purpose", "")),
                str(row["until"]),
                str(row["state"]),
                str(body.get("at", "")),
                _tame(str(row["message"])),
            )
        )


def _agenda(rows: Iterator[Mapping[str, Value]]) -> Iterator[bytes]:
    yield _folded("BEGIN:VCALENDAR") + _folded("VERSION:2.0") + _folded("PRODID:-//VRM Desktop//archive 1//EN")
    for row in rows:
        kind, key, due = str(row["kind"]), str(row["key"]), str(row["due"]).replace("-", "")
        yield _folded("BEGIN:VTODO") + _folded(f"UID:{_escaped(kind)}-{_escaped(key)}@vrm-desktop")
        yield _folded(f"DTSTAMP:{due}T000000Z") + _folded(f"DUE;VALUE=DATE:{due}")
        yield _folded(f"SUMMARY:{_escaped(kind.replace('-', ' '))}")
        yield _folded("STATUS:COMPLETED" if _body(row).get("done") is True else "STATUS:NEEDS-ACTION")
        yield _folded("END:VTODO")
    yield _folded("END:VCALENDAR")


def _body(row: Mapping[str, Value]) -> Mapping[str, object]:
    body = row.get("body")
    try:
        value = strict_json.decode(body.encode()) if isinstance(body, str) else None
    except CanonError:
        return {}
    return value if isinstance(value, dict) else {}


def _csv(cells: Iterable[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()


def _tame(text: str) -> str:
    """Text that no spreadsheet takes for a formula: what a vendor wrote may end here."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _escaped(text: str) -> str:
    for sign, meant in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(sign, meant)
    return text


def _folded(line: str) -> bytes:
    """The line in pieces of at most 75 bytes, never cut inside a character."""
    pieces, piece = [], b""
    for sign in line:
        encoded = sign.encode()
        if len(piece) + len(encoded) > 74:
            pieces.append(piece)
            piece = b""
        piece += encoded
    return b"\r\n ".join((*pieces, piece)) + b"\r\n"
