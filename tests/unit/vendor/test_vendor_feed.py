"""A merchant feed in XML is the same catalogue as its CSV; what would harm a reader is refused."""

import asyncio
import logging
import os
from pathlib import Path

import pytest

from vrm_desktop.domain.intentcast import Condition
from vrm_desktop.domain.money import Money
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.vendor.catalogue_file import read_catalogue
from vrm_desktop.vendor.errors import BadCatalogue, BadSettings
from vrm_desktop.vendor.home import Home, open_home
from vrm_desktop.vendor.restocking import restock

RSS = """<?xml version="1.0"?>
<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel><title>Shop</title>
<item><g:id>1</g:id><title>Plain title</title><g:title>Road bike</g:title><description>Fast &amp; light</description>
<link>https://rad.example/1</link><g:price>799.00 EUR</g:price><g:availability>in_stock</g:availability>
<g:condition>new</g:condition><g:brand>Rad</g:brand><g:product_type>mobility.bicycle &gt; type=road</g:product_type>
<g:shipping><g:country>DE</g:country><g:price>39.00 EUR</g:price></g:shipping>
<g:shipping><g:country>AT</g:country><g:price>59.00 EUR</g:price></g:shipping>
<g:quantity>3</g:quantity><g:cost_of_goods_sold>500.00 EUR</g:cost_of_goods_sold><g:color>red</g:color></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0">
<entry><g:id>1</g:id><title>Road bike</title><link href="https://rad.example/1"/><g:price>799.00 EUR</g:price>
<g:availability>in stock</g:availability><g:product_type>mobility.bicycle</g:product_type></entry></feed>"""


def test_a_feed_in_rss_is_read() -> None:
    (article,) = read_catalogue(RSS.encode(), name="feed.xml", product_types={}).articles
    assert (article.id, article.title, article.description) == ("1", "Road bike", "Fast & light")
    assert (article.price, article.shipping) == (Money(minor=79900, currency="EUR"), Money(minor=3900, currency="EUR"))
    assert (article.quantity, article.cost, article.pieces) == (3, Money(minor=50000, currency="EUR"), 3)
    assert (article.condition, article.brand, article.link) == (Condition.NEW, "Rad", "https://rad.example/1")
    assert article.attributes == {"type": "road"}


def test_a_feed_in_atom_is_read() -> None:
    (article,) = read_catalogue(b"\xef\xbb\xbf\n" + ATOM.encode(), name="feed.xml", product_types={}).articles
    assert (article.link, article.in_stock, article.pieces) == ("https://rad.example/1", True, None)


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss><item><title>&b;</title></item></rss>'
OUTSIDE = '<!DOCTYPE x SYSTEM "file:///etc/passwd"><rss/>'


@pytest.mark.parametrize(
    ("text", "number", "reason"),
    [
        (BOMB, 1, "declares no document type"),
        (OUTSIDE, 1, "declares no document type"),
        ("<rss>" + "<a>" * 40, 1, "too deep"),
        ("<rss><item>", 1, "not XML"),
        ("<rss></rss>", 1, "no article"),
        (RSS.replace("Road bike", "x" * 30_000), 1, "longer"),
        (RSS.replace("799.00 EUR", "cheap"), 1, "not an amount"),
        (RSS.replace("<g:quantity>3", "<g:quantity>some"), 1, "quantity"),
        (RSS.replace("500.00 EUR", "500.00 USD"), 1, "currency"),
        (RSS.replace("</channel>", RSS[RSS.index("<item>") : RSS.index("</channel>")] + "</channel>"), 2, "twice"),
    ],
)
def test_a_feed_that_will_not_do_is_refused_with_its_item(text: str, number: int, reason: str) -> None:
    with pytest.raises(BadCatalogue, match=reason) as caught:
        read_catalogue(text.encode(), name="feed.xml", product_types={})
    assert caught.value.row == number


class Complaints(logging.Handler):
    """Tells when the file itself was refused."""

    def __init__(self, loop: asyncio.AbstractEventLoop, came: asyncio.Event) -> None:
        super().__init__(level=logging.WARNING)
        self.loop = loop
        self.came = came

    def emit(self, record: logging.LogRecord) -> None:
        if "no column" in record.getMessage():
            self.loop.call_soon_threadsafe(self.came.set)


def home(folder: Path) -> Home:
    return open_home(folder, resources=resources_folder(), name="Rad", catalogue=None, random=os.urandom)


def test_a_changed_file_is_read_again_and_a_broken_one_is_not(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "catalogue.csv"
    header = "id,title,price,availability,product_type\n"
    row = "{},Bike {},799.00 EUR,in_stock,mobility.bicycle\n"
    file.write_text(header + row.format(1, 1))
    opened = home(tmp_path)
    taken: list[Home] = []

    async def run() -> None:
        came = asyncio.Event()
        refused: list[str] = []

        async def take(fresh: Home) -> None:
            if len(fresh.shop.catalogue.articles) == 3:
                refused.append("three")
                came.set()
                raise BadSettings("three are too many")
            taken.append(fresh)
            came.set()

        complained = asyncio.Event()
        log = logging.getLogger("vrm_desktop.vendor.restocking")
        heard = Complaints(asyncio.get_running_loop(), complained)
        log.addHandler(heard)
        watching = asyncio.create_task(restock(opened, take, every=0.01))

        async def change(text: str) -> None:
            came.clear()
            beside = tmp_path / "beside"
            beside.write_text(text)
            beside.replace(file)
            async with asyncio.timeout(60):
                await came.wait()

        await asyncio.sleep(0.05)
        await change(header + row.format(1, 1) + row.format(2, 2))
        await change(header + row.format(1, 1) + row.format(2, 2) + row.format(3, 3))
        file.unlink()
        file.write_text("broken")
        async with asyncio.timeout(60):
            await complained.wait()
        await change(header + row.format(7, 7))
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        log.removeHandler(heard)
        assert refused == ["three"]

    asyncio.run(run())
    assert [len(each.shop.catalogue.articles) for each in taken] == [2, 1]
    assert "three are too many" in caplog.text


def test_the_sample_goods_are_not_watched(tmp_path: Path) -> None:
    opened = home(tmp_path)
    assert opened.sample
    assert opened.restocked() is opened

    async def take(_fresh: Home) -> None:
        raise AssertionError

    asyncio.run(restock(opened, take, every=0.01))
