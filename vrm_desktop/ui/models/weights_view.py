"""What matters, 0 to 10 each, as sliders of five stops and back. A stop that was not moved keeps its exact weight."""

from collections.abc import Sequence
from dataclasses import replace

from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.intentcast import Weights
from vrm_desktop.ui.models.offers_view import Weight
from vrm_desktop.wording.catalogue import _

_STOPS = (0, 2, 4, 7, 10)


def sliders_of(weights: Weights) -> tuple[Weight, ...]:
    """The four sliders at the stops nearest to `weights`."""
    words = (
        ("cost", _("Total to pay"), weights.cost),
        ("date", _("Arrives early"), weights.date),
        ("care", _("Returns, warranty"), weights.care),
        ("privacy", _("Knows little of me"), weights.privacy),
    )
    return tuple(Weight(key=key, label=label, level=_level(value)) for key, label, value in words)


def weights_of(sliders: Sequence[Weight], before: Weights) -> Weights | None:
    """What the sliders say, or None when nothing would matter any more."""
    found = before
    for slider in sliders:
        if slider.level != _level(getattr(before, slider.key)):
            try:
                found = replace(found, **{slider.key: _STOPS[slider.level]})
            except DomainError:
                return None
    return found


def _level(weight: int) -> int:
    return min(range(len(_STOPS)), key=lambda level: (abs(_STOPS[level] - weight), level))
