"""A real Tryton beside the desk: lead, quotation, sale and the end, each as the shop's people would see it there."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tryton_environment import TrytonEnvironment

from tests.conftest import CHECKOUT
from tests.fakes.asking_person import DELIVERY, WANT, AskingPerson
from tests.fakes.connected_desk import ConnectedDesk, person_at
from tests.fakes.open_desk import sample_settings
from tests.fakes.tryton_server import PASSWORD, TrytonServer, decimal
from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.limits import Limits
from vrm_desktop.domain.kinds import State
from vrm_desktop.protocol.messages import Kept, Offer
from vrm_desktop.vendor.connectors.port import Event, Notes, Told
from vrm_desktop.vendor.connectors.settings import ConnectorKind, ConnectorSettings
from vrm_desktop.vendor.connectors.tryton import Tryton
from vrm_desktop.vendor.connectors.tryton_session import TrytonSession
from vrm_desktop.vendor.errors import ConnectorAway
from vrm_desktop.vendor.hand_acts import SignTerms
from vrm_desktop.vendor.rules import AnswerBy, AnswerRules
from vrm_desktop.vendor.settings import DeskSettings

Scene = Callable[[ConnectedDesk, Courier], Awaitable[None]]
PERSONAL = (*WANT.values(), *DELIVERY.values())


@pytest.fixture(scope="module")
def tryton(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TrytonServer]:
    """A Tryton that runs."""
    environment = TrytonEnvironment(folder=CHECKOUT / ".bootstrap" / "tryton", checkout=CHECKOUT)
    if not environment.is_whole():
        pytest.skip("needs a Tryton: packaging/bootstrap.py test --with-services")
    server = TrytonServer(environment, tmp_path_factory.mktemp("tryton"))
    try:
        yield server
    finally:
        server.remove()


def by_hand() -> DeskSettings:
    """The sample shop, where nothing but its people (or Tryton's) makes offers once the terms are signed."""
    return replace(sample_settings(), answers=AnswerRules(by=AnswerBy.HAND))


def play(folder: Path, tryton: TrytonServer, scene: Scene, *, shop: DeskSettings) -> None:
    async def run() -> None:
        settings = ConnectorSettings(
            name="crm", kind=ConnectorKind.TRYTON, url=tryton.url, user="desk", secret_file="-", values=True
        )
        async with Courier(Limits()) as courier:
            session = TrytonSession(tryton.url, user="desk", password=PASSWORD, courier=courier)
            connector = Tryton(session, shop=shop, now=lambda: desk.now)
            desk = ConnectedDesk(folder, connector, settings, shop=shop)
            try:
                await desk.start()
                assert await connector.check() == "Tryton lets the desk in"
                await scene(desk, courier)
            finally:
                await desk.close()

    asyncio.run(run())


def lead_of(tryton: TrytonServer, person: AskingPerson) -> int:
    (lead,) = tryton.seller.find("sale.opportunity", ["reference", "=", str(person.conversation.id)])
    return lead


def everything_in(tryton: TrytonServer) -> str:
    """Every value of every table, histories too, as one text."""
    with sqlite3.connect(f"file:{tryton.database}?mode=ro", uri=True) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [repr(row) for table in tables for row in connection.execute(f'SELECT * FROM "{table}"')]  # noqa: S608
    connection.close()
    return "\n".join(rows)


def quoted(tryton: TrytonServer, lead: int, *, price: str, pieces: int = 1) -> int:
    """What the shop's seller does: turns the lead into a sale, writes a line, and quotes it."""
    seller = tryton.seller
    seller.call("model.sale.opportunity.convert", [lead])
    (sale,) = seller.find("sale.sale", ["origin", "=", f"sale.opportunity,{lead}"])
    line = {"type": "line", "description": "Road bike, 54 cm", "quantity": pieces, "unit_price": decimal(price)}
    seller.call("model.sale.sale.write", [sale], {"lines": [["create", [line]]]})
    seller.call("model.sale.sale.quote", [sale])
    return sale


async def asked(desk: ConnectedDesk) -> AskingPerson:
    """Somebody whose terms were signed, and whose want was told."""
    person = person_at(desk)
    await desk.send(person, person.ping())
    if not person.heard:
        await desk.reception.act(str(person.conversation.id), SignTerms(), by="ada")
        await desk.listen(person)
    await desk.send(person, person.reveal())
    return person


def test_lead_quotation_sale_and_end(tryton: TrytonServer, tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, _courier: Courier) -> None:
        seller = tryton.seller
        person = person_at(desk)
        await desk.send(person, person.ping())
        await desk.tell_all()
        lead = lead_of(tryton, person)
        row = seller.read("sale.opportunity", lead, "state", "description", "party")
        assert (row["state"], row["party"]) == ("lead", None)
        assert row["description"].startswith("mobility.bicycle · frame_cm 53-55, type road · DE-NW")

        await desk.reception.act(str(person.conversation.id), SignTerms(), by="ada")
        await desk.listen(person)
        await desk.send(person, person.reveal())
        await desk.tell_all()
        row = seller.read("sale.opportunity", lead, "state", "party")
        assert row["state"] == "opportunity"
        party = row["party"]
        (note,) = seller.find("ir.note", ["resource", "=", f"sale.opportunity,{lead}"])
        assert seller.read("ir.note", note, "message")["message"] == f"{WANT['want.title']}\n{WANT['want.details']}"
        assert not any(value in everything_in(tryton) for value in DELIVERY.values())

        sale = quoted(tryton, lead, price="650.00")
        await desk.dispatch.listen()
        await desk.listen(person)
        offer = person.last()
        assert isinstance(offer, Offer)
        assert (offer.lines[0].title, person.total()) == ("Road bike, 54 cm", 65000)
        desk.later(seconds=31)
        await desk.dispatch.listen()
        await desk.listen(person)
        assert person.last() is offer

        await desk.send(person, person.accept())
        await desk.tell_all()
        await desk.listen(person)
        assert seller.read("sale.sale", sale, "state")["state"] in {"confirmed", "processing", "done"}
        assert seller.read("sale.opportunity", lead, "state")["state"] == "won"
        assert seller.read("party.party", party, "name")["name"] == "Ada Example"
        (address,) = seller.find("party.address", ["party", "=", party])
        where = seller.read("party.address", address, "street_unstructured", "postal_code")
        assert (where["street_unstructured"], where["postal_code"]) == ("Rheinweg 5", "50667")
        assert person.confirmed().hash

        await desk.send(person, person.end())
        await desk.tell_all()
        assert desk.open_desk.dossier(person).conversation.state is State.ENDED
        party_row = seller.read("party.party", party, "name", "active")
        assert (party_row["name"], party_row["active"]) == ("–", False)
        left = everything_in(tryton)
        assert [value for value in PERSONAL if value in left] == []
        assert seller.read("sale.sale", sale, "state")["state"] in {"confirmed", "processing", "done"}
        assert (await desk.waiting()).waiting == 0
        assert (await desk.waiting()).not_done == 0

    play(tmp_path, tryton, scene, shop=by_hand())


def test_an_offer_by_the_desks_own_rules_becomes_a_sale_and_keeps_what_must_be_kept(
    tryton: TrytonServer, tmp_path: Path
) -> None:
    async def scene(desk: ConnectedDesk, _courier: Courier) -> None:
        seller = tryton.seller
        person = await asked(desk)
        total = person.total()
        await desk.send(person, person.accept())
        await desk.tell_all()
        lead = lead_of(tryton, person)
        (sale,) = seller.find("sale.sale", ["origin", "=", f"sale.opportunity,{lead}"])
        row = seller.read("sale.sale", sale, "state", "total_amount")
        assert row["state"] in {"confirmed", "processing", "done"}
        assert row["total_amount"]["decimal"] == f"{total // 100}.{total % 100:02d}"
        party = seller.read("sale.sale", sale, "party")["party"]
        until = (desk.now + timedelta(days=90)).date().isoformat()
        await desk.send(person, person.end(Kept(what="order", why="law", until=until)))
        await desk.tell_all()
        assert seller.read("party.party", party, "name")["name"] == "Ada Example"
        assert seller.find("ir.note", ["resource", "=", f"sale.opportunity,{lead}"]) == []
        desk.later(days=91)
        await desk.reception.ask(lambda books: books.forget_expired(desk.now.date()))
        await desk.tell_all()
        assert seller.read("party.party", party, "name")["name"] == "–"
        assert not any(value in everything_in(tryton) for value in PERSONAL)

    play(tmp_path, tryton, scene, shop=sample_settings())


def test_an_end_before_any_order_loses_the_lead_and_cancels_what_was_quoted(
    tryton: TrytonServer, tmp_path: Path
) -> None:
    async def scene(desk: ConnectedDesk, _courier: Courier) -> None:
        quick, slow = await asked(desk), await asked(desk)
        await desk.tell_all()
        lead = lead_of(tryton, slow)
        sale = quoted(tryton, lead, price="10.00", pieces=2)
        await desk.dispatch.listen()
        await desk.listen(slow)
        offer = slow.offer()[1]
        assert (offer.lines[0].quantity, offer.lines[0].unit) == (2, 1000)
        for person in (quick, slow):
            await desk.send(person, person.withdraw())
        await desk.tell_all()
        assert tryton.seller.read("sale.opportunity", lead_of(tryton, quick), "state")["state"] == "lost"
        assert tryton.seller.read("sale.opportunity", lead, "state")["state"] == "lost"
        assert tryton.seller.read("sale.sale", sale, "state")["state"] == "cancelled"

    play(tmp_path, tryton, scene, shop=by_hand())


def test_telling_everything_twice_leaves_one_of_each(tryton: TrytonServer, tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, _courier: Courier) -> None:
        real, tell = desk.connector, desk.connector.tell
        person = await asked(desk)
        await desk.send(person, person.accept())

        async def twice(event: Event, notes: Notes) -> Told:
            await tell(event, {})
            return await tell(event, {})

        real.tell = twice  # type: ignore[method-assign]
        parties = len(tryton.seller.find("party.party"))
        await desk.tell_all()
        lead = lead_of(tryton, person)
        assert len(tryton.seller.find("party.party")) == parties + 1
        assert len(tryton.seller.find("sale.sale", ["origin", "=", f"sale.opportunity,{lead}"])) == 1
        assert len(tryton.seller.find("ir.note", ["resource", "=", f"sale.opportunity,{lead}"])) == 1

    play(tmp_path, tryton, scene, shop=sample_settings())


def test_a_tryton_that_is_away_delays_nothing_and_is_told_when_it_is_back(tryton: TrytonServer, tmp_path: Path) -> None:
    async def scene(desk: ConnectedDesk, _courier: Courier) -> None:
        tryton.stop()
        person = await asked(desk)
        assert person.total() > 0
        await desk.tell_all()
        standing = await desk.waiting()
        assert (standing.waiting, standing.set_aside) == (4, 0)
        assert standing.trouble
        tryton.start()
        desk.later(seconds=5)
        await desk.tell_all()
        assert tryton.seller.read("sale.opportunity", lead_of(tryton, person), "state")["state"] == "opportunity"

    play(tmp_path, tryton, scene, shop=sample_settings())


def test_a_wrong_password_keeps_everything_waiting(tryton: TrytonServer) -> None:
    async def run() -> None:
        async with Courier(Limits()) as courier:
            session = TrytonSession(tryton.url, user="desk", password="another", courier=courier)
            with pytest.raises(ConnectorAway, match="does not let this user in"):
                await session.call("model.party.party.search", [], 0, 1, None)

    asyncio.run(run())
