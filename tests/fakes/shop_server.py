"""A shop that speaks the Universal Commerce Protocol in any of its editions, by plain calls or by tools, on loopback.

Built from the published schemas and not from the reader that it tests; a test holds its answers to those schemas. What
a test turns makes it lie: prices that move, sums that are wrong, links that lead away, catalogues without an end.
"""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from tests.fakes.scripted_server import ScriptedServer, answer, scripted_server
from tests.fakes.shop_proofs import refusal
from tests.fakes.shop_signatures import ShopSigner

Json = dict[str, Any]
EARLY = ("2026-01-11", "2026-01-23")
EDITIONS = (*EARLY, "2026-04-08", "2026-08-25")
LATE = EDITIONS[2:]
SERVICE = "dev.ucp.shopping"


def product(key: str, title: str, amount: int, currency: str = "EUR", **more: Any) -> Json:
    """A product with one variant."""
    price = {"amount": amount, "currency": currency}
    variant = {"id": f"{key}-v1", "title": title, "description": {"plain": title}, "price": price, **more}
    return {
        "id": key,
        "title": title,
        "description": {"plain": title},
        "price_range": {"min": price, "max": price},
        "variants": [variant],
    }


@dataclass(slots=True, kw_only=True)
class FakeShop:
    """What the shop sells, and how it lies. `seen` holds every request: method, place, headers and body.

    With a `page`, it answers only those who prove to keep it; `distort` changes a request on its way. With a `signer`
    it signs its answers. `cancels`: it lets carts and checkouts be cancelled; `cancelled` holds those that were.
    """

    edition: str = "2026-08-25"
    transport: str = "rest"
    products: list[Json] = field(default_factory=lambda: [product("bike", "Road bike, 54 cm", 79_900)])
    page_size: int = 50
    endless: bool = False
    price_later: dict[str, int] = field(default_factory=dict)
    wrong_total: int = 0
    continue_url: str = "{base}/pay/{id}"
    messages: list[Json] = field(default_factory=list)
    slash: bool = False
    only_tools: bool = False
    answers: dict[str, bytes] = field(default_factory=dict)
    edit: Callable[[Json], Json] = lambda told: told
    flat: bool = False
    page: Json | None = None
    distort: Callable[[bytes], bytes] = lambda request: request
    refused: list[str] = field(default_factory=list)
    signer: ShopSigner | None = None
    cancels: bool = True
    cancelled: list[str] = field(default_factory=list)
    base: str = ""
    seen: list[tuple[str, str, dict[str, str], Json]] = field(default_factory=list)
    kept: dict[str, Json] = field(default_factory=dict)

    @property
    def places(self) -> list[str]:
        """Which places were asked for."""
        return [f"{method} {place}" for method, place, _, _ in self.seen]

    def reply(self, request: bytes) -> bytes:
        """The answer to one HTTP request."""
        head, _, raw = self.distort(request).partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, place, _ = first.split(" ")
        headers = {name.strip().lower(): value.strip() for name, _, value in (one.partition(":") for one in lines)}
        body: Json = json.loads(raw) if raw else {}
        self.seen.append((method, place, headers, body))
        if place in self.answers:
            return self.answers[place]
        if self.slash:
            if not place.endswith("/"):
                return answer(b"not here", status="404 Not Found")
            place = place.rstrip("/")
        if place == "/.well-known/ucp":
            return answer(json.dumps(self.profile()).encode())
        why = "" if self.page is None else refusal(self.page, self.edition, head.decode("latin-1"), raw)
        if why:
            self.refused.append(why)
            return self._json({"code": why, "content": "No"}, "401 Unauthorized")
        if place == "/ucp/mcp":
            return self._tool(body)
        if not place.startswith("/ucp"):
            return answer(b"<html>a shop window</html>", status="404 Not Found")
        told, status = self._called(method, place.removeprefix("/ucp"), body)
        return self._json(told, status)

    def _json(self, told: Json, status: str = "200 OK") -> bytes:
        body, headers = json.dumps(told).encode(), b"Content-Type: application/json\r\n"
        if self.signer is not None:
            body, proof = self.signer.signed(body, status)
            headers += proof
        return answer(body, status=status, headers=headers)

    def _tool(self, body: Json) -> bytes:
        method, number = body.get("method"), body.get("id")
        if self.only_tools and method != "tools/call":
            return self._json({"jsonrpc": "2.0", "id": number, "error": {"code": -32601, "message": "no such method"}})
        if number is None:
            return answer(b"", status="202 Accepted")
        if method == "initialize":
            about = {"name": "shop", "version": "1"}
            result: Json = {"protocolVersion": "2025-06-18", "capabilities": {"tools": {}}, "serverInfo": about}
        else:
            told = self._tool_told(body["params"]["name"], body["params"]["arguments"])
            result = {"content": [{"type": "text", "text": json.dumps(told)}], "structuredContent": told}
        return self._json({"jsonrpc": "2.0", "id": number, "result": result})

    def _tool_told(self, name: str, given: Json) -> Json:
        places = {
            "search_catalog": ("POST", "/catalog/search", "catalog"),
            "lookup_catalog": ("POST", "/catalog/lookup", "catalog"),
            "create_cart": ("POST", "/carts", "cart"),
            "create_checkout": ("POST", "/checkout-sessions", "checkout"),
            "get_order": ("GET", f"/orders/{given.get('id')}", ""),
            "cancel_cart": ("POST", f"/carts/{given.get('id')}/cancel", ""),
            "cancel_checkout": ("POST", f"/checkout-sessions/{given.get('id')}/cancel", ""),
        }
        method, place, member = places[name]
        return self._called(method, place, given.get(member, {}))[0]

    def _called(self, method: str, place: str, body: Json) -> tuple[Json, str]:
        match method, place.split("/")[1:]:
            case "POST", ["catalog", "search"] if self.edition in LATE:
                return self.edit(self._search(body)), "200 OK"
            case "POST", ["catalog", "lookup"] if self.edition in LATE:
                return self.edit(self._look_up(body)), "200 OK"
            case "POST", ["carts"] if self.edition in LATE:
                return self.edit(self._basket(body, "cart")), "201 Created"
            case "POST", ["checkout-sessions"]:
                return self.edit(self._basket(body, "checkout")), "201 Created"
            case "POST", ["carts" | "checkout-sessions", key, "cancel"] if self.cancels:
                return self.edit(self._cancel(unquote(key))), "200 OK"
            case "GET", ["orders", key]:
                return self.edit(self._order(key)), "200 OK"
        return {"error": "no such place"}, "404 Not Found"

    # what it publishes
    def profile(self) -> Json:
        """What stands at its well-known place, in the shape of its edition."""
        abilities = ["checkout", "order"] + (
            ["catalog.search", "catalog.lookup", "cart"] if self.edition in LATE else []
        )
        names = [f"{SERVICE}.{one}" for one in abilities]
        about = {"version": self.edition, "spec": "https://ucp.dev/x", "schema": "https://ucp.dev/x.json"}
        place = f"{self.base}/ucp" + ("/mcp" if self.transport == "mcp" else "")
        jwk = (self.signer or ShopSigner()).jwk()
        if self.edition == "2026-01-11":
            told: Json = {
                "version": self.edition,
                "services": {SERVICE: {**about, self.transport: {"schema": "https://ucp.dev/s", "endpoint": place}}},
                "capabilities": [{"name": name, **about} for name in names],
            }
        else:
            told = {
                "version": self.edition,
                "services": {SERVICE: [{**about, "transport": self.transport, "endpoint": place}]},
                "capabilities": {name: [about] for name in names},
                "payment_handlers": {},
            }
        keys = {"keys" if self.edition == "2026-08-25" else "signing_keys": [jwk]}
        return {**told, **keys} if self.flat else {"ucp": told, **keys}

    def _envelope(self) -> Json:
        early = self.edition == "2026-01-11"
        return {
            "version": self.edition,
            "capabilities": [] if early else {},
            **({} if early else {"payment_handlers": {}}),
        }

    # what it sells
    def _search(self, body: Json) -> Json:
        start = int(body.get("pagination", {}).get("cursor") or 0)
        size = min(self.page_size, body.get("pagination", {}).get("limit", 10))
        if self.endless:
            found = [product(f"p{start + n}", f"Thing {start + n}", 1_000 + start + n) for n in range(size)]
            total, more = 1_000_000, True
        else:
            found = self.products[start : start + size]
            total, more = len(self.products), start + size < len(self.products)
        paging: Json = {"has_next_page": more, "total_count": total} | ({"cursor": str(start + size)} if more else {})
        return {"ucp": {"version": self.edition}, "products": found, "pagination": paging, "messages": self.messages}

    def _variants(self) -> Iterator[tuple[Json, Json]]:
        for one in self.products:
            yield from ((one, variant) for variant in one["variants"])

    def _price(self, key: str) -> tuple[str, int, str]:
        for one, variant in self._variants():
            if key in {variant["id"], one["id"]}:
                price = variant["price"]
                return variant["title"], self.price_later.get(key, price["amount"]), price["currency"]
        return key, 100, "EUR"

    def _look_up(self, body: Json) -> Json:
        found = []
        for one, variant in self._variants():
            if variant["id"] in body["ids"]:
                _, amount, currency = self._price(variant["id"])
                now = {**variant, "price": {"amount": amount, "currency": currency}}
                now["inputs"] = [{"id": variant["id"], "match": "exact"}]
                found.append({**one, "variants": [now]})
        return {"ucp": {"version": self.edition}, "products": found, "messages": self.messages}

    def _basket(self, body: Json, kind: str) -> Json:
        key = f"{kind}-{len(self.kept) + 1}"
        lines, whole, currency = [], 0, "EUR"
        for number, line in enumerate(body.get("line_items", [])):
            title, price, currency = self._price(line["item"]["id"])
            cost = price * line["quantity"]
            whole += cost
            totals = [{"type": "subtotal", "amount": cost}, {"type": "total", "amount": cost}]
            item = {"id": line["item"]["id"], "title": title, "price": price}
            lines.append({"id": f"l{number}", "item": item, "quantity": line["quantity"], "totals": totals})
        shipping, off = 490, 100
        signed = -off if self.edition in LATE else off
        totals = [
            {"type": "subtotal", "amount": whole},
            {"type": "fulfillment", "amount": shipping, "display_text": "Shipping"},
            {"type": "discount", "amount": signed, "display_text": "Autumn"},
            {"type": "total", "amount": whole + shipping - off + self.wrong_total},
        ]
        told: Json = {
            "ucp": self._envelope(),
            "id": key,
            "line_items": lines,
            "currency": currency,
            "totals": totals,
            "messages": self.messages,
        }
        if kind == "checkout":
            link = self.continue_url.format(base=self.base, id=key)
            told |= {
                "status": "requires_escalation",
                "links": [{"type": "terms_of_service", "url": "https://a.example/t"}],
            }
            told |= {"continue_url": link} if link else {}
            told |= {"payment": {"handlers": []}} if self.edition == "2026-01-11" else {}
        self.kept[key] = told
        return told

    def _cancel(self, key: str) -> Json:
        """Cancelling again is no fault; what is bought, or was never there, is not cancelled."""
        if key not in self.kept:
            said = {"type": "error", "code": "not_found", "content": "Not found", "severity": "unrecoverable"}
            return {"ucp": {"version": self.edition, "status": "error"}, "messages": [said]}
        if key not in self.cancelled:
            self.cancelled.append(key)
        told = self.kept[key]
        return {**told, "status": "canceled"} if "status" in told else told

    def _order(self, key: str) -> Json:
        cost = 79_900
        quantity = {"total": 1, "fulfilled": 1} | ({"original": 1} if self.edition == "2026-08-25" else {})
        totals = [{"type": "subtotal", "amount": cost}, {"type": "total", "amount": cost}]
        line = {
            "id": "l0",
            "item": {"id": "bike-v1", "title": "Road bike, 54 cm", "price": cost},
            "quantity": quantity,
            "totals": totals,
            "status": "fulfilled",
        }
        event = {
            "id": "e1",
            "occurred_at": "2026-11-20T10:00:00Z",
            "type": "shipped",
            "line_items": [{"id": "l0", "quantity": 1}],
            "tracking_number": "TRK-1",
            "tracking_url": "https://carrier.example/TRK-1",
            "description": "Handed to the carrier",
        }
        return {
            "ucp": self._envelope(),
            "id": key,
            "checkout_id": "checkout-1",
            "permalink_url": f"https://shop.example/orders/{key}",
            "line_items": [line],
            "fulfillment": {"events": [event]},
            "currency": "EUR",
            "totals": totals,
        }


@asynccontextmanager
async def open_shop(shop: FakeShop) -> AsyncIterator[ScriptedServer]:
    """The shop on loopback; `shop.base` is its address then."""
    async with scripted_server(shop.reply) as server:
        shop.base = server.url
        yield server
