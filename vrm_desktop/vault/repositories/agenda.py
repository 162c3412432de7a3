"""Everything with a date, in one list. Never lives here: what is done when a date comes."""

from vrm_desktop.domain.agenda import AgendaItem
from vrm_desktop.vault.repositories.part import Part, to_body


class AgendaPart(Part):
    """The agenda."""

    def put_agenda(self, item: AgendaItem) -> None:
        """Keep the item in its present form; there is one for each kind and key."""
        self._sql.execute(
            "INSERT INTO agenda (kind, key, due, body) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (kind, key) DO UPDATE SET due = excluded.due, body = excluded.body",
            (item.kind, item.key, item.due.isoformat(), to_body(item)),
        )

    def agenda(self) -> tuple[AgendaItem, ...]:
        """Every item, done ones too: by date, then by kind and key."""
        return self._records(self._rows("SELECT body FROM agenda", order="due, kind, key"), AgendaItem)
