"""The agenda as its page shows it: grouped by how near each date is. Pure."""

from vrm_desktop.domain.agenda import AgendaKind, When
from vrm_desktop.services.agenda import COMING, AgendaEntry
from vrm_desktop.ui.models.agenda_view import AgendaGroup, AgendaLine, AgendaView
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording import values
from vrm_desktop.wording.agenda import agenda_words, when_label
from vrm_desktop.wording.catalogue import _, ngettext

_TONES = {When.OVERDUE: Tone.CAUTION, When.TODAY: Tone.ACCENT}
AMONG_OFFERS = frozenset({AgendaKind.PRICE_FELL, AgendaKind.PAYMENT_OUTCOME})
"""What is told and asked below the offers for a want."""
_GONE = (When.DONE, When.PAST)


def agenda_view(entries: tuple[AgendaEntry, ...]) -> AgendaView:
    """All of it; what is gone comes with the latest first."""
    near = sum(one.when in {When.OVERDUE, When.TODAY} for one in entries)
    told = ngettext("{count} date needs you now.", "{count} dates need you now.", near).format(count=near)
    return AgendaView(
        coming=_groups(entries, COMING),
        gone=_groups(tuple(reversed(entries)), _GONE),
        summary=told if near else _("Nothing needs you today."),
    )


def agenda_line(entry: AgendaEntry) -> AgendaLine:
    """One date."""
    item = entry.item
    return AgendaLine(
        kind=item.kind.value,
        key=item.key,
        day=values.day(item.due),
        words=agenda_words(item, want=entry.want),
        whom=entry.vendor_name,
        tone=_TONES.get(entry.when, Tone.NEUTRAL),
        done=item.done,
        file=entry.file or "",
        want=item.intentcast or "" if entry.file is None or item.kind in AMONG_OFFERS else "",
    )


def _groups(entries: tuple[AgendaEntry, ...], shown: tuple[When, ...]) -> tuple[AgendaGroup, ...]:
    groups = (
        AgendaGroup(title=when_label(when), lines=tuple(agenda_line(one) for one in entries if one.when is when))
        for when in shown
    )
    return tuple(group for group in groups if group.lines)
