"""What was found as its page shows it. Pure."""

from vrm_desktop.domain.found import Found
from vrm_desktop.ui.models.find_view import FindView, FoundLine
from vrm_desktop.ui.presenters.ledger import sentence_case
from vrm_desktop.ui.presenters.moments import day_of
from vrm_desktop.wording.found import found_kind_label, found_words

_LONGEST = 200


def find_view(words: str, found: tuple[Found, ...]) -> FindView:
    """What holds the words."""
    return FindView(words=words, lines=tuple(_line(place, one) for place, one in enumerate(found)))


def _line(place: int, found: Found) -> FoundLine:
    title, text = found_words(found)
    return FoundLine(
        place=place,
        kind=found.kind,
        kind_words=sentence_case(found_kind_label(found.kind)),
        title=sentence_case(title),
        text=" ".join(text.split())[:_LONGEST],
        vendor="" if found.vendor == title else found.vendor,
        when=day_of(found.at),
        order=int(found.at.timestamp()),
    )
