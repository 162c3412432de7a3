"""The pairwise identities: one random seed and one read secret per relationship.

Seeds leave only as a Signer, which dies when the vault closes. Never lives here: making seeds.
"""

from vrm_desktop.domain.ids import Kid, RelationshipId
from vrm_desktop.vault.connection import Row
from vrm_desktop.vault.errors import NoSuchRecord
from vrm_desktop.vault.repositories.part import Part
from vrm_desktop.vault.signer import Signer


class IdentitiesPart(Part):
    """Keys and read secrets."""

    def new_identity(self, id: RelationshipId, seed: bytes, read_secret: str) -> Kid:
        """Keep a relationship's identity and return its public key; a repeat changes nothing.

        `seed` has 32 random bytes. Raises Conflict if the relationship has another identity, or if another
        relationship has this seed or secret.
        """
        kid = self._signers.lend(seed).kid
        known = self._sql.one("SELECT seed, read_secret FROM identities WHERE relationship = ?", (id,))
        if known is None or tuple(known) != (seed, read_secret):
            self._sql.execute(
                "INSERT INTO identities (relationship, kid, seed, read_secret) VALUES (?, ?, ?, ?)",
                (id, kid, seed, read_secret),
            )
        return kid

    def signer(self, id: RelationshipId) -> Signer:
        """What signs for the relationship until the vault closes. Raises NoSuchRecord."""
        return self._signers.lend(self._identity(id)["seed"])

    def read_secret(self, id: RelationshipId) -> str:
        """The secret that reads the relationship's conversation. Raises NoSuchRecord."""
        return str(self._identity(id)["read_secret"])

    def _identity(self, id: RelationshipId) -> Row:
        row = self._sql.one("SELECT seed, read_secret FROM identities WHERE relationship = ?", (id,))
        if row is None:
            raise NoSuchRecord("the relationship has no identity")
        return row
