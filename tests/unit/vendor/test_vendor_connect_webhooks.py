"""Signed webhooks as an independent library verifies them; refusals and absences told apart."""

import asyncio
import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from nacl.signing import VerifyKey
from standardwebhooks.webhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from tests.fakes.connected_desk import ConnectedDesk, person_at
from tests.fakes.webhook_catcher import Caught, WebhookCatcher
from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.limits import Limits
from vrm_desktop.protocol.signing import SeedSigner
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.vendor.connectors.opening import open_connector
from vrm_desktop.vendor.connectors.settings import ConnectorKind, ConnectorSettings
from vrm_desktop.vendor.connectors.signatures import WebhookSigner
from vrm_desktop.vendor.connectors.webhook import Webhook
from vrm_desktop.vendor.errors import BadSettings, ConnectorAway, ConnectorRefused
from vrm_desktop.vendor.settings import DeskSettings

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()


@pytest.fixture
def catcher() -> Iterator[WebhookCatcher]:
    """A program that catches."""
    catching = WebhookCatcher()
    yield catching
    catching.close()


def hook(*, values: bool = False) -> ConnectorSettings:
    return ConnectorSettings(
        name="hook", kind=ConnectorKind.WEBHOOK, url="https://shop.example/", secret_file="hook.secret", values=values
    )


def caught_of_an_order(folder: Path, catcher: WebhookCatcher, *, values: bool, secret: str = SECRET) -> list[Caught]:
    async def run() -> None:
        async with Courier(Limits()) as courier:
            webhook = Webhook(catcher.url, WebhookSigner(secret), courier, now=lambda: datetime.now(UTC))
            desk = ConnectedDesk(folder, webhook, hook(values=values))
            try:
                await desk.start()
                person = person_at(desk)
                for build in (person.ping, person.reveal, person.accept, person.end):
                    await desk.send(person, build())
                await desk.tell_all()
                assert (await desk.waiting()).waiting == 0
            finally:
                await desk.close()

    asyncio.run(run())
    return catcher.caught


@pytest.mark.parametrize("values", [False, True])
def test_every_delivery_is_verified_by_another_library_and_fits_the_schema(
    tmp_path: Path, catcher: WebhookCatcher, *, values: bool
) -> None:
    schema = json.loads((resources_folder() / "schema" / "webhook.json").read_bytes())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    deliveries = caught_of_an_order(tmp_path, catcher, values=values)
    kinds = []
    for each in deliveries:
        payload = Verifier(SECRET).verify(each.body, each.headers)
        validator.validate(payload)
        kinds.append(payload["type"].removeprefix("intentcast."))
    assert kinds == ["ping", "terms-answer", "reveal", "offer", "accept", "confirmation", "status", "end", "closure"]
    assert len({each.headers["webhook-id"] for each in deliveries}) == len(deliveries)
    assert all(each.headers["content-type"] == "application/json" for each in deliveries)
    given = [json.loads(each.body)["data"].get("given") for each in deliveries]
    assert given == [None] * len(deliveries)  # told after the end, when nothing is held any more


def test_a_changed_byte_is_not_verified(tmp_path: Path, catcher: WebhookCatcher) -> None:
    first = caught_of_an_order(tmp_path, catcher, values=False)[0]
    with pytest.raises(WebhookVerificationError):
        Verifier(SECRET).verify(first.body.replace(b"ping", b"pong"), first.headers)


def test_an_ed25519_secret_signs_with_a_key_that_others_verify(tmp_path: Path, catcher: WebhookCatcher) -> None:
    seed = bytes(range(32))
    first = caught_of_an_order(tmp_path, catcher, values=False, secret="whsk_" + base64.b64encode(seed).decode())[0]
    version, _, signature = first.headers["webhook-signature"].partition(",")
    assert version == "v1a"
    kid = SeedSigner(seed).kid
    key = VerifyKey(base64.urlsafe_b64decode(kid + "="))
    content = f"{first.headers['webhook-id']}.{first.headers['webhook-timestamp']}.".encode() + first.body
    assert key.verify(content, base64.b64decode(signature)) == content


@pytest.mark.parametrize(
    ("status", "error"),
    [(204, None), (200, None), (400, ConnectorRefused), (404, ConnectorRefused), (301, ConnectorRefused)]
    + [(500, ConnectorRefused)]
    + [(status, ConnectorAway) for status in (410, 429, 502, 503, 504)],
)
def test_refusals_and_absences_are_told_apart(
    catcher: WebhookCatcher, status: int, error: type[Exception] | None
) -> None:
    catcher.status = status

    async def check() -> str:
        async with Courier(Limits()) as courier:
            return await Webhook(catcher.url, WebhookSigner(SECRET), courier, now=lambda: datetime.now(UTC)).check()

    if error is None:
        assert asyncio.run(check()) == "the trial was taken"
        Verifier(SECRET).verify(catcher.caught[0].body, catcher.caught[0].headers)
    else:
        with pytest.raises(error, match=str(status)):
            asyncio.run(check())


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "hunter2hunter2",
        "whsec_",
        "whsec_???",
        "whsec_" + base64.b64encode(b"short").decode(),
        "whsk_QUJD",
        "whpk_QUJD",
    ],
)
def test_a_secret_that_is_none_is_refused_without_repeating_it(secret: str) -> None:
    with pytest.raises(BadSettings) as caught:
        WebhookSigner(secret)
    assert "hunter2" not in str(caught.value)
    assert base64.b64encode(b"short").decode() not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("http://shop.example/hook", False),
        ("https://10.0.0.8/hook", False),
        ("https://crm.local/hook", False),
        ("http://10.0.0.8/hook", True),
        ("ftp://shop.example/hook", True),
    ],
)
def test_a_webhook_goes_by_https_or_stays_on_this_computer(tmp_path: Path, url: str, *, own: bool) -> None:
    (tmp_path / "hook.secret").write_text(SECRET)
    settings = ConnectorSettings(
        name="hook", kind=ConnectorKind.WEBHOOK, url=url, secret_file="hook.secret", own_network=own
    )
    with pytest.raises(BadSettings):
        open_connector(settings, shop=DeskSettings(name="Shop"), folder=tmp_path, now=lambda: datetime.now(UTC))


@pytest.mark.parametrize(
    ("url", "own"),
    [("http://127.0.0.1:9999/hook", False), ("https://10.0.0.8/", True), ("https://shop.example/", False)],
)
def test_these_addresses_can_be_opened(tmp_path: Path, url: str, *, own: bool) -> None:
    (tmp_path / "hook.secret").write_text(SECRET)
    settings = ConnectorSettings(
        name="hook", kind=ConnectorKind.WEBHOOK, url=url, secret_file="hook.secret", own_network=own
    )

    async def run() -> None:
        opened = open_connector(
            settings, shop=DeskSettings(name="Shop"), folder=tmp_path, now=lambda: datetime.now(UTC)
        )
        assert (await opened.listen("mark")).bookmark == "mark"
        await opened.close()

    asyncio.run(run())
