"""What leaves for shops, judged by an independent suite for shopping programs (`spck-conformance`), in its own sandbox.

Its checks grade a log of what was sent and answered; here that log is written down on the wire, between the program and
the sandbox. Left out are its checks of what this program never does: paying, linking accounts, and judging signatures.
"""

import asyncio
import http.client
import importlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import spck_conformance  # type: ignore[import-untyped] # it has no types

from tests.fakes.scripted_server import answer
from tests.fakes.shop_server import FakeShop
from tests.fakes.shopper import Shopper, a_shopper
from vrm_desktop.domain.checkout import Checkout, StopKind
from vrm_desktop.domain.money import Money
from vrm_desktop.services import choose_vendors, search_shop, shop_cart

BUNDLE = Path(spck_conformance.__file__).parent / "_bundle" / "conformance"
CLAIMED = {
    "agent.sends_ucp_agent",
    "agent.omits_ucp_on_request",
    "agent.omits_response_only_fields",
    "agent.omits_checkout_id",
    "agent.uses_json_content_type",
    "agent.paginates_by_has_next_page",
    "agent.sends_valid_search_input",
    "agent.line_items_create_not_complete",
    "agent.omits_discounts_on_request",
    "agent.no_autocomplete_mismatched_totals",
}
OPS = {"/catalog/search": "search", "/checkout-sessions": "create_checkout"}
SPELT = {"ucp-agent": "UCP-Agent", "content-type": "Content-Type"}
PROOF = """
import json, sys
sys.path.insert(0, sys.argv[1])
import agent_checks, run_agent
agent_checks.CHECKS[:] = [one for one in agent_checks.CHECKS if one.id in sys.argv[2:]]
print(json.dumps(run_agent.reference_gate()[0]))
"""
Log = list[dict[str, Any]]


@pytest.fixture
def suite(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], ModuleType]]:
    """The suite's own modules, which find each other by place."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(BUNDLE / "agent"))
    monkeypatch.syspath_prepend(str(BUNDLE))
    yield importlib.import_module
    for name in set(sys.modules) - before:
        if "spck_conformance" in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


@dataclass(slots=True, kw_only=True)
class Overheard(FakeShop):
    """Between the program and the sandbox: hands everything on, and writes it down as the suite wants it."""

    sandbox: str = ""
    log: Log = field(default_factory=list)

    def reply(self, request: bytes) -> bytes:
        head, _, raw = request.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        method, place, _ = first.split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in lines)}
        there = http.client.HTTPConnection(self.sandbox.removeprefix("http://"), timeout=5)
        there.request(method, place, body=raw or None, headers=headers)
        came = there.getresponse()
        body = came.read()
        there.close()
        told = json.loads(body)
        if place == "/.well-known/ucp":
            # The sandbox does not list the catalogue that it has; a program that reads would not ask for it.
            told["ucp"]["capabilities"] |= {f"dev.ucp.shopping.catalog.{one}": [{}] for one in ("search",)}
        cursor = raw and json.loads(raw).get("pagination", {}).get("cursor")
        op = "discover" if method == "GET" else "search_page" if cursor else OPS[place]
        self.log.append(
            {
                "op": op,
                "request": {
                    "method": method,
                    "path": place,
                    "headers": {SPELT.get(name, name): value for name, value in headers.items()},
                    "body": json.loads(raw) if raw else None,
                },
                "response": {"status": came.status, "body": told, "headers": dict(came.getheaders())},
            }
        )
        return answer(json.dumps(told).encode(), status=f"{came.status} X")


async def shops_there(shopper: Shopper) -> Checkout:
    """A search, and a checkout of something that the person saw."""
    means = shopper.person.means
    key, _ = await shopper.searches()
    (vendor,) = await choose_vendors.vendors(means)
    seen = search_shop.SeenThere(item="teapot", title="teapot", price=Money(minor=1_000, currency="USD"))
    hit = await search_shop.note_hit(means, key, vendor.id, seen)
    begun = await shop_cart.begin_cart(means, hit.id)
    await shopper.person.settle()
    return await shopper.now(begun)


@pytest.mark.parametrize("scenario", ["conformant", "mismatched_totals"])
def test_an_independent_suite_finds_no_deviation_in_what_is_claimed(
    tmp_path: Path, suite: Callable[[str], ModuleType], scenario: str
) -> None:
    sandbox, checks = suite("sandbox"), suite("agent_checks")

    async def job(base: str) -> Log:
        between = Overheard(sandbox=base)
        async with a_shopper(tmp_path / "home", between) as shopper:
            stood = await shops_there(shopper)
        sums = any(stop.kind is StopKind.SUMS for stop in stood.stops)
        return [{**one, "totals_mismatch": sums} for one in between.log]

    with sandbox.serve(scenario=scenario) as (base, server):
        log = asyncio.run(job(base))
        server.server_close()
    judged = {one.id: one.predicate(log) for one in checks.CHECKS if one.id in CLAIMED and one.scenario == scenario}
    assert judged == dict.fromkeys(judged, checks.CLEAN)
    assert {one["op"] for one in log} == {"discover", "search", "search_page", "create_checkout"}
    assert judged


@pytest.mark.long
def test_every_check_that_is_claimed_is_in_the_suite_and_bites() -> None:
    """The suite's own proof: each check passes a shopping program without fault, and fails one with just that fault."""
    command = (sys.executable, "-c", PROOF, str(BUNDLE / "agent"), *sorted(CLAIMED))
    ran = subprocess.run(command, capture_output=True, check=True, timeout=60)
    results = {one["id"]: (one["clean"], one["mutant"]) for one in json.loads(ran.stdout)}
    assert results == dict.fromkeys(CLAIMED, ("CLEAN", "DEVIATION"))
