"""A merchant feed in XML (RSS 2.0 or Atom with Google's `g:` names) as plain rows. Their meaning is read elsewhere.

Declarations of entities and outside parts are refused before anything is expanded.
"""

from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat

from vrm_desktop.vendor.errors import BadCatalogue

_GOOGLE = "http://base.google.com/ns/1.0"
_ITEMS = {"item", "http://www.w3.org/2005/Atom|entry"}
_PLAIN = {"title", "description", "link"}
_TAKEN = {
    "id",
    "title",
    "description",
    "link",
    "price",
    "availability",
    "condition",
    "brand",
    "gtin",
    "product_type",
    "quantity",
    "cost_of_goods_sold",
}
_MOST_TEXT = 20_000
_DEEPEST = 32


def read_items(data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Number (from 1) and members of each item. Of several `g:shipping`, the first counts; unknown members do not.

    Raises:
        BadCatalogue: not XML, too deep, or it declares entities.
    """
    reader = _Reader()
    try:
        reader.parser.ParseFile(BytesIO(data))
    except expat.ExpatError as error:
        raise BadCatalogue(len(reader.items) + 1, f"not XML: {expat.ErrorString(error.code)}") from error
    yield from enumerate(reader.items, start=1)


class _Reader:
    def __init__(self) -> None:
        self.items: list[dict[str, str]] = []
        self._item: dict[str, str] | None = None
        self._path: list[str] = []
        self._text: list[str] = []
        self._size = 0
        self.parser = expat.ParserCreate(namespace_separator="|")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        self._text, self._size = [], 0
        if len(self._path) > _DEEPEST:
            raise BadCatalogue(len(self.items) + 1, "elements stand too deep")
        if self._item is None and name in _ITEMS:
            self._item = {}
        elif self._item is not None and self._member(name) == "link" and attributes.get("href"):
            self._item.setdefault("link", attributes["href"].strip())

    def _end(self, name: str) -> None:
        self._path.pop()
        text = "".join(self._text).strip()
        self._text, self._size = [], 0
        if self._item is None:
            return
        if name in _ITEMS:
            self.items.append(self._item)
            self._item = None
            return
        member = self._member(name)
        if self._path and self._path[-1] == f"{_GOOGLE}|shipping":
            if member == "price" and text:
                self._item.setdefault("shipping", text)
        elif member in _TAKEN and text:
            if name.startswith(_GOOGLE):
                self._item[member] = text
            else:
                self._item.setdefault(member, text)

    def _characters(self, text: str) -> None:
        self._size += len(text)
        if self._size > _MOST_TEXT:
            raise BadCatalogue(len(self.items) + 1, f"a text is longer than {_MOST_TEXT} characters")
        self._text.append(text)

    def _refuse(self, *_: object) -> None:
        raise BadCatalogue(len(self.items) + 1, "a feed declares no document type")

    @staticmethod
    def _member(name: str) -> str:
        space, _, member = name.rpartition("|")
        return member if space == _GOOGLE or member in _PLAIN else ""
