"""Somebody as a party in Tryton: without a name at first, with one after an order, without one again in the end."""

from collections.abc import Mapping
from typing import Any

from vrm_desktop.domain.regions import Area
from vrm_desktop.vendor.connectors.tryton_session import TrytonSession

_PARTY, _ADDRESS, _CONTACT = "model.party.party", "model.party.address", "model.party.contact_mechanism"
_CONTACTS = {"profile.email": "email", "profile.phone": "phone"}
_EMPTY = dict.fromkeys(
    (
        *("street_unstructured", "street_name", "building_name", "building_number", "unit_number", "floor_number"),
        *("room_number", "post_box", "postal_code", "city", "party_name", "attn"),
    )
)
_FORGOTTEN = "–"


class TrytonParty:
    """The parties that this desk made."""

    def __init__(self, session: TrytonSession) -> None:
        self._session = session

    async def nameless(self, conversation: str, *, country: Area | None) -> int:
        """The party that stands for one conversation before there is a name."""
        name = f"Intentcast {conversation}"
        found = await self._session.call(f"{_PARTY}.search", [["name", "=", name]], 0, 1, None)
        if not found:
            address = {"country": await self._country(country.country)} if country is not None else {}
            found = await self._session.call(f"{_PARTY}.create", [{"name": name, "addresses": [["create", [address]]]}])
        party: int = found[0]
        return party

    async def name(self, party: int, given: Mapping[str, str]) -> None:
        """Write down what came with the order."""
        if "profile.name" in given:
            await self._session.call(f"{_PARTY}.write", [party], {"name": given["profile.name"]})
        address: dict[str, Any] = {
            field: given[name]
            for field, name in (
                ("street_unstructured", "profile.address.street"),
                ("postal_code", "profile.address.postcode"),
                ("city", "profile.address.locality"),
            )
            if name in given
        }
        if "profile.address.country" in given:
            address["country"] = await self._country(given["profile.address.country"])
        addresses = await self._ids(party, "addresses")
        if address and addresses:
            await self._session.call(f"{_ADDRESS}.write", addresses[:1], address)
        known = await self._ids(party, "contact_mechanisms")
        fresh = [
            {"party": party, "type": kind, "value": given[name]} for name, kind in _CONTACTS.items() if name in given
        ]
        if fresh and not known:
            await self._session.call(f"{_CONTACT}.create", fresh)

    async def forget(self, party: int) -> None:
        """Leave a party without anything that says who it was; what refers to it stays whole."""
        contacts = await self._ids(party, "contact_mechanisms")
        if contacts:
            await self._session.call(f"{_CONTACT}.delete", contacts)
        addresses = await self._ids(party, "addresses")
        if addresses:
            await self._session.call(f"{_ADDRESS}.write", addresses, _EMPTY)
        await self._session.call(f"{_PARTY}.write", [party], {"name": _FORGOTTEN, "active": False})

    async def _ids(self, party: int, field: str) -> list[int]:
        (row,) = await self._session.call(f"{_PARTY}.read", [party], [field])
        ids: list[int] = row[field] or []
        return ids

    async def _country(self, code: str) -> int | None:
        found = await self._session.call("model.country.country.search", [["code", "=", code]], 0, 1, None)
        return found[0] if found else None
