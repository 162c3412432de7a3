"""A way to reach vendors that reaches nobody: it answers as a test says, and remembers what it was asked to carry.

For what services do with a channel's answers; the native channel has tests over real HTTP.
"""

# ruff: noqa: ARG002 - the names are the port's

from collections.abc import Callable
from dataclasses import dataclass, field

from vrm_desktop.domain.ids import Kid
from vrm_desktop.domain.signals import VendorSignal
from vrm_desktop.domain.vendor import VendorCard
from vrm_desktop.services.ports import ChannelError, Delivered, Inbound


def unreached(code: str = "connect-failed", *, maybe: bool = False, final: bool = False) -> ChannelError:
    """Nobody there."""
    return ChannelError(code, may_have_arrived=maybe, final=final)


@dataclass(slots=True, kw_only=True)
class QuietChannel:
    """`trouble` is raised by every attempt; with None everything is taken and nothing ever comes back."""

    trouble: Callable[[], ChannelError] | None = unreached
    carried: list[bytes] = field(default_factory=list)

    async def fetch_card(self, url: str, *, pinned: Kid | None, last_serial: int | None) -> tuple[VendorCard, bytes]:
        raise unreached()

    async def read_signals(self, address: str, leaving: object) -> tuple[VendorSignal, ...]:
        return ()

    async def open(self, endpoint: str, envelope: bytes, *, line: str) -> Delivered:
        return self._carry(envelope, "https://shop.example/conversation")

    async def post(self, address: str, envelope: bytes, *, line: str) -> Delivered:
        return self._carry(envelope, "")

    async def fetch(
        self, address: str, *, secret: str, side: str, after: tuple[int, int], wait: int, line: str
    ) -> Inbound:
        if self.trouble is not None:
            raise self.trouble()
        return Inbound(messages=(), more=False, retry_after=None)

    def _carry(self, envelope: bytes, address: str) -> Delivered:
        self.carried.append(envelope)
        if self.trouble is not None:
            raise self.trouble()
        return Delivered(address=address, retry_after=None)
