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

    def change_key(self, id: RelationshipId, seed: bytes) -> Signer:
        """Put a new key in the place of the old one, which is gone for good; what signs with the new one.

        `seed` has 32 random bytes; the read secret stays. Raises NoSuchRecord, and Conflict where a relationship has
        this seed.
        """
        signer = self._signers.lend(seed)
        if not self._sql.execute(
            "UPDATE identities SET kid = ?, seed = ? WHERE relationship = ?", (signer.kid, seed, id)
        ):
            raise NoSuchRecord("the relationship has no identity")
        return signer

    def kid(self, id: RelationshipId) -> Kid | None:
        """The public key of what `signer` signs with, None where the relationship has no identity."""
        found = self._sql.value("SELECT kid FROM identities WHERE relationship = ?", (id,))
        return None if found is None else Kid(str(found))

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
