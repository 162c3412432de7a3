"""What there is to choose when a right is exercised: the law and why, the ways that there are, and the authority."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import Person, a_person
from vrm_desktop.domain.clocks import Regime
from vrm_desktop.domain.drp import DrpEntry
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.living import DataRight
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.rights_choice import AskWay, AuthorityReason, RegimeReason
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.services import (
    choose_vendors,
    exercise_rights,
    import_organisations,
    letter_folders,
    propose_authority,
    rights_ways,
)
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.exercise_rights import Asking
from vrm_desktop.services.import_organisations import ListKind
from vrm_desktop.services.ports import Transaction
from vrm_desktop.services.propose_authority import AuthorityChoice
from vrm_desktop.services.rights_ways import Askable

WORKS: dict[str, Any] = {
    "slug": "works",
    "relevant-countries": ["de"],
    "name": "Stadtwerke",
    "address": "Am Gaswerk 4\n50937 Köln\nDeutschland",
    "email": "datenschutz@works.example",
    "fax": "+49 221 1",
    "quality": "verified",
}
LAND = {"slug": "denrwldi", "name": "Landesbeauftragte NRW", "relevant-countries": ["de"], "address": "Düsseldorf"}
BAVARIA = {**LAND, "slug": "debaylda", "name": "Bayerisches Landesamt"}
AUSTRIA = {**LAND, "slug": "atdsb", "name": "Datenschutzbehörde", "relevant-countries": ["at"]}
SPAIN = {**LAND, "slug": "esaepa", "name": "Agencia", "relevant-countries": ["es"]}


def run(folder: Path, job: Callable[[Person], Awaitable[None]], *home: dict[FieldPath, str]) -> None:
    """Run `job` with a person of this profile who has taken in a list of one organisation."""

    async def body() -> None:
        async with a_person(folder / "home", MovingClock()) as person:
            for fields in home:
                await person.knows(fields)
            await taken(person, ListKind.COMPANIES, WORKS)
            await job(person)

    asyncio.run(body())


async def taken(person: Person, kind: ListKind, *entries: dict[str, Any]) -> None:
    data = "\n".join(json.dumps(one) for one in entries).encode()
    await import_organisations.import_list(person.means, kind, data, "list.jsonl")


async def listed(person: Person, **members: Any) -> Askable:
    """How the organisation of the list can be asked, with these members of its entry changed."""
    await taken(person, ListKind.COMPANIES, {**WORKS, **members})
    [one] = await rights_ways.askable(person.means, DataRight.ACCESS, entries=("works",))
    return one


HOME = {FieldPath.COUNTRY: "DE", FieldPath.LOCALITY: "München", FieldPath.NAME: "Ottilie"}


def test_the_ways_of_an_entry_are_known_before_it_becomes_a_counterparty(tmp_path: Path) -> None:
    async def job(person: Person) -> None:
        one = await listed(person)
        assert (one.name, one.regime, one.reason) == ("Stadtwerke", Regime.GDPR, RegimeReason.ITS_COUNTRY)
        assert (one.ways, one.usual) == (frozenset({AskWay.EMAIL, AskWay.POST, AskWay.FAX}), AskWay.EMAIL)
        one = await listed(person, email="", fax="", webform="https://works.example/form")
        assert (one.ways, one.usual) == (frozenset({AskWay.POST, AskWay.FORM}), AskWay.POST)
        assert await choose_vendors.vendors(person.means) == ()

    run(tmp_path, job, HOME)


def test_a_way_over_the_protocol_is_there_for_the_rights_that_it_knows(tmp_path: Path) -> None:
    async def job(person: Person) -> None:
        added = await choose_vendors.add_organisation(person.means, "Broker", OrganisationKind.OTHER)

        async def ways(right: DataRight) -> frozenset[AskWay]:
            [one] = await rights_ways.askable(person.means, right, (added.id,))
            return one.ways

        assert await ways(DataRight.ACCESS) == frozenset()
        entry = DrpEntry(
            id="broker", vendor=added.id, at=person.clock.now(), name="Broker", api_base="https://broker.example/drp"
        )
        await person.means.vault.write(lambda tx: tx.keep_paper(entry))
        assert await ways(DataRight.ERASURE) == {AskWay.DRP}
        assert await ways(DataRight.PORTABILITY) == frozenset()
        with pytest.raises(NotFound):
            await rights_ways.askable(person.means, DataRight.ACCESS, (VendorId("nobody"),))
        with pytest.raises(NotFound):
            await rights_ways.askable(person.means, DataRight.ACCESS, entries=("nobody",))

    run(tmp_path, job, HOME)


@pytest.mark.parametrize(
    ("fields", "regime", "reason"),
    [
        ({}, Regime.GDPR, RegimeReason.UNKNOWN),
        ({FieldPath.COUNTRY: "AT"}, Regime.GDPR, RegimeReason.YOUR_COUNTRY),
        ({FieldPath.COUNTRY: "US", FieldPath.REGION: "California"}, Regime.CCPA, RegimeReason.CALIFORNIA),
        ({FieldPath.COUNTRY: "US"}, Regime.NONE, RegimeReason.ELSEWHERE),
    ],
)
def test_the_law_is_proposed_with_its_reason(
    tmp_path: Path, fields: dict[FieldPath, str], regime: Regime, reason: RegimeReason
) -> None:
    async def job(person: Person) -> None:
        added = await choose_vendors.add_organisation(person.means, "Shop", OrganisationKind.SHOP)
        [one] = await rights_ways.askable(person.means, DataRight.ACCESS, (added.id,))
        assert (one.regime, one.reason) == (regime, reason)

    run(tmp_path, job, *([fields] if fields else []))


async def requested(person: Person) -> str:
    """A request to the organisation of the list."""
    key = await import_organisations.turn_to(person.means, "works")
    shelves = await letter_folders.shelves(person.means, "en")
    [made] = await exercise_rights.ask(person.means, (key,), Asking(right=DataRight.ACCESS), shelves)
    return made


def names(choice: AuthorityChoice) -> list[str]:
    return [one.id for one in choice.options]


@pytest.mark.parametrize(
    ("home", "address", "country", "reason", "proposed"),
    [
        (HOME, "1 Weg\n50937 Köln", "de", AuthorityReason.ITS_REGION, "denrwldi"),
        (HOME, "Hof", "de", AuthorityReason.YOUR_REGION, "debaylda"),
        ({FieldPath.COUNTRY: "DE", FieldPath.REGION: "Bayern"}, "Hof", "de", AuthorityReason.YOUR_REGION, "debaylda"),
        ({FieldPath.COUNTRY: "DE"}, "Hof", "de", None, ""),
        ({FieldPath.COUNTRY: "AT"}, "1 Weg\n50937 Köln", "de", AuthorityReason.YOUR_COUNTRY, "atdsb"),
        (HOME, "Calle 1\nMadrid", "es", AuthorityReason.YOUR_REGION, "debaylda"),
        ({FieldPath.COUNTRY: "FR"}, "Calle 1\nMadrid", "es", AuthorityReason.ITS_COUNTRY, "esaepa"),
        ({FieldPath.COUNTRY: "DE"}, "Frankfurt", "de", None, ""),
    ],
)  # fmt: skip
def test_an_authority_is_proposed_by_where_it_is_and_where_i_live(
    tmp_path: Path,
    home: dict[FieldPath, str],
    address: str,
    country: str,
    reason: AuthorityReason | None,
    proposed: str,
) -> None:
    async def job(person: Person) -> None:
        await listed(person, address=address, **{"relevant-countries": [country]})
        await taken(person, ListKind.AUTHORITIES, LAND, BAVARIA, AUSTRIA, SPAIN)
        found = await propose_authority.authorities(person.means, await requested(person))
        assert (found.reason, found.proposed.id if found.proposed is not None else "") == (reason, proposed)
        assert len(set(names(found))) == len(names(found)) >= 1

    run(tmp_path, job, {FieldPath.NAME: "Ottilie", **home})


def test_the_authority_of_an_earlier_complaint_stays_and_only_near_ones_are_offered(tmp_path: Path) -> None:
    async def job(person: Person) -> None:
        made = await requested(person)
        assert names(await propose_authority.authorities(person.means, made)) == []
        await taken(person, ListKind.AUTHORITIES, LAND, BAVARIA, AUSTRIA, SPAIN)
        assert names(await propose_authority.authorities(person.means, made)) == ["denrwldi", "debaylda"]
        to = await import_organisations.turn_to(person.means, "debaylda")

        def turn(tx: Transaction) -> None:
            tx.keep_paper(replace(exercise_rights.found(tx, made), authority=to))

        await person.means.vault.write(turn)
        found = await propose_authority.authorities(person.means, made)
        assert (found.reason, names(found)) == (AuthorityReason.CHOSEN, ["debaylda", "denrwldi"])
        with pytest.raises(NotFound):
            await propose_authority.authorities(person.means, "rights-none")

    run(tmp_path, job, HOME)


def test_where_neither_country_has_one_all_are_offered(tmp_path: Path) -> None:
    async def job(person: Person) -> None:
        await listed(person, address="Rue 1\nParis", **{"relevant-countries": ["fr"]})
        await taken(person, ListKind.AUTHORITIES, AUSTRIA, SPAIN)
        found = await propose_authority.authorities(person.means, await requested(person))
        assert (found.reason, names(found)) == (None, ["esaepa", "atdsb"])

    run(tmp_path, job, {FieldPath.NAME: "Ottilie", FieldPath.COUNTRY: "FR"})
