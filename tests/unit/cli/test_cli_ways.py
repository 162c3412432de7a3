"""`vrm page add ADDRESS`, `page watch`, `vendor discover`, `vendor ways`, `channel list`, and what comes next."""

import asyncio
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.fakes.command_line import CommandLine
from tests.fakes.scripted_server import answer, scripted_server
from tests.fakes.shop_pages import product


@dataclass(slots=True)
class Shop:
    """A shop on loopback, in a thread of its own: its pages by path, and what it was asked for."""

    pages: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def reply(self, request: bytes) -> bytes:
        """What it answers."""
        path = request.split(b" ")[1].decode()
        self.asked.append(path)
        return self.pages.get(path, answer(status="404 Not Found"))


@pytest.fixture
def shop() -> Iterator[Shop]:
    made, ready, done = Shop(), threading.Event(), threading.Event()

    async def serve() -> None:
        async with scripted_server(made.reply) as server:
            made.url = server.url
            ready.set()
            await asyncio.to_thread(done.wait)

    thread = threading.Thread(target=asyncio.run, args=(serve(),), name="shop")
    thread.start()
    assert ready.wait(60)
    yield made
    done.set()
    thread.join(60)


def html(text: str) -> bytes:
    return answer(text.encode(), headers=b"Content-Type: text/html; charset=utf-8\r\n")


@pytest.fixture
def want(vrm: CommandLine) -> str:
    made = vrm.json("intentcast", "new", "used 54 cm road bike, under 800 EUR, Cologne, by Friday")
    return str(made["intentcast"]["id"])


def test_a_pasted_address_is_visited_once_and_said_so(vrm: CommandLine, shop: Shop, want: str) -> None:
    shop.pages["/p/7?colour=red"] = html(product("799.00"))
    ran = vrm.run("page", "add", f"{shop.url}/p/7?colour=red&utm_source=mail", "--for", want)
    assert ran.status == 0
    assert ran.told == "The shop learns your network address, and that somebody asked for this page.\n"
    assert "taken out of the link: utm_source" in ran.output
    assert shop.asked == ["/p/7?colour=red"]
    [visit] = vrm.json("page", "visits")["visits"]
    assert (visit["why"], visit["times"], visit["trouble"]) == ("person", 1, None)
    assert "because you asked" in vrm.run("page", "visits").output


def test_what_a_page_leads_to_is_said_and_not_asked(vrm: CommandLine, shop: Shop, want: str) -> None:
    shop.pages["/p"] = answer(status="302 Found", headers=b"Location: https://other.example/x?gclid=1\r\n")
    ran = vrm.run("--json", "page", "add", f"{shop.url}/p", "--for", want)
    assert (ran.status, ran.json["error"]["id"]) == (1, "page-elsewhere")
    assert ran.json["error"]["leads_to"] == "https://other.example/x"
    assert "https://other.example/x" in vrm.run("page", "add", f"{shop.url}/p", "--for", want).output
    assert vrm.json("page", "add", f"{shop.url}/none", "--for", want, status=1)["error"]["id"] == "page-gone"
    assert "There is no such page any more." in vrm.run("page", "visits").output


def test_a_price_is_watched_and_left_alone(vrm: CommandLine, shop: Shop, want: str) -> None:
    assert vrm.run("page", "watched").output == "No price is watched.\n"
    assert vrm.run("page", "visits").output == "No page was asked for yet.\n"
    shop.pages["/p"] = html(product("799.00"))
    [price] = vrm.json("page", "add", f"{shop.url}/p", "--for", want)["public_prices"]
    [watched] = vrm.json("page", "watch", price["id"], "--fall", "15%")["watched"]
    assert (watched["state"], watched["fall"], watched["fallen"]) == ("watching", 15, False)
    assert watched["seen"][0]["price"] == {"minor": 79_900, "currency": "EUR"}
    assert watched["now"]["id"] == price["id"]
    told = vrm.run("page", "watched").output
    assert "Road bike" in told
    assert "watched until" in told
    assert "for: " in told
    vrm.run("sync")
    assert shop.asked == ["/p"]
    assert "not looked at any more" in vrm.run("page", "unwatch", price["id"]).output
    assert vrm.json("page", "watched")["watched"][0]["state"] == "ended"
    for fall in ("0", "91", "x"):
        assert vrm.run("page", "watch", price["id"], "--fall", fall).status == 2
    assert vrm.json("page", "watch", "none", status=1)["error"]["id"] == "not-found"


