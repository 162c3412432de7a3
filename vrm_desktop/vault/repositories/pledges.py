"""Pledged disclosures: the salted texts behind a ping's digests, until they are revealed or erased.

Never lives here: making salts, or what a vendor may learn.
"""

from collections.abc import Mapping
from types import MappingProxyType

from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.vault.repositories.part import Part


class PledgesPart(Part):
    """Pledges."""

    def pledge(self, relationship: RelationshipId, texts: Mapping[str, str]) -> None:
        """Make exactly these the relationship's pledges (text by name); none at all lets go of them."""
        with self._as_one():
            self._sql.execute("DELETE FROM pledges WHERE relationship = ?", (relationship,))
            for name, text in texts.items():
                self._sql.execute(
                    "INSERT INTO pledges (relationship, name, text) VALUES (?, ?, ?)", (relationship, name, text)
                )

    def pledges(self, relationship: RelationshipId) -> Mapping[str, str]:
        """The relationship's pledges: text by name."""
        rows = self._rows("SELECT name, text FROM pledges", order="name", relationship=relationship)
        return MappingProxyType({str(name): str(text) for name, text in rows})
