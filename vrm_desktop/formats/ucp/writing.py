"""What is asked of a shop, one writer for each edition: the exact text that leaves, so that a person can see it before.

Only what is handed in is written. There is no place in here for a price cap, a name or an address of a person.
"""

import json
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Final

from vrm_desktop.canon.errors import NotStrictJson
from vrm_desktop.canon.loose_json import Number, read_loose
from vrm_desktop.canon.loose_writing import show_loose
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.shop import Can, Edition

PAGE: Final = 50
LONGEST_QUERY: Final = 500
Body = dict[str, JsonValue]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Asked:
    """What a search says: words, where to (ISO 3166-1), in which currency and language. Each may be ""."""

    words: str
    country: str = ""
    currency: str = ""
    language: str = ""

    def __post_init__(self) -> None:
        if not self.words.strip() or len(self.words) > LONGEST_QUERY:
            raise InvalidValue("a search has 1 to 500 characters")


class Writer(ABC):
    """How one edition asks."""

    edition: Edition
    names_currency: bool
    """Whether a checkout names the currency, or the shop decides on it from the context."""
    speaks_of: frozenset[Can]
    """What this edition knows at all."""

    @abstractmethod
    def _context(self, asked: Asked) -> Body:
        """Where to, and in which currency and language, as far as this edition can say it."""

    def search(self, asked: Asked, cursor: str = "") -> Body:
        """A search in the catalogue; with `cursor` its next page."""
        paging: Body = {"limit": PAGE} | ({"cursor": cursor} if cursor else {})
        return {"query": asked.words, **self._around(asked), "pagination": paging}

    def look_up(self, item: str, asked: Asked) -> Body:
        """What one thing costs now."""
        return {"ids": [item], **self._around(asked)}

    def cart(self, item: str, quantity: int, asked: Asked) -> Body:
        """A cart with one thing in it."""
        return {"line_items": _lines(item, quantity), **self._around(asked)}

    def checkout(self, item: str, quantity: int, asked: Asked) -> Body:
        """A checkout of one thing, at shops that have no carts."""
        return self.cart(item, quantity, asked)

    def checkout_of(self, cart: str, item: str, quantity: int, asked: Asked) -> Body:
        """A checkout of what is in a cart. The shop goes by the cart; the lines say the same again."""
        return {"cart_id": cart, **self.checkout(item, quantity, asked)}

    def tool_meta(self, profile: str) -> Body:
        """What goes along with a tool's arguments: where the page about whoever asks is."""
        return {"meta": {"ucp-agent": {"profile": profile}}}

    def cancel(self, key: str, profile: str, once: str) -> Body:
        """A tool's arguments that take a cart or checkout back; `once` lets that take effect once.

        A plain call says nothing: what it is about stands in its address.
        """
        return {"meta": {"ucp-agent": {"profile": profile}, "idempotency-key": once}, "id": key}

    def _around(self, asked: Asked) -> Body:
        context = self._context(asked)
        return {"context": context} if context else {}


class _First(Writer):
    """2026-01-11: no catalogue, no carts and no context; a checkout names its currency and how it will be paid."""

    edition = Edition.FIRST
    names_currency = True
    speaks_of = frozenset({Can.CHECKOUT, Can.ORDER})

    def _context(self, asked: Asked) -> Body:  # noqa: ARG002 - this edition has no place for it
        return {}

    def checkout(self, item: str, quantity: int, asked: Asked) -> Body:
        """Named are the currency and an empty payment: it is paid in the shop's own pages."""
        return {"line_items": _lines(item, quantity), "currency": asked.currency, "payment": {}}

    def tool_meta(self, profile: str) -> Body:
        """The first edition's own place for the same."""
        return {"_meta": {"ucp": {"profile": profile}}}

    def cancel(self, key: str, profile: str, once: str) -> Body:
        """The first edition has another place for both."""
        return {**self.tool_meta(profile), "id": key, "idempotency_key": once}


class _Second(Writer):
    """2026-01-23: the shop decides on the currency by where it is to go; still no catalogue and no carts."""

    edition = Edition.SECOND
    names_currency = False
    speaks_of = frozenset({Can.CHECKOUT, Can.ORDER})

    def _context(self, asked: Asked) -> Body:
        return {"address_country": asked.country} if asked.country else {}


class _Third(_Second):
    """2026-04-08: catalogue and carts; the context may wish for a currency and a language."""

    edition = Edition.THIRD
    speaks_of = frozenset(Can)

    def _context(self, asked: Asked) -> Body:
        wished = {"address_country": asked.country, "currency": asked.currency, "language": asked.language}
        return {name: value for name, value in wished.items() if value}


class _Fourth(_Third):
    """2026-08-25: the same members; quantities are steps of what the shop sells by, and it says which."""

    edition = Edition.FOURTH


_WRITERS: Final[dict[Edition, Writer]] = {one.edition: one for one in (_First(), _Second(), _Third(), _Fourth())}


def writer(edition: Edition) -> Writer:
    """The writer of this edition."""
    return _WRITERS[edition]


def text_of(body: Body) -> str:
    """The JSON that leaves, as a person can read it."""
    return json.dumps(body, ensure_ascii=False, indent=1)


def next_page(text: str, cursor: str) -> str:
    """The same search, asked for its next page. `text` is one that was written here, for a tool or a plain call.

    Raises:
        NotStrictJson: it is none.
    """
    body = read_loose(text)
    if not isinstance(body, dict):
        raise NotStrictJson("no search")
    inner = body.get("catalog")
    search = inner if isinstance(inner, dict) else body
    search["pagination"] = {"limit": Number(str(PAGE)), "cursor": cursor}
    return show_loose(body)


def _lines(item: str, quantity: int) -> list[JsonValue]:
    return [{"item": {"id": item}, "quantity": quantity}]
