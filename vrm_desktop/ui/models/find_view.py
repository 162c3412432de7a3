"""What the page of a search shows, worded and formatted."""

from dataclasses import dataclass

from vrm_desktop.domain.found import FoundKind


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class FoundLine:
    """One thing. `place` is a number by which the controller knows where it opens; `order` sorts by time."""

    place: int
    kind: FoundKind
    kind_words: str
    title: str
    text: str
    vendor: str
    when: str
    order: int


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class FindView:
    """What holds `words`, by kind and then the newest first. Without words there is nothing to show."""

    words: str
    lines: tuple[FoundLine, ...] = ()
