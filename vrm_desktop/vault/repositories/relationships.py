"""Relationships and where their conversations are. Never lives here: keys (`identities`) and messages (`journal`)."""

from vrm_desktop.domain.ids import IntentcastId, RelationshipId
from vrm_desktop.domain.relationship import Relationship
from vrm_desktop.vault.repositories.part import Part, to_body


class RelationshipsPart(Part):
    """Relationships."""

    def save_relationship(self, relationship: Relationship) -> None:
        """Keep the relationship in its present form."""
        self._sql.execute(
            "INSERT INTO relationships (id, vendor, intentcast, body) VALUES (?, ?, ?, ?) ON CONFLICT (id)"
            " DO UPDATE SET vendor = excluded.vendor, intentcast = excluded.intentcast, body = excluded.body",
            (relationship.id, relationship.vendor, relationship.intentcast, to_body(relationship)),
        )

    def relationship(self, id: RelationshipId) -> Relationship | None:
        """The relationship, if it is known."""
        return self._record(self._sql.one("SELECT body FROM relationships WHERE id = ?", (id,)), Relationship)

    def relationships(self, intentcast: IntentcastId | None = None) -> tuple[Relationship, ...]:
        """Every relationship, or those of one cast, in the order of making."""
        rows = self._rows("SELECT body FROM relationships", order="nth", intentcast=intentcast)
        return self._records(rows, Relationship)
