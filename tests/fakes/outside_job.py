"""One want, asked by one way beyond our own wire through the program's own wiring, in a process that may be killed.

Every run begins where the home stands, as a person's next start would. Never here: killing.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path

from tests.fakes.outside_program import Others
from tests.fakes.people import PROFILE, WANT
from tests.fakes.vault_parts import CHEAP_KDF
from vrm_desktop.courier.wire import Wire
from vrm_desktop.domain.contact_details import ContactDetails
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.mail_account import MailAccount, MailBox, MailSecurity
from vrm_desktop.domain.outside import OutsideAct
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.domain.ways import Way
from vrm_desktop.formats.quote_desk_profile import read_profile
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.services import (
    choose_vendors,
    collect_offers,
    find_shop,
    keep_counterparty,
    keep_desks,
    keep_profile,
    mail_account,
    outside_acts,
    say_what_i_want,
    send_intentcast,
)
from vrm_desktop.services.means import Means
from vrm_desktop.wiring import Home

PHRASE = "four calm herons wading"
_ROUNDS = 400


def prepare(home: Path, way: Way, there: Others) -> None:
    """A home with a profile, one vendor, a want and its confirmed plan; nothing has left."""
    house = Home(kdf=CHEAP_KDF)
    house.create(home, PHRASE)

    async def body() -> None:
        async with house.open(home, PHRASE) as opened:
            means = opened.means
            for path, value in PROFILE.items():
                await keep_profile.set_field(means, path, value)
            vendor = await _vendor(means, way, there)
            key = (await say_what_i_want.save_want(means, WANT)).id
            await choose_vendors.confirm_plan(means, await choose_vendors.plan(means, key, (vendor,), {vendor: way}))

    asyncio.run(body())


async def _vendor(means: Means, way: Way, there: Others) -> VendorId:
    if way is Way.UCP:
        await find_shop.set_own_page(means, "https://somebody.example/ucp/{edition}.json")
        return (await find_shop.find_shop_at(means, f"http://127.0.0.1:{there.shop}")).id
    details = ContactDetails(
        name="Rad & Tat", kind=OrganisationKind.SHOP, email="laden@rad.example" if way is Way.MAIL else "", country="DE"
    )
    vendor = (await keep_counterparty.add(means, details))[0].id
    if way is Way.MCP:
        profile = read_profile((resources_folder() / "quote_desks" / "cintra-supply.json").read_bytes())
        await keep_desks.add(means, vendor, f"http://127.0.0.1:{there.desk}/mcp", profile)
    else:
        box = MailBox(host="127.0.0.1", port=there.mail, security=MailSecurity.NONE)
        await mail_account.set_account(means, MailAccount(address="me@mail.example", sends=box))
    return vendor


def ask(home: Path, on_io: Callable[[str], None] | None = None) -> None:
    """Cast, and go on until nothing waits to leave any more. Lines of mail servers are moments, too."""
    if on_io is not None:
        _notice_writing(on_io)

    async def body() -> None:
        async with Home(kdf=CHEAP_KDF, on_io=on_io).open(home, PHRASE) as opened:
            means = opened.means
            for _ in range(_ROUNDS):
                (want,) = await say_what_i_want.wants(means)
                if want.state is IntentcastState.DRAFT:
                    await send_intentcast.cast(means, want.id, pause=0.0, spread=0.0)
                await collect_offers.sync_once(means, opened.exchange)
                acts = await means.vault.read(lambda tx: tx.papers(OutsideAct))
                if acts and not any(act.state in outside_acts.OPEN for act in acts):
                    return
                await asyncio.sleep(0.01)
            raise AssertionError("the job does not come to an end")

    asyncio.run(body())


def _notice_writing(on_io: Callable[[str], None]) -> None:
    """Tell of all that is written to a connection; for a process that ends afterwards."""
    send = Wire.send

    def noticed(self: Wire, data: bytes) -> None:
        on_io("about-to-write")
        send(self, data)
        on_io("written")

    Wire.send = noticed  # type: ignore[method-assign] # nothing else runs in this process