def test_a_domain_is_discovered_and_its_ways_are_shown(vrm: CommandLine, shop: Shop) -> None:
    service = {"version": "2026-08-25", "transport": "rest", "endpoint": "https://shop.example/ucp"}
    profile = {"ucp": {"version": "2026-08-25", "services": {"dev.ucp.shopping": [service]}}}
    shop.pages["/.well-known/ucp"] = answer(json.dumps(profile).encode())
    ran = vrm.run("vendor", "discover", shop.url)
    assert ran.status == 0
    assert ran.told.startswith(f"Asked: {shop.url}/.well-known/intentcast.json")
    assert "answers on UCP (2026-08-25), has a web page, terms unknown" in ran.output
    count = len(shop.asked)
    again = vrm.run("vendor", "discover", shop.url)
    assert "not asked again" in again.told
    assert len(shop.asked) == count
    [vendor] = vrm.json("vendor", "list")["vendors"]
    ways = vrm.json("vendor", "ways", vendor["id"])
    assert [one["id"] for one in ways["ways"]] == ["ucp", "page"]
    assert (ways["terms"], ways["asked"]) == ("unknown", [])
    assert "answers on UCP" in vrm.run("vendor", "list").output
    assert vrm.json("vendor", "discover", "nobody", status=1)["error"]["id"] == "not-found"


def test_a_counterparty_without_a_site_is_not_asked(vrm: CommandLine) -> None:
    made = vrm.json("counterparty", "add", "Radhaus", "--email", "info@rad.example")["counterparty"]
    ran = vrm.run("vendor", "discover", made["id"])
    assert ran.told == "No site of it is known, so nothing was asked.\n"
    assert "accepts e-mail, terms unknown" in ran.output


def test_a_site_that_is_down_is_said(vrm: CommandLine, shop: Shop) -> None:
    shop.pages["/.well-known/ucp"] = answer(b"x" * 1_100_000)
    ran = vrm.run("vendor", "discover", shop.url)
    assert ran.status == 4
    assert "too large" in ran.told


def test_all_ways_are_listed_with_what_they_carry(vrm: CommandLine) -> None:
    vrm.json("counterparty", "add", "Radhaus", "--email", "info@rad.example")
    rows = {one["id"]: one for one in vrm.json("channel", "list")["channels"]}
    assert set(rows) == {"native", "ucp", "mcp", "mail", "page", "letter"}
    assert [one for one, row in rows.items() if row["terms_first"]] == ["native"]
    assert (rows["mail"]["vendors"], rows["native"]["vendors"]) == (1, 0)
    assert rows["page"]["yields"] == "public-price"
    told = vrm.run("channel", "list").output
    assert "mail: e-mail  (1 vendor that you know)" in told
    assert "they see: you as the sender" in told
    assert "comes back: a public price, no offer made for you, at once" in told


def test_nobody_to_ask_is_no_dead_end(vrm: CommandLine, want: str) -> None:
    for verb in ("plan", "cast"):
        ran = vrm.run("--json", "intentcast", verb, want)
        assert ran.status == 1
        assert ran.json["error"]["id"] == "nobody-to-ask"
        assert [one["kind"] for one in ran.json["next"]] == ["add"]
    more = ("--email", "info@rad.example", "--web", "https://rad.example", "--postal", "Weg 1")
    vrm.json("counterparty", "add", "Radhaus", *more)
    found = vrm.run("--json", "intentcast", "plan", want).json["next"]
    assert {"ask", "look", "discover", "add"} <= {one["kind"] for one in found}
    assert all(one["command"] for one in found)
    [asking] = [one for one in found if one["kind"] == "ask"]
    assert (asking["way"], asking["shows"]) == ("mail", "sender")
    assert "want.title" in {one["id"] for one in asking["tells"]}
    assert vrm.run(*asking["command"].split()[1:]).status == 0
    told = vrm.run("intentcast", "plan", want).output
    assert "Look at the shop of Radhaus: https://rad.example" in told
    assert "it would learn: that somebody visits the page" in told
    shown = vrm.run("offers", want).output
    assert shown.startswith("No offers yet.\n")
    assert "vrm vendor discover" in shown


def test_who_was_asked_by_mail_is_waited_for(vrm: CommandLine, want: str) -> None:
    made = vrm.json("counterparty", "add", "Radhaus", "--email", "info@rad.example")["counterparty"]
    cast = vrm.run("--json", "intentcast", "cast", want, "--vendor", f"{made['id']}:mail", "--spread", "0")
    assert cast.status == 0, cast.told
    assert "next" not in cast.json
    assert "next" not in vrm.json("offers", want)
