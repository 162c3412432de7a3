"""A catalogue in CSV with the column names of Google's merchant feed. Strict: every complaint names its line."""

import csv
import io
import re
from collections.abc import Mapping

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.intentcast import Condition
from vrm_desktop.domain.money import Money
from vrm_desktop.vendor.amounts import read_money
from vrm_desktop.vendor.article import Article, Catalogue
from vrm_desktop.vendor.errors import BadCatalogue
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
)
_NEEDED = ("id", "title", "price", "availability", "product_type")
_AVAILABLE = {"in_stock": True, "preorder": True, "backorder": True, "out_of_stock": False}
_LENGTHS = {"id": 50, "title": 150, "description": 5000, "link": 2000, "brand": 70}
_GTIN = re.compile(r"[0-9]{8}|[0-9]{12,14}")
_LARGEST_FILE = 64 * 1024 * 1024
_MOST_ARTICLES = 200_000


def read_catalogue(data: bytes, *, name: str, product_types: Mapping[str, str]) -> Catalogue:
    """The catalogue in a file's bytes; UTF-8, a byte order mark is allowed, empty lines are skipped.

    Raises:
        BadCatalogue: with the line and what is wrong with it.
    """
    if len(data) > _LARGEST_FILE:
        raise BadCatalogue(1, "the file is larger than 64 MiB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadCatalogue(data[: error.start].count(b"\n") + 1, "not UTF-8") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    articles: dict[str, Article] = {}
    try:
        header = _header(next(reader, []))
        for cells in reader:
            if not any(cells):
                continue
            article = _article(header, cells, reader.line_num, product_types)
            if article.id in articles:
                raise BadCatalogue(reader.line_num, f"id {article.id!r} stands twice")
            articles[article.id] = article
            if article.price.currency != next(iter(articles.values())).price.currency:
                raise BadCatalogue(reader.line_num, "all prices are in one currency")
            if len(articles) > _MOST_ARTICLES:
                raise BadCatalogue(reader.line_num, f"more than {_MOST_ARTICLES} articles")
    except csv.Error as error:
        raise BadCatalogue(reader.line_num, str(error)) from error
    if not articles:
        raise BadCatalogue(reader.line_num, "no article")
    return Catalogue(name=name, articles=tuple(articles.values()))


def _header(cells: list[str]) -> list[str]:
    missing = [name for name in _NEEDED if name not in cells]
    unknown = [name for name in cells if name not in COLUMNS]
    if missing:
        raise BadCatalogue(1, f"no column {missing[0]!r}; the columns are {','.join(COLUMNS)}")
    if unknown or len(set(cells)) != len(cells):
        raise BadCatalogue(1, f"column {(unknown or cells)[0]!r} is unknown or stands twice")
    return cells


def _article(header: list[str], cells: list[str], line: int, product_types: Mapping[str, str]) -> Article:
    if len(cells) != len(header):
        raise BadCatalogue(line, f"{len(cells)} cells under {len(header)} columns")
    row = dict.fromkeys(COLUMNS, "") | {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
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
