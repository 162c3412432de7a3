"""A shop's catalogue: what is read from it, and which line is complained about."""

import pytest

from tests.fakes.open_desk import sample_catalogue
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.intentcast import Condition
from vrm_desktop.domain.money import Money
from vrm_desktop.vendor.amounts import percent_of, read_money
from vrm_desktop.vendor.catalogue_file import COLUMNS, read_catalogue
from vrm_desktop.vendor.errors import BadCatalogue
from vrm_desktop.vendor.product_type import read_product_type

HEADER = "id,title,price,availability,condition,product_type,gtin,link,shipping"
ROW = "1,Road bike 54 cm,799.00 EUR,in_stock,used,mobility.bicycle,,,"


def catalogue(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows]).encode()


def test_the_sample_catalogue_is_used_road_bikes_in_euro() -> None:
    sample = sample_catalogue()
    assert sample.currency == "EUR"
    assert sample.categories == ("mobility.bicycle",)
    assert {article.condition for article in sample.articles} == {Condition.USED}
    assert {article.attributes["type"] for article in sample.articles} == {"road"}


def test_all_columns_of_the_merchant_feed_are_read() -> None:
    row = (
        "A1,Laptop,Light,https://shop.example/a1,1299 EUR,in stock,refurbished,Brand,"
        "4006381333931,electronics.laptop > screen_inch=14 > memory_gb=16,DE::Standard:4.90 EUR,3,400.00 EUR"
    )
    (article,) = read_catalogue(catalogue(row, header=",".join(COLUMNS)), name="c", product_types={}).articles
    assert article.price == Money(minor=129900, currency="EUR")
    assert article.shipping == Money(minor=490, currency="EUR")
    assert article.attributes == {"screen_inch": "14", "memory_gb": "16-31"}
    assert article.condition is Condition.REFURBISHED
    assert article.gtin == "4006381333931"


def test_a_byte_order_mark_and_empty_lines_do_no_harm() -> None:
    data = b"\xef\xbb\xbf" + catalogue(ROW, ",,,,,,,,", "", ROW.replace("1,", "2,", 1))
    assert len(read_catalogue(data, name="c", product_types={}).articles) == 2


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (b"", 1, "no column 'id'"),
        (catalogue(ROW, header=HEADER + ",sku"), 1, "'sku'"),
        (catalogue(ROW, header=HEADER.replace("gtin", "link")), 1, "twice"),
        (catalogue(), 1, "no article"),
        (catalogue(ROW, ROW), 3, "stands twice"),
        (catalogue(ROW + ",x"), 2, "10 cells under 9 columns"),
        (catalogue(ROW.replace("EUR", "")), 2, "not an amount"),
        (catalogue(ROW.replace("799.00", "799.001")), 2, "2 decimals"),
        (catalogue(ROW, ROW.replace("1,", "2,", 1).replace("EUR", "USD")), 3, "one currency"),
        (catalogue(ROW.replace("in_stock", "maybe")), 2, "availability"),
        (catalogue(ROW.replace("used", "ok")), 2, "condition"),
        (catalogue(ROW.replace("mobility.bicycle", "Things")), 2, "names no category"),
        (catalogue(ROW.replace("mobility.bicycle", "mobility.bicycle > road")), 2, "type=road"),
        (catalogue(ROW.replace("mobility.bicycle", "mobility.bicycle > type=fast")), 2, "one of road"),
        (catalogue(ROW.replace("mobility.bicycle", "mobility.bicycle > colour=red")), 2, "colour"),
        (catalogue(ROW.replace("mobility.bicycle,", "mobility.bicycle,12")), 2, "gtin"),
        (catalogue(ROW.replace(",,,", ",,ftp://x,")), 2, "web address"),
        (catalogue(ROW + "9.90 USD"), 2, "shipping"),
        (catalogue(ROW.replace("1,Road", ",Road")), 2, "id is empty"),
        (catalogue(ROW.replace("Road bike", "R" * 151)), 2, "longer than 150"),
        (catalogue(ROW).replace(b"Road", b"R\xff"), 2, "not UTF-8"),
        (catalogue('1,"Road'), 2, "unexpected end"),
        (b"x" * (64 * 1024 * 1024 + 1), 1, "64 MiB"),
    ],
)
def test_a_bad_row_is_named_with_its_line(data: bytes, line: int, reason: str) -> None:
    with pytest.raises(BadCatalogue, match=reason) as caught:
        read_catalogue(data, name="c", product_types={})
    assert caught.value.row == line


@pytest.mark.parametrize(
    ("said", "title", "category", "attributes"),
    [
        ("mobility.bicycle", "Colonia 54 cm", "mobility.bicycle", {"frame_cm": "53-55"}),
        ("Sporting Goods > Cycling > Road Bikes", "Colonia", "mobility.bicycle", {"type": "road"}),
        ("Bikes", "Colonia 54 cm or 56 cm", "mobility.bicycle", {}),
        ("Räder", "Colonia gravel", "mobility.bicycle", {"type": "gravel"}),
        ("Laptops", "Slim 14, 16 GB", "electronics.laptop", {}),
        ("Bicycle repair", "Inspection", "mobility.bicycle-repair", {}),
        (
            "mobility.bicycle > electric=yes",
            "Road 20 cm",
            "mobility.bicycle",
            {"electric": "yes", "type": "road", "frame_cm": "under-44"},
        ),
    ],
)
def test_a_product_type_is_understood(said: str, title: str, category: str, attributes: dict[str, str]) -> None:
    meant = read_product_type(said, title=title, names={"Räder": "mobility.bicycle"})
    assert meant.category == category
    for key, value in attributes.items():
        assert meant.attributes[key] == value
    if not attributes:
        assert "frame_cm" not in meant.attributes


@pytest.mark.parametrize(
    ("text", "minor"), [("799 EUR", 79900), ("0.5 EUR", 50), ("1200 JPY", 1200), ("1.234 BHD", 1234)]
)
def test_an_amount_is_read_without_rounding(text: str, minor: int) -> None:
    assert read_money(text).minor == minor


@pytest.mark.parametrize("text", ["", "799", "7,99 EUR", "-1 EUR", "1 eur", "1.5 JPY", "1e3 EUR"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        read_money(text)


def test_a_percentage_never_undercuts() -> None:
    assert percent_of(999, 95) == 950
    assert percent_of(1000, 95) == 950
