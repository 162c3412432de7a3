"""A desk that is killed while it tells a webhook something loses nothing, and tells nothing that counts twice."""

import base64
import json
from datetime import UTC, datetime
from pathlib import Path

import httpx
from standardwebhooks.webhooks import Webhook as Verifier

from tests.fakes.asking_person import AskingPerson
from tests.fakes.vendor_process import Caller, serving
from tests.fakes.webhook_catcher import WebhookCatcher
from vrm_desktop.domain.ids import Kid

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()


def test_killed_while_telling_the_desk_tells_the_rest_in_order(
    full_shelves: Path, tmp_path: Path, http: httpx.Client
) -> None:
    catcher = WebhookCatcher(silent=1)
    (full_shelves / "hook.secret").write_text(SECRET)
    with (full_shelves / "desk.toml").open("a", encoding="utf-8") as settings:
        settings.write(
            f'\n[[connectors]]\nname = "hook"\nkind = "webhook"\nurl = "{catcher.url}"\n'
            'secret_file = "hook.secret"\npatience_seconds = 5\n'
        )
    try:
        with serving(full_shelves) as desk:
            caller = Caller(desk.url, http)
            person = AskingPerson(vendor=Kid(caller.card["key"]), now=datetime.now(UTC))
            caller.exchange(person, person.ping())
            catcher.wait_for(1)
            caller.exchange(person, person.reveal())  # the wire goes on while the webhook is silent
            desk.kill()
        with serving(full_shelves):
            caught = catcher.wait_for(5, seconds=120)
    finally:
        catcher.close()
    payloads = [Verifier(SECRET).verify(each.body, each.headers) for each in caught]
    assert [payload["type"] for payload in payloads] == [
        f"intentcast.{kind}" for kind in ("ping", "ping", "terms-answer", "reveal", "offer")
    ]
    ids = [each.headers["webhook-id"] for each in caught]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 4
    assert ids[0] == person.sent[0].message_id
    assert caught[0].body == caught[1].body or json.loads(caught[1].body)["data"]["conversation"] == ids[0]
