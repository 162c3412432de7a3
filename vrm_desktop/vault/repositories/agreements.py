"""Agreement documents as stored bytes; whoever uses one verifies it again. Never lives here: verified types."""

from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.relationship import AgreementRecord
from vrm_desktop.vault.repositories.part import Part, to_body


class AgreementsPart(Part):
    """Agreements."""

    def save_agreement(self, record: AgreementRecord) -> None:
        """Keep the agreement in its present form; a relationship has one for each hash."""
        self._sql.execute(
            "INSERT INTO agreements (relationship, hash, body) VALUES (?, ?, ?)"
            " ON CONFLICT (relationship, hash) DO UPDATE SET body = excluded.body",
            (record.relationship, record.hash, to_body(record)),
        )

    def agreements(self, relationship: RelationshipId) -> tuple[AgreementRecord, ...]:
        """The agreements of a relationship, in the order of making."""
        rows = self._rows("SELECT body FROM agreements", order="nth", relationship=relationship)
        return self._records(rows, AgreementRecord)
