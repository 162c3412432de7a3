"""The native channel with somebody watching: before bytes leave, every value in them must stand in the ledger."""

from tests.fakes.people import Person
from vrm_desktop.domain.disclosure import LedgerRow
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.receiving import decode_again
from vrm_desktop.services.ports import Channel, Delivered


class Unrecorded(AssertionError):
    """Something was about to leave that is not in the ledger."""


class WatchingChannel:
    """Looks into the vault before it hands anything on. `seen` are the values that left, `kinds` the messages."""

    def __init__(self, channel: Channel, person: Person) -> None:
        self._channel, self._person = channel, person
        self.seen: list[str] = []
        self.kinds: list[str] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self._channel, name)

    async def open(self, endpoint: str, envelope: bytes, *, line: str) -> Delivered:
        await self._look(envelope)
        return await self._channel.open(endpoint, envelope, line=line)

    async def post(self, address: str, envelope: bytes, *, line: str) -> Delivered:
        await self._look(envelope)
        return await self._channel.post(address, envelope, line=line)

    async def _look(self, data: bytes) -> None:
        envelope = Envelope.from_bytes(data)
        rows = await self._person.means.vault.read(
            lambda tx: [row for row in tx.ledger() if row.message == envelope.message_id]
        )
        kids = await self._person.means.vault.read(
            lambda tx: [kid for one in tx.relationships() for kid in one.conversation.own_kids]
        )
        message = decode_again(envelope.jws, tuple(kids))
        self.kinds.append(type(message).__name__)
        _check(message, tuple(map(Disclosure.from_text, envelope.disclosures)), rows)
        self.seen += [row.value for row in rows]


def _check(message: messages.AnyMessage, beside: tuple[Disclosure, ...], rows: list[LedgerRow]) -> None:
    recorded = {(row.name, row.value) for row in rows}
    for one in beside:
        if (one.name, one.value) not in recorded:
            raise Unrecorded(one.name)
    if isinstance(message, messages.Ping) and ("category", message.category) not in recorded:
        raise Unrecorded("category")
