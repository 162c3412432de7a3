"""Letting go of personal values without breaking a chain. Never lives here: asking a vendor to erase its copy.

Values and their salts go; digests, signed bytes and chains stay, and still prove what was said without saying it.
"""

from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.vault.repositories.outbox import FINISHED
from vrm_desktop.vault.repositories.part import Part


class ErasingPart(Part):
    """Erasure."""

    def erase_disclosures(self, relationship: RelationshipId) -> int:
        """Erase the relationship's disclosures beside the journal and its pledges; how many texts went.

        Finished acts go too, for they hold the same values once more. The ledger keeps its values: they are the
        person's own record of who knows what, and go by `erase_ledger_values` alone.
        """
        texts = self._sql.execute(
            "DELETE FROM journal_disclosures WHERE seq IN (SELECT seq FROM journal WHERE relationship = ?)",
            (relationship,),
        )
        texts += self._sql.execute("DELETE FROM pledges WHERE relationship = ?", (relationship,))
        for state in sorted(FINISHED):
            self._sql.execute("DELETE FROM outbox WHERE relationship = ? AND state = ?", (relationship, state))
        return texts

    def erase_ledger_values(self, relationship: RelationshipId) -> int:
        """Erase the values (never the rows) of the relationship's ledger; how many went."""
        return self._sql.execute(
            "UPDATE ledger SET value = NULL, salt = NULL WHERE relationship = ? AND salt IS NOT NULL", (relationship,)
        )
