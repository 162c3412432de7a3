"""Verified offers. An offer's content never changes, only its state. Never lives here: ranking."""

from dataclasses import replace

from vrm_desktop.domain.ids import IntentcastId, MessageId, RelationshipId
from vrm_desktop.domain.offer import Offer, OfferState
from vrm_desktop.vault.connection import Row
from vrm_desktop.vault.errors import Conflict, NoSuchRecord, VaultDamaged
from vrm_desktop.vault.repositories.part import Part, to_body, to_record

_SELECT = "SELECT body, state FROM offers"


class OffersPart(Part):
    """Offers."""

    def save_offer(self, offer: Offer) -> None:
        """Keep a new offer. A repeat of a known one (whenever received) changes nothing, its state least of all.

        Raises Conflict for another content under the same id, or for a state that only `set_offer_state` may set.
        """
        known = self.offer(offer.id)
        if known is None:
            self._sql.execute(
                "INSERT INTO offers (id, relationship, intentcast, state, body) VALUES (?, ?, ?, ?, ?)",
                (offer.id, offer.relationship, offer.intentcast, offer.state, to_body(_content(offer))),
            )
        elif _content(replace(offer, received=known.received)) != _content(known):
            raise Conflict("another offer has this id")
        elif offer.state not in {OfferState.LIVE, known.state}:
            raise Conflict("the state of a known offer is set by itself")

    def set_offer_state(self, id: MessageId, state: OfferState) -> None:
        """Set where an offer stands. Raises NoSuchRecord."""
        if self._sql.execute("UPDATE offers SET state = ? WHERE id = ?", (state, id)) == 0:
            raise NoSuchRecord("there is no such offer")

    def offer(self, id: MessageId) -> Offer | None:
        """The offer, if it is known."""
        row = self._sql.one(f"{_SELECT} WHERE id = ?", (id,))
        return None if row is None else offer_of(row)

    def offers(
        self, intentcast: IntentcastId | None = None, relationship: RelationshipId | None = None
    ) -> tuple[Offer, ...]:
        """The offers for one cast, in one relationship, or all, in the order of arrival."""
        rows = self._rows(_SELECT, order="nth", intentcast=intentcast, relationship=relationship)
        return tuple(offer_of(row) for row in rows)


def _content(offer: Offer) -> Offer:
    return replace(offer, state=OfferState.LIVE)


def offer_of(row: Row) -> Offer:
    """The record in a row that has `body` and `state`. Raises VaultDamaged."""
    try:
        state = OfferState(row["state"])
    except ValueError as error:
        raise VaultDamaged("an offer's state is unknown") from error
    return replace(to_record(row["body"], Offer), state=state)
