"""Every theme can be read: text at 4.5:1, boundaries and focus at 3:1, computed from the token table."""

import pytest

from vrm_desktop.ui.theme.contrast import contrast
from vrm_desktop.ui.theme.tokens import LIGHT, NON_TEXT_PAIRS, TEXT_PAIRS, THEMES, Theme, Tone


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48)])
def test_contrast_agrees_with_the_published_figures(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_text_stands_out_from_every_background_it_meets(theme: Theme) -> None:
    least = 7.0 if theme.name.startswith("contrast") else 4.5
    weak = [
        f"{front} on {back}: {ratio:.2f}"
        for front, back in TEXT_PAIRS
        if (ratio := contrast(theme.colour(front), theme.colour(back))) < (4.5 if "bad" in (front, back) else least)
    ]
    assert weak == []


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_boundaries_and_focus_stand_out_from_what_is_around_them(theme: Theme) -> None:
    weak = [
        f"{front} on {back}: {ratio:.2f}"
        for front, back in NON_TEXT_PAIRS
        if (ratio := contrast(theme.colour(front), theme.colour(back))) < 3.0
    ]
    assert weak == []


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("tone", Tone)
def test_each_tone_is_readable_on_its_own_ground(theme: Theme, tone: Tone) -> None:
    front, back = theme.tone(tone)
    assert contrast(front, back) >= 4.5


def test_a_token_that_is_not_a_colour_is_refused() -> None:
    values = {name: getattr(LIGHT, name) for name in Theme.__slots__}
    with pytest.raises(ValueError, match="accent is not a colour"):
        Theme(**{**values, "accent": "teal"})
