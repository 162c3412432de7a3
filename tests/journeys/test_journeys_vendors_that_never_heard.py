"""One want to vendors that have never heard of us, and one that has: by commands alone, from asking to leaving."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.command_line import CommandLine, a_command_line
from tests.fakes.fleet import desks
from tests.fakes.mail_servers import Postbox, smtp_server
from tests.fakes.mcp_servers import mcp_servers
from tests.fakes.scripted_server import answer, scripted_server
from tests.fakes.shop_pages import product as page_of
from tests.fakes.shop_server import FakeShop, open_shop, product
from vrm_desktop.resources_folder import resources_folder

_SECONDS = 90
NOW = datetime.now(UTC)
NEEDED, UNTIL = ((NOW + timedelta(days=days)).date().isoformat() for days in (9, 12))
LINE = f"used 54 cm road bike, under 876 EUR, Cologne, by {NEEDED}"
CAP = ("876", "87600")
ADA = resources_folder() / "samples" / "person" / "ada.vcf"
ANSWER = f"""From: Radhaus <info@radhaus.example>
To: me@mail.example
Date: {NOW:%a, %d %b %Y %H:%M:%S} +0000
Message-ID: <yes-1@radhaus.example>
In-Reply-To: {{asked}}
Subject: Your request

Hello,

the bike costs EUR 640.00, shipping is EUR 19.00, in total EUR 659.00. The offer is valid until {UNTIL}.
Delivery takes 3 working days. You may return it within 14 days, and it has a 12-month warranty.
This is a binding offer; prices include VAT.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """All who can be asked, by where they are."""

    native: str
    quotes: str
    shop: FakeShop
    page: str
    pages_asked: list[bytes]
    box: Postbox
    smtp: int


@contextmanager
def _web(shop: FakeShop, asked: list[bytes]) -> Iterator[str]:
    """The shop that speaks UCP, and one that has a page and nothing else; its address."""
    ready, done, at = threading.Event(), threading.Event(), list[str]()

    def page(request: bytes) -> bytes:
        asked.append(request)
        return answer(page_of("749.00").encode(), headers=b"Content-Type: text/html; charset=utf-8\r\n")

    async def serve() -> None:
        async with open_shop(shop), scripted_server(page) as server:
            at.append(server.url)
            ready.set()
            await asyncio.to_thread(done.wait)

    thread = threading.Thread(target=asyncio.run, args=(serve(),), name="shops")
    thread.start()
    assert ready.wait(60)
    try:
        yield at[0]
    finally:
        done.set()
        thread.join(60)


@pytest.fixture
def market(tmp_path: Path) -> Iterator[Market]:
    sold = [product("bike", "Road bike, 54 cm", 79_900), product("dear", "Dear bike", 99_900)]
    shop, asked = FakeShop(products=sold), list[bytes]()
    with ExitStack() as open_now:
        fleet = open_now.enter_context(desks(tmp_path, ["rheinrad"]))
        servers = open_now.enter_context(mcp_servers(("prompt",), tmp_path / "mcp.log"))
        page = open_now.enter_context(_web(shop, asked))
        box, port = open_now.enter_context(smtp_server())
        yield Market(
            native=fleet.urls["rheinrad"],
            quotes=servers["prompt"],
            shop=shop,
            page=page,
            pages_asked=asked,
            box=box,
            smtp=port,
        )


