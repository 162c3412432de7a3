"""Tables for spreadsheets: enquiries, offers, orders as CSV. Never a personal value: copies outlive every promise."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from typing import TextIO

from sqlalchemy import select

from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.money import Money
from vrm_desktop.vendor import tables
from vrm_desktop.vendor.books import Books

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
Row = tuple[str, ...]


class Sheet(StrEnum):
    """What can be exported."""

    CONVERSATIONS = "conversations"
    OFFERS = "offers"
    ORDERS = "orders"


def write_sheet(books: Books, sheet: Sheet, out: TextIO) -> None:
    """Write one table, oldest first. A cell that a spreadsheet would compute is kept a text."""
    writer = csv.writer(out)
    for row in _rows(books, sheet):
        writer.writerow([_cell(each) for each in row])


def _rows(books: Books, sheet: Sheet) -> Iterator[Row]:
    match sheet:
        case Sheet.CONVERSATIONS:
            yield ("conversation", "opened", "category", "area", "wish", "answers_by", "asked", "stage", "outcome")
            yield from _conversations(books)
        case Sheet.OFFERS:
            yield ("conversation", "made", "title", "quantity", "total", "currency", "valid_until", "binding")
            yield from _documents(books, Side.VENDOR, Kind.OFFER)
        case Sheet.ORDERS:
            yield ("conversation", "ordered", "title", "quantity", "total", "currency", "by", "binding")
            yield from _documents(books, Side.PERSON, Kind.ACCEPT)


def _conversations(books: Books) -> Iterator[Row]:
    listed = tables.enquiries
    for row in books.rows(select(listed).order_by(listed.c.opened, listed.c.conversation)):
        yield (
            *(row.conversation, _moment(row.opened), row.category, row.area, row.wish, row.answers_by, row.asked),
            *(row.stage, row.outcome),
        )


def _documents(books: Books, side: Side, kind: Kind) -> Iterator[Row]:
    kept = tables.messages.c
    chosen = (
        select(kept.conversation, kept.stored, kept.jws)
        .where(kept.side == side.value, kept.kind == kind.value)
        .order_by(kept.stored, kept.conversation, kept.number)
    )
    for row in books.rows(chosen):
        members = _object(base64url.decode(row.jws.split(".")[1]))
        if kind is Kind.ACCEPT:
            order = members["order"]
            members = _object(base64url.decode(str(order["payload"]))) if isinstance(order, dict) else {}
        yield (row.conversation, _moment(row.stored), *_told(members, "by" if kind is Kind.ACCEPT else "valid_until"))


def _told(members: dict[str, strict_json.JsonValue], day: str) -> Row:
    lines, price = members.get("lines"), members.get("price")
    goods = [line for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []
    title = "; ".join(str(line.get("title", "")) for line in goods)
    pieces = sum(_whole(line.get("quantity", 1)) for line in goods)
    total, currency = "", ""
    if isinstance(price, dict):
        currency = str(price["currency"])
        total = Money(minor=_whole(price["total"]), currency=currency).decimal()
    return (title, str(pieces), total, currency, str(members.get(day) or ""), "yes" if members.get("binding") else "no")


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _object(data: bytes) -> dict[str, strict_json.JsonValue]:
    value = strict_json.decode(data)
    return value if isinstance(value, dict) else {}


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _cell(value: str) -> str:
    return "'" + value if value.startswith(_FORMULA) else value
