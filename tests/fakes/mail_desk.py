"""A person whose want is out, and a vendor that answers it by mail: offers read, confirmed, and looked at."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import PROFILE, WANT, a_person
from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.mail_offer import MailWarning
from vrm_desktop.domain.offer import Offer
from vrm_desktop.domain.vendor import Counterparty, OrganisationKind
from vrm_desktop.services import (
    choose_vendors,
    confirm_mail_offer,
    keep_profile,
    read_mail,
    say_what_i_want,
)
from vrm_desktop.services.means import Means

TEXT = """Guten Tag,

das Rad kostet 699,00 €, Versand 19,00 €, zusammen 718,00 €. Das Angebot ist bis 3.12.2026 gültig.
Lieferzeit: 3 Werktage. 14 Tage Rückgaberecht, 12 Monate Gewährleistung.
"""
BANK = TEXT + "\nBitte zahlen Sie auf DE89 3704 0044 0532 0130 00.\n"


def mail(text: str = TEXT, **heads: str) -> bytes:
    made = {
        "From": "Radladen <info@radladen.example>",
        "To": "ottilie@zwiebelfisch.example",
        "Subject": "Ihre Anfrage",
        "Date": "Mon, 23 Nov 2026 08:00:00 +0000",
        "Message-ID": "<1@radladen.example>",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    lines = [f"{name}: {value}" for name, value in (made | {n.replace("_", "-"): v for n, v in heads.items()}).items()]
    return ("\r\n".join(lines) + "\r\n\r\n" + text.replace("\n", "\r\n")).encode()


class Desk:
    """A person with a want that is out, and a vendor known by its address."""

    def __init__(self, means: Means, clock: MovingClock, want: IntentcastId, vendor: Counterparty) -> None:
        self.means, self.clock, self.want, self.vendor = means, clock, want, vendor

    async def proposed(self, data: bytes) -> str:
        taken = await read_mail.take_in(self.means, data, vendor=self.vendor.id)
        return (await confirm_mail_offer.propose(self.means, taken.mail.id, self.want)).id

    async def confirmed(self, key: str, seen: frozenset[MailWarning] = frozenset(), **corrected: object) -> Offer:
        one = (await confirm_mail_offer.proposal(self.means, key)).proposal
        values = confirm_mail_offer.as_read(self.means, one, **corrected)
        return await confirm_mail_offer.confirm(self.means, key, values, seen)

    async def offer(self, key: str) -> Offer:
        return next(one for one in await self.offers() if one.id == key)

    async def offers(self) -> tuple[Offer, ...]:
        return await self.means.vault.read(lambda tx: tx.offers(intentcast=self.want))


def at_the_desk(folder: Path, look: Callable[[Desk], Awaitable[None]]) -> None:
    async def run() -> None:
        clock = MovingClock()
        async with a_person(folder, clock) as person:
            means = person.means
            for path, value in PROFILE.items():
                await keep_profile.set_field(means, path, value)
            want = await say_what_i_want.save_want(means, WANT)
            vendor = await choose_vendors.add_organisation(means, "Radladen", OrganisationKind.SHOP)
            vendor = replace(vendor, email="info@radladen.example", languages=("de",))
            out = replace(want, state=IntentcastState.CAST)
            await means.vault.write(lambda tx: tx.save_vendor(vendor))
            await means.vault.write(lambda tx: tx.save_intentcast(out))
            await look(Desk(means, clock, want.id, vendor))

    asyncio.run(run())
