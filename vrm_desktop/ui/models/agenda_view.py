"""What the agenda shows, worded and formatted."""

from dataclasses import dataclass

from vrm_desktop.ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AgendaLine:
    """One date. `file` is the relationship that it opens, `want` the want, "" for none; a want's offers come first."""

    kind: str
    key: str
    day: str
    words: str
    whom: str
    tone: Tone = Tone.NEUTRAL
    done: bool = False
    file: str = ""
    want: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AgendaGroup:
    """The dates that stand alike, under their heading."""

    title: str
    lines: tuple[AgendaLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AgendaView:
    """The dates to come, and those done or past; `summary` counts what waits."""

    coming: tuple[AgendaGroup, ...]
    gone: tuple[AgendaGroup, ...] = ()
    summary: str = ""
