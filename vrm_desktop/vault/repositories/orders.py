"""Orders: accepted offers as both sides signed them, as stored bytes. Never lives here: paying."""

from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.relationship import OrderRecord
from vrm_desktop.vault.errors import Conflict
from vrm_desktop.vault.repositories.part import Part, to_body


class OrdersPart(Part):
    """Orders."""

    def save_order(self, order: OrderRecord) -> None:
        """Keep the order in its present form. Raises Conflict if the relationship has an order of another offer."""
        changed = self._sql.execute(
            "INSERT INTO orders (relationship, offer, body) VALUES (?, ?, ?) ON CONFLICT (relationship)"
            " DO UPDATE SET body = excluded.body WHERE offer = excluded.offer",
            (order.relationship, order.offer, to_body(order)),
        )
        if changed == 0:
            raise Conflict("the relationship has an order of another offer")

    def order(self, relationship: RelationshipId) -> OrderRecord | None:
        """The relationship's order, if it has one."""
        row = self._sql.one("SELECT body FROM orders WHERE relationship = ?", (relationship,))
        return self._record(row, OrderRecord)

    def orders(self) -> tuple[OrderRecord, ...]:
        """Every order, in the order of placing."""
        return self._records(self._rows("SELECT body FROM orders", order="nth"), OrderRecord)
