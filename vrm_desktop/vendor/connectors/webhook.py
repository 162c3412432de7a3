"""Signed webhooks after Standard Webhooks: every event posted to one address of the shop's. Hears nothing."""

from collections.abc import Callable
from datetime import datetime

from vrm_desktop.canon import strict_json
from vrm_desktop.courier.client import Courier
from vrm_desktop.vendor.connectors.payload import event_json
from vrm_desktop.vendor.connectors.port import Event, Heard, Notes, Told
from vrm_desktop.vendor.connectors.signatures import WebhookSigner
from vrm_desktop.vendor.errors import ConnectorAway, ConnectorRefused

_AWAY = frozenset({408, 410, 425, 429, 502, 503, 504})
_MOST_ANSWER = 64 * 1024


class Webhook:
    """One address (fits `Connector`). `webhook-id` is the event's id: whoever saw it before ignores it."""

    def __init__(self, url: str, signer: WebhookSigner, courier: Courier, *, now: Callable[[], datetime]) -> None:
        self._url = url
        self._signer = signer
        self._courier = courier
        self._now = now

    async def tell(self, event: Event, notes: Notes) -> Told:  # noqa: ARG002 - the port's shape
        """Post the event; any 2xx takes it."""
        await self._post(event.id, event_json(event))
        return Told()

    async def listen(self, bookmark: str) -> Heard:
        """Webhooks go one way."""
        return Heard(bookmark=bookmark)

    async def check(self) -> str:
        """Post a signed trial."""
        at = self._now()
        body = strict_json.encode(
            {"type": "intentcast.trial", "timestamp": at.strftime("%Y-%m-%dT%H:%M:%SZ"), "data": {}}
        )
        await self._post(f"trial-{int(at.timestamp())}", body)
        return "the trial was taken"

    async def close(self) -> None:
        """Hang up."""
        await self._courier.close()

    async def _post(self, identity: str, body: bytes) -> None:
        headers = self._signer.headers(identity, body, seconds=int(self._now().timestamp()))
        answer = await self._courier.line("webhook").post_json(
            self._url, body, headers=headers, answer_bytes=_MOST_ANSWER
        )
        if answer.status in _AWAY:
            raise ConnectorAway(f"answers {answer.status}")
        if not 200 <= answer.status < 300:
            raise ConnectorRefused(f"answers {answer.status}")
