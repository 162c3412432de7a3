"""A posted form as named texts, with its limits; and the checks that single values need. Decides nothing."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import parse_qsl

from starlette.requests import Request

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.vendor.amounts import read_money
from vrm_desktop.vendor.errors import HandRefused

_LARGEST = 64 * 1024
_MOST_FIELDS = 100
_Choice = TypeVar("_Choice", bound=StrEnum)


class Form:
    """The fields of one post. Each method raises `HandRefused` and names the field when the value will not do."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = fields

    def text(self, name: str, *, most: int, needed: bool = False) -> str:
        """A text without space around it."""
        value = self.fields.get(name, "").replace("\r\n", "\n").strip()
        if len(value) > most or (needed and not value):
            raise HandRefused(f"{name}: 1 to {most} characters" if needed else f"{name}: at most {most} characters")
        return value

    def number(self, name: str, *, least: int, most: int) -> int:
        """A whole number."""
        value = self.fields.get(name, "").strip()
        if not (value.isascii() and value.isdecimal()) or len(value) > 9 or not least <= int(value) <= most:
            raise HandRefused(f"{name}: a whole number from {least} to {most}")
        return int(value)

    def day(self, name: str) -> date:
        """A day."""
        try:
            return date.fromisoformat(self.fields.get(name, "").strip())
        except ValueError:
            raise HandRefused(f"{name}: a day like 2026-11-27") from None

    def minor(self, name: str, currency: str) -> int:
        """An amount in minor units; a comma may stand for the point."""
        value = self.fields.get(name, "").strip().replace(",", ".")
        try:
            return read_money(f"{value} {currency}").minor
        except InvalidValue:
            raise HandRefused(f"{name}: an amount like 799.00") from None

    def one_of(self, name: str, choices: type[_Choice]) -> _Choice:
        """One of a closed list."""
        try:
            return choices(self.fields.get(name, ""))
        except ValueError:
            raise HandRefused(f"{name}: one of {', '.join(choices)}") from None

    def said(self, name: str) -> bool:
        """Whether anything was filled in."""
        return bool(self.fields.get(name, "").strip())

    def ticked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return name in self.fields


async def read_form(request: Request) -> Form:
    """The form in a request's body.

    Raises:
        HandRefused: it is no form, or too large.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST:
            raise HandRefused("the form is too large")
    if kind != "application/x-www-form-urlencoded":
        raise HandRefused("not a form")
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise HandRefused("the form cannot be read") from error
    return Form(dict(pairs))
