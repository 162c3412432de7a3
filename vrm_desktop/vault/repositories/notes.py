"""A relationship's story as the person reads it, line by line. Never lives here: proof (that is the journal)."""

from vrm_desktop.canon import hashes
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.relationship import Note
from vrm_desktop.vault.repositories.part import Part, to_body


class NotesPart(Part):
    """Notes."""

    def add_note(self, note: Note) -> None:
        """Add a line to the story; the very same line again changes nothing."""
        body = to_body(note)
        self._sql.execute(
            "INSERT INTO notes (relationship, digest, body) VALUES (?, ?, ?)"
            " ON CONFLICT (relationship, digest) DO NOTHING",
            (note.relationship, hashes.digest(body.encode()), body),
        )

    def notes(self, relationship: RelationshipId) -> tuple[Note, ...]:
        """The story of a relationship, in the order of telling."""
        return self._records(self._rows("SELECT body FROM notes", order="nth", relationship=relationship), Note)
