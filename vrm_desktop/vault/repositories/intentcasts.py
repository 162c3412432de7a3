"""What the person wants, and the confirmed plan of each cast. Never lives here: vendors' answers."""

from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.plan import CastPlan
from vrm_desktop.vault.repositories.part import Part, to_body


class IntentcastsPart(Part):
    """Intentcasts and their plans."""

    def save_intentcast(self, want: Intentcast) -> None:
        """Keep the want in its present form."""
        self._sql.execute(
            "INSERT INTO intentcasts (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            (want.id, to_body(want)),
        )

    def intentcast(self, id: IntentcastId) -> Intentcast | None:
        """The want, if it is known."""
        return self._record(self._sql.one("SELECT body FROM intentcasts WHERE id = ?", (id,)), Intentcast)

    def intentcasts(self) -> tuple[Intentcast, ...]:
        """Every want, in the order of making."""
        return self._records(self._rows("SELECT body FROM intentcasts", order="nth"), Intentcast)

    def save_plan(self, plan: CastPlan) -> None:
        """Keep the plan of a cast; a want has one."""
        self._sql.execute(
            "INSERT INTO plans (intentcast, body) VALUES (?, ?)"
            " ON CONFLICT (intentcast) DO UPDATE SET body = excluded.body",
            (plan.intentcast, to_body(plan)),
        )

    def plan(self, id: IntentcastId) -> CastPlan | None:
        """The plan of a want, if it has one."""
        return self._record(self._sql.one("SELECT body FROM plans WHERE intentcast = ?", (id,)), CastPlan)
