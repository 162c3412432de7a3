"""A catalogue with the names of Google's merchant feed, in CSV or XML. Strict: every complaint names its line."""

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.intentcast import Condition
from vrm_desktop.domain.money import Money
from vrm_desktop.vendor.amounts import read_money
from vrm_desktop.vendor.article import Article, Catalogue
from vrm_desktop.vendor.errors import BadCatalogue
from vrm_desktop.vendor.feed_file import read_items
from vrm_desktop.vendor.product_type import read_product_type

COLUMNS = (
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
    "shipping",
    "quantity",
    "cost_of_goods_sold",
)
_NEEDED = ("id", "title", "price", "availability", "product_type")
_AVAILABLE = {"in_stock": True, "preorder": True, "backorder": True, "out_of_stock": False}
_LENGTHS = {"id": 50, "title": 150, "description": 5000, "link": 2000, "brand": 70}
_COUNT = re.compile(r"[0-9]{1,7}")
_GTIN = re.compile(r"[0-9]{8}|[0-9]{12,14}")
_LARGEST_FILE = 64 * 1024 * 1024
_MOST_ARTICLES = 200_000


def read_catalogue(data: bytes, *, name: str, product_types: Mapping[str, str]) -> Catalogue:
    """The catalogue in a file's bytes: CSV, or a merchant feed in XML (RSS 2.0 or Atom), told by its first sign.

    CSV is UTF-8, a byte order mark is allowed, empty lines are skipped.

    Raises:
        BadCatalogue: with the line (of XML: the number of the item) and what is wrong with it.
    """
    if len(data) > _LARGEST_FILE:
        raise BadCatalogue(1, "the file is larger than 64 MiB")
    if data.removeprefix(BOM_UTF8).lstrip()[:1] == b"<":
        return gathered(read_items(data), name=name, product_types=product_types)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadCatalogue(data[: error.start].count(b"\n") + 1, "not UTF-8") from error
    return gathered(_lines(text), name=name, product_types=product_types)


def gathered(
    rows: Iterable[tuple[int, Mapping[str, str]]], *, name: str, product_types: Mapping[str, str]
) -> Catalogue:
    """The catalogue of all rows, each with the number by which a complaint names it."""
    articles: dict[str, Article] = {}
    last = 1
    for last, row in rows:
        article = _article(dict.fromkeys(COLUMNS, "") | dict(row), last, product_types)
        if article.id in articles:
            raise BadCatalogue(last, f"id {article.id!r} stands twice")
        articles[article.id] = article
        if article.price.currency != next(iter(articles.values())).price.currency:
            raise BadCatalogue(last, "all prices are in one currency")
        if len(articles) > _MOST_ARTICLES:
            raise BadCatalogue(last, f"more than {_MOST_ARTICLES} articles")
    if not articles:
        raise BadCatalogue(last, "no article")
    return Catalogue(name=name, articles=tuple(articles.values()))


def _lines(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = _header(next(reader, []))
        for cells in reader:
            if not any(cells):
                continue
            if len(cells) != len(header):
                raise BadCatalogue(reader.line_num, f"{len(cells)} cells under {len(header)} columns")
            yield reader.line_num, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    except csv.Error as error:
        raise BadCatalogue(reader.line_num, str(error)) from error


def _header(cells: list[str]) -> list[str]:
    missing = [name for name in _NEEDED if name not in cells]
    unknown = [name for name in cells if name not in COLUMNS]
    if missing:
        raise BadCatalogue(1, f"no column {missing[0]!r}; the columns are {','.join(COLUMNS)}")
    if unknown or len(set(cells)) != len(cells):
        raise BadCatalogue(1, f"column {(unknown or cells)[0]!r} is unknown or stands twice")
    return cells


def _article(row: dict[str, str], line: int, product_types: Mapping[str, str]) -> Article:
    for column, most in _LENGTHS.items():
        if len(row[column]) > most:
            raise BadCatalogue(line, f"{column} is longer than {most} characters")
    for column in ("id", "title"):
        if not row[column] or not row[column].isprintable():
            raise BadCatalogue(line, f"{column} is empty or has control characters")
    if row["availability"].replace(" ", "_") not in _AVAILABLE:
        raise BadCatalogue(line, f"availability is one of {', '.join(_AVAILABLE)}")
    if row["gtin"] and not _GTIN.fullmatch(row["gtin"]):
        raise BadCatalogue(line, "gtin has 8, 12, 13 or 14 digits")
    if row["link"] and not row["link"].startswith(("https://", "http://")):
        raise BadCatalogue(line, "link is a web address")
    try:
        meant = read_product_type(row["product_type"], title=row["title"], names=product_types)
        price = read_money(row["price"])
        return Article(
            id=row["id"],
            title=row["title"],
            category=meant.category,
            price=price,
            description=row["description"],
            link=row["link"],
            in_stock=_AVAILABLE[row["availability"].replace(" ", "_")],
            condition=_condition(row["condition"]),
            brand=row["brand"],
            gtin=row["gtin"],
            attributes=meant.attributes,
            shipping=_shipping(row["shipping"], price.currency),
            quantity=_quantity(row["quantity"]),
            cost=_cost(row["cost_of_goods_sold"], price.currency),
        )
    except InvalidValue as error:
        raise BadCatalogue(line, str(error)) from error


def _condition(text: str) -> Condition:
    if not text:
        return Condition.ANY
    try:
        return Condition(text)
    except ValueError:
        raise InvalidValue("condition is one of new, used, refurbished") from None


def _shipping(text: str, currency: str) -> Money | None:
    """The price in `country:region:service:price`, of which only the price is needed; a plain price will do."""
    if not text:
        return None
    cost = read_money(text.rpartition(":")[2])
    if cost.currency != currency:
        raise InvalidValue(f"shipping is in the currency of the price, {currency}")
    return cost


def _quantity(text: str) -> int | None:
    if not text:
        return None
    if not _COUNT.fullmatch(text):
        raise InvalidValue("quantity is a whole number")
    return int(text)


def _cost(text: str, currency: str) -> Money | None:
    if not text:
        return None
    cost = read_money(text)
    if cost.currency != currency:
        raise InvalidValue(f"cost_of_goods_sold is in the currency of the price, {currency}")
    return cost
