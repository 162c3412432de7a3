"""The person's own truth, field by field. Never lives here: what of it a vendor may learn (that is the plan's)."""

from vrm_desktop.domain.ids import FieldId
from vrm_desktop.domain.profile import ProfileField
from vrm_desktop.vault.repositories.part import Part, to_body


class ProfilePart(Part):
    """The profile's fields."""

    def save_field(self, field: ProfileField) -> None:
        """Keep the field in its present form."""
        self._sql.execute(
            "INSERT INTO profile_fields (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            (field.id, to_body(field)),
        )

    def remove_field(self, id: FieldId) -> None:
        """Forget the field; nothing happens if it is not there."""
        self._sql.execute("DELETE FROM profile_fields WHERE id = ?", (id,))

    def profile(self) -> tuple[ProfileField, ...]:
        """Every field, in the order of making."""
        return self._records(self._rows("SELECT body FROM profile_fields", order="nth"), ProfileField)
