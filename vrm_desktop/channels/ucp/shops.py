"""Shops over the courier: one call, or the pages of one search. Carries exactly the text that it is handed.

Never here: what may be asked (the plan and the ledger come first), what an answer means, and any second try of a call
that may have taken effect.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

from vrm_desktop.channels.ucp import plain_calls, tool_calls
from vrm_desktop.courier.client import Courier
from vrm_desktop.domain.shop import ShopCall, Transport
from vrm_desktop.formats.ucp.catalogue import catalogue_from
from vrm_desktop.formats.ucp.writing import next_page
from vrm_desktop.services.ports import ChannelError, Clock, PageSigner
from vrm_desktop.services.ports_outside import ShopAnswer

Pause = Callable[[float], Awaitable[None]]
MOST_PAGES: Final = 5
MOST_ITEMS: Final = 250
BETWEEN_PAGES: Final = 1.0


class UcpShops:
    """The port `Shops`. `pause` waits between the pages of one search."""

    def __init__(self, courier: Courier, clock: Clock, *, pause: Pause = asyncio.sleep) -> None:
        self._courier = courier
        self._clock = clock
        self._pause = pause

    async def call(self, call: ShopCall, signer: PageSigner | None = None) -> ShopAnswer:
        """One call, signed where there is a signer. A shop that says why it does not do it has answered, too."""
        match call.endpoint.transport:
            case Transport.REST:
                return await plain_calls.carry(self._courier.line(call.line), call, self._clock, signer)
            case Transport.MCP:
                return await tool_calls.carry(self._courier, call, self._clock, signer)

    async def search(self, call: ShopCall, signer: PageSigner | None = None) -> tuple[ShopAnswer, ...]:
        """A search and its further pages, one after the other, until there are no more or it is enough.

        Pages after the first are a help: one that fails ends the search, and what came before it counts.
        """
        answers = [await self.call(call, signer)]
        seen: set[str] = set()
        found = 0
        while len(answers) < MOST_PAGES:
            page = catalogue_from(answers[-1].told)
            found += len(page.items)
            if not page.cursor or page.cursor in seen or found >= MOST_ITEMS:
                break
            seen.add(page.cursor)
            await self._pause(BETWEEN_PAGES)
            try:
                further = replace(call, body=next_page(call.body, page.cursor), key="")
                answers.append(await self.call(further, signer))
            except ChannelError:
                break
        return tuple(answers)