@pytest.fixture
def vrm(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    made = a_command_line(tmp_path, capsys)
    made.json("vault", "create")
    made.json("profile", "import", str(ADA))
    return made


def _known(vrm: CommandLine, market: Market) -> dict[str, str]:
    """Everybody made known by the command that fits; their ids by way."""
    native = vrm.json("vendor", "add", market.native)["vendor"]["id"]
    discovered = vrm.json("vendor", "discover", market.shop.base)
    found = discovered["vendor"]["id"]
    assert [f"GET {one.removeprefix(market.shop.base)}" for one in discovered["asked"]] == market.shop.places
    mail = vrm.json("counterparty", "add", "Radhaus", "--kind", "shop", "--email", "info@radhaus.example")
    quotes = vrm.json("counterparty", "add", "Prompt Supply", "--kind", "shop")["counterparty"]["id"]
    vrm.json("quote", "add", quotes, "--address", market.quotes, "--profile", "cintra-supply")
    return {"native": native, "ucp": found, "mail": mail["counterparty"]["id"], "mcp": quotes}


def _ready_to_ask(vrm: CommandLine, market: Market) -> None:
    server = ("--smtp", f"127.0.0.1:{market.smtp}", "--smtp-security", "none", "--no-password")
    vrm.json("mail", "account", "set", "--address", "me@mail.example", *server)
    vrm.json("shop", "page", "--set", "https://somebody.example/ucp.json")


def _prices(vrm: CommandLine, want: str, market: Market, folder: Path) -> None:
    """One pasted page, and one saved one that nobody is visited for."""
    saved = folder / "saved.html"
    saved.write_text(page_of("699.00"), encoding="utf-8")
    vrm.json("page", "add", f"{market.page}/p/7?utm_source=mail", "--for", want)
    vrm.json("page", "add", str(saved), "--for", want)
    assert [one.split(b" ")[1] for one in market.pages_asked] == [b"/p/7"]


def _offer_by_mail(vrm: CommandLine, want: str, vendor: str, market: Market, folder: Path) -> str:
    """The vendor's answer, saved from a mail program and handed in; its offer, once it is confirmed."""
    file = folder / "answer.eml"
    asked = message_from_bytes(market.box.mails[0])["Message-ID"]
    file.write_text(ANSWER.format(asked=asked), encoding="utf-8")
    [mail] = vrm.json("mail", "read", str(file))["mails"]
    assert mail["vendor"] == vendor
    [proposal] = vrm.json("mail", "offers", want)["proposals"]
    assert (proposal["counts"], proposal["warnings"]) == (False, [])
    assert vendor not in {one["vendor"] for one in vrm.json("offers", want)["offers"]}
    return str(vrm.json("mail", "confirm", proposal["id"])["offer"]["id"])


def _confirmed_by_mail_and_paid(vrm: CommandLine, market: Market, folder: Path) -> None:
    """What was ordered by mail is paid by nobody's hand but the person's; their mail is what says that it stands."""
    assert vrm.json("pay", "list")["payments"] == []
    file = folder / "confirmed.eml"
    asked = message_from_bytes(market.box.mails[-1])["Message-ID"]
    text = ANSWER[: ANSWER.index("\n\n")].format(asked=asked).replace("yes-1", "yes-2")
    file.write_text(f"{text}\n\nThank you! Please pay to DE89 3704 0044 0532 0130 00.\n", encoding="utf-8")
    [mail] = vrm.json("mail", "read", str(file))["mails"]
    order = vrm.json("mail", "ordered", mail["id"])["order"]
    assert (order["state"], order["payment"], order["record"]) == ("confirmed", None, None)
    [waiting] = vrm.json("pay", "list")["payments"]
    assert (waiting["id"], waiting["amount"]["minor"], waiting["state"]) == (order["id"], 65_900, "offered")
    assert (waiting["signed"], waiting["iban"], waiting["ways"]) == (False, None, [])
    assert vrm.json("pay", "done", order["id"])["payment"]["state"] == "said-paid"


def _told(vrm: CommandLine) -> dict[str, set[str]]:
    rows: list[dict[str, Any]] = vrm.json("ledger")["entries"]
    return {vendor: {row["name"] for row in rows if row["vendor"] == vendor} for vendor in {r["vendor"] for r in rows}}


def _goes_to_the_shops_own_page(vrm: CommandLine, prices: list[dict[str, Any]], market: Market) -> None:
    """A price list's entry, though something else was ordered: as far as the link, and no further."""
    [hit] = (one["id"] for one in prices if one["way"] == "ucp")
    cart = vrm.json("shop", "cart", hit)["checkout"]
    out = vrm.json("shop", "checkout", cart["id"])
    assert out["link"].startswith(f"{market.shop.base}/pay/")
    assert vrm.json("shop", "outcome", cart["id"], "--not-bought")["checkout"]["step"] == "not-bought"


def _leaves(vrm: CommandLine, ids: dict[str, str]) -> None:
    """Everybody who was asked is left; each says what it still needs."""
    assert "(e-mail, 54 cm road bike)" in vrm.run("relationship", "list").output
    files = [one for one in vrm.json("relationship", "list")["relationships"] if one["intentcast"]]
    assert {one["vendor"] for one in files} == set(ids.values())
    for one in files:
        ended = vrm.json("relationship", "end", one["id"], "--wait", "10")
        assert ended["relationship"]["state"] in {"ending", "ended"}
    assert len(vrm.json("letter", "list")["letters"]) == len(ids) - 1  # who has no wire is told by a letter
    kept = [row for row in vrm.json("ledger")["entries"] if row["stage"] != "ping"]
    assert {row["state"] for row in kept} <= {"erasure-asked", "erased"}


def _until_answered(vrm: CommandLine, want: str) -> None:
    """By all who answer by themselves; a mail is read by the person."""
    ends = time.monotonic() + _SECONDS
    while True:
        desk = vrm.json("offers", want)
        if {one["way"] for one in (*desk["offers"], *desk["public_prices"])} >= {"native", "mcp", "ucp"}:
            return
        assert time.monotonic() < ends, desk
        vrm.json("sync", "--wait", "1")


def test_one_want_goes_by_every_way_and_comes_back_to_one_desk(
    vrm: CommandLine, market: Market, tmp_path: Path
) -> None:
    ids = _known(vrm, market)
    want = vrm.json("intentcast", "new", LINE)["intentcast"]["id"]
    _ready_to_ask(vrm, market)
    _prices(vrm, want, market, tmp_path)
    asking = [word for way, key in ids.items() for word in ("--vendor", f"{key}:{way}")]
    plan = vrm.json("intentcast", "plan", want, *asking)
    assert {one["id"]: one["way"] for one in plan["vendors"]} == {key: way for way, key in ids.items()}
    assert not market.box.mails
    assert all(place.startswith("GET /.well-known/") for place in market.shop.places)

    vrm.json("intentcast", "cast", want, *asking, "--spread", "0", "--wait", "1")
    _until_answered(vrm, want)
    taken = _offer_by_mail(vrm, want, ids["mail"], market, tmp_path)

    desk = vrm.json("offers", want)
    ways = {one["way"]: one for one in desk["offers"]}
    assert {way: one["vendor"] for way, one in ways.items()} == {way: ids[way] for way in ("native", "mail", "mcp")}
    assert sorted(one["place"] for one in desk["offers"]) == [1, 2, 3]
    assert sorted(one["way"] for one in desk["public_prices"]) == ["page", "page", "ucp"]
    read = vrm.run("offers", want).output
    for words in ("offer by e-mail, confirmed by you", "answer of a quote desk", "on the shop's price list"):
        assert read.count(words) == 1

    vrm.json("limit", "add", "bikes", "--up-to", "700 EUR", "--until", UNTIL)
    assert vrm.json("limit", "check", taken)["within"]
    accepted = vrm.json("offer", "accept", taken)
    assert (accepted["acceptance"]["state"], accepted["offer"]["state"]) == ("done", "accepted")
    assert len(market.box.mails) == 2
    vrm.json("sync")
    states = {one["id"]: one["state"] for one in vrm.json("offers", want)["offers"]}
    assert sorted(states.values()) == ["accepted", "declined", "declined"]
    _confirmed_by_mail_and_paid(vrm, market, tmp_path)

    told = _told(vrm)
    assert set(told) == set(ids.values())
    assert "profile.address.street" in told[ids["mail"]]
    assert not any("profile.address.street" in told[ids[way]] for way in ("native", "ucp", "mcp"))
    _goes_to_the_shops_own_page(vrm, desk["public_prices"], market)
    _leaves(vrm, ids)
    for left in (*market.box.mails, *(str(one).encode() for one in market.shop.seen)):
        assert not any(cap.encode() in left for cap in CAP)
