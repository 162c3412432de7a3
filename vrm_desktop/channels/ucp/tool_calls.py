"""Calls of a shop's tools: the same errands over the Model Context Protocol. Never what is in them.

The arguments leave exactly as they were handed in; the profile and the key stand in them already.
"""

from typing import Final

from vrm_desktop.canon.loose_json import Loose, read_loose
from vrm_desktop.channels.mcp.client import McpClient
from vrm_desktop.channels.mcp.errors import McpRefused
from vrm_desktop.channels.ucp.errors import unusable
from vrm_desktop.channels.ucp.proofs import Prover
from vrm_desktop.channels.ucp.signed_answers import worth
from vrm_desktop.courier.answers import Answer
from vrm_desktop.courier.client import Courier
from vrm_desktop.domain.shop import ShopCall, Signed
from vrm_desktop.formats.ucp.members import counted
from vrm_desktop.services.ports import ChannelError, Clock, PageSigner
from vrm_desktop.services.ports_outside import ShopAnswer

_OF_MCP: Final = {"mcp-login": "shop-not-admitted", "mcp-not-here": "shop-gone", "mcp-moved": "shop-moved"}
_REFUSALS: Final = "shop-refused"


async def carry(courier: Courier, call: ShopCall, clock: Clock, signer: PageSigner | None = None) -> ShopAnswer:
    """Make the call, every request of it signed where there is a signer. Raises `ChannelError`."""
    arguments = read_loose(call.body)
    if not isinstance(arguments, dict):
        raise ChannelError("request-refused", "no arguments", may_have_arrived=False, final=True)
    prove = None if signer is None else Prover(signer, call.profile, clock)
    heard: list[Answer] = []
    client = McpClient(courier, call.line, call.endpoint.address, clock, prove=prove, witness=heard.append)
    # Whoever signs names the key that lets it take effect once beside the text as well, where the protocol demands it.
    named = {"idempotency-key": call.key} if prove is not None and call.errand.cancels else {}
    try:
        await client.open()
        heard.clear()
        result = await client.call(call.errand.value, arguments, headers=named)
    except McpRefused as error:
        told = error.data if isinstance(error.data, dict) else {}
        if not counted(told, "messages"):
            raise ChannelError(_REFUSALS, str(error), may_have_arrived=True, final=True) from error
        return ShopAnswer(status=None, told=told, text=error.message, refused=True, signed=_worth(heard, call))
    except ChannelError as error:
        code = _OF_MCP.get(error.code, error.code)
        raise ChannelError(
            code,
            str(error),
            may_have_arrived=error.may_have_arrived,
            final=error.final,
            retry_after=error.retry_after,
        ) from error
    finally:
        await client.close()
    if result.structured is None:
        if result.is_error:
            raise ChannelError(_REFUSALS, result.text[:200], may_have_arrived=True, final=True)
        raise unusable("no data in the answer of the tool")
    told = unwrapped(result.structured)
    return ShopAnswer(status=None, told=told, text=result.text, refused=result.is_error, signed=_worth(heard, call))


def _worth(heard: list[Answer], call: ShopCall) -> Signed:
    """Of an answer that came in pieces nothing is known here that could be judged."""
    return worth(heard[-1], call.keys) if heard else Signed.NONE


def unwrapped(told: dict[str, Loose]) -> dict[str, Loose]:
    """Some servers put the answer under the name of what it is."""
    if "ucp" not in told:
        for name in ("checkout", "cart", "order", "response", "result"):
            within = told.get(name)
            if len(told) == 1 and isinstance(within, dict):
                return within
    return told
