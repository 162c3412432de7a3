"""Pictures of the agenda in each of its states: usual, with what is gone, empty, and with very long words."""

from datetime import date

from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.gallery.picture import Picture, in_window
from vrm_desktop.ui.models.agenda_view import AgendaGroup, AgendaLine, AgendaView
from vrm_desktop.ui.pages.agenda_page import AgendaPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone

_LONG = "Ask again whether the deposit of the flat before the last one has been counted against the final bill " * 2


def _line(day: str, words: str, whom: str = "", tone: Tone = Tone.NEUTRAL, *, done: bool = False) -> AgendaLine:
    return AgendaLine(
        kind="reminder", key=words, day=day, words=words, whom=whom, tone=tone, done=done, file="rel-1" if whom else ""
    )


USUAL = AgendaView(
    coming=(
        AgendaGroup(
            title="Overdue",
            lines=(_line("Tue, 2 Jun 2026", "Erasing is due", "Velo Süd", Tone.CAUTION),),
        ),
        AgendaGroup(
            title="Today",
            lines=(_line("Mon, 8 Jun 2026", "Delivery is due", "Radhaus Ehrenfeld", Tone.ACCENT),),
        ),
        AgendaGroup(
            title="In the next seven days",
            lines=(
                _line("Tue, 9 Jun 2026", "An offer runs out", "Zweirad Kern"),
                _line("Sun, 14 Jun 2026", "Ask the works for the final bill"),
            ),
        ),
        AgendaGroup(
            title="Later",
            lines=(
                _line("Tue, 30 Jun 2026", "Last day to give notice: Strom Tag & Nacht", "Stadtwerke Sülzhafen"),
                _line("Thu, 8 Jun 2028", "A warranty ends: Road bike, 54 cm", "Radhaus Ehrenfeld"),
            ),
        ),
    ),
    gone=(
        AgendaGroup(title="Done", lines=(_line("Mon, 1 Jun 2026", "Answers are due: Road bike", done=True),)),
        AgendaGroup(title="Past", lines=(_line("Sat, 30 May 2026", "An offer runs out", "Velo Süd"),)),
    ),
    summary="2 dates need you now.",
)
LONG = AgendaView(
    coming=(
        AgendaGroup(
            title="Later",
            lines=tuple(_line("Wed, 30 Dec 2026", f"{_LONG}{at}", _LONG if at % 2 else "") for at in range(12)),
        ),
    ),
    summary="Nothing needs you today.",
)


def agenda_pictures() -> tuple[Picture, ...]:
    """All of them."""

    def page(look: Look, view: AgendaView, *, gone: bool = False) -> QWidget:
        made = AgendaPage(look)
        made.show_agenda(view, date(2026, 6, 8))
        if gone:
            made.gone.click()
        return in_window(look, PageId.AGENDA, made)

    nothing = AgendaView(coming=(), summary="Nothing needs you today.")
    return (
        Picture(name="agenda", make=lambda look: page(look, USUAL)),
        Picture(name="agenda-gone", make=lambda look: page(look, USUAL, gone=True)),
        Picture(name="agenda-none", make=lambda look: page(look, nothing)),
        Picture(name="agenda-long", make=lambda look: page(look, LONG)),
    )
