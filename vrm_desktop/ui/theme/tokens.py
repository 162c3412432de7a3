"""The token table: every colour of the window by its job, in each theme. The only place where a colour is written."""

import re
from dataclasses import dataclass, fields
from enum import Enum

_COLOUR = re.compile(r"#[0-9a-f]{6}")


class ThemeChoice(Enum):
    """What the person chose in the settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST_LIGHT = "contrast-light"
    CONTRAST_DARK = "contrast-dark"


class Tone(Enum):
    """What a pill, a message or a figure means. Never said by colour alone: a word or an icon goes with it."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    GOOD = "good"
    CAUTION = "caution"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """All colours, `#rrggbb`. `*_soft` is a background; the colour of the same name is readable on it."""

    name: str
    dark: bool
    canvas: str
    sidebar: str
    surface: str
    sunken: str
    hover: str
    line: str
    edge: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_soft: str
    focus: str
    selection: str
    neutral: str
    neutral_soft: str
    good: str
    good_soft: str
    caution: str
    caution_soft: str
    bad: str
    bad_hover: str
    bad_soft: str
    on_bad: str

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str) and field.name != "name" and not _COLOUR.fullmatch(value):
                raise ValueError(f"{field.name} is not a colour of the form #rrggbb: {value}")

    def tone(self, tone: Tone) -> tuple[str, str]:
        """Foreground and background of a tone."""
        return {
            Tone.NEUTRAL: (self.neutral, self.neutral_soft),
            Tone.ACCENT: (self.accent, self.accent_soft),
            Tone.GOOD: (self.good, self.good_soft),
            Tone.CAUTION: (self.caution, self.caution_soft),
            Tone.BAD: (self.bad, self.bad_soft),
        }[tone]

    def colour(self, name: str) -> str:
        """The colour of token `name`.

        Raises:
            AttributeError: there is no such token.
        """
        return str(getattr(self, name))


# Warm paper and petrol ink. `edge` is the boundary of a control (3:1); `line` only decorates.
LIGHT = Theme(
    name="light",
    dark=False,
    canvas="#f6f3ee",
    sidebar="#efebe3",
    surface="#fffefc",
    sunken="#f6f3ee",
    hover="#f1ede5",
    line="#e5dfd4",
    edge="#8b8477",
    text="#24211c",
    muted="#645d52",
    disabled="#8f887c",
    accent="#0f5c63",
    accent_hover="#0b4c52",
    accent_pressed="#083c41",
    on_accent="#ffffff",
    accent_soft="#dcecea",
    focus="#083b41",
    selection="#e3efed",
    neutral="#544e45",
    neutral_soft="#ece7de",
    good="#2c6433",
    good_soft="#e0eedb",
    caution="#7d4f00",
    caution_soft="#faebcb",
    bad="#a1301f",
    bad_hover="#872414",
    bad_soft="#fae3dd",
    on_bad="#ffffff",
)

DARK = Theme(
    name="dark",
    dark=True,
    canvas="#181715",
    sidebar="#131210",
    surface="#211f1c",
    sunken="#1a1917",
    hover="#2b2925",
    line="#35322d",
    edge="#7f786c",
    text="#eeeae2",
    muted="#b1a99b",
    disabled="#7d766a",
    accent="#7fcac6",
    accent_hover="#9bd9d5",
    accent_pressed="#67b5b1",
    on_accent="#06282b",
    accent_soft="#1c3b3c",
    focus="#dff5f3",
    selection="#203736",
    neutral="#cdc6b9",
    neutral_soft="#322f2a",
    good="#9fd39a",
    good_soft="#233724",
    caution="#ecc377",
    caution_soft="#3d3119",
    bad="#f2a08f",
    bad_hover="#f7b8ab",
    bad_soft="#45251f",
    on_bad="#3a0d05",
)

CONTRAST_LIGHT = Theme(
    name="contrast-light",
    dark=False,
    canvas="#ffffff",
    sidebar="#ffffff",
    surface="#ffffff",
    sunken="#ffffff",
    hover="#e6e6e6",
    line="#595959",
    edge="#000000",
    text="#000000",
    muted="#1f1f1f",
    disabled="#595959",
    accent="#003b40",
    accent_hover="#002a2e",
    accent_pressed="#000000",
    on_accent="#ffffff",
    accent_soft="#d9f2f0",
    focus="#b00000",
    selection="#c9ebe8",
    neutral="#000000",
    neutral_soft="#e6e6e6",
    good="#003d09",
    good_soft="#dcf5d8",
    caution="#4a2d00",
    caution_soft="#ffeec2",
    bad="#7a0c00",
    bad_hover="#5c0900",
    bad_soft="#ffe2db",
    on_bad="#ffffff",
)

CONTRAST_DARK = Theme(
    name="contrast-dark",
    dark=True,
    canvas="#000000",
    sidebar="#000000",
    surface="#000000",
    sunken="#000000",
    hover="#2e2e2e",
    line="#a6a6a6",
    edge="#ffffff",
    text="#ffffff",
    muted="#e0e0e0",
    disabled="#a6a6a6",
    accent="#8ff5ef",
    accent_hover="#b8faf6",
    accent_pressed="#ffffff",
    on_accent="#000000",
    accent_soft="#00393b",
    focus="#ffb000",
    selection="#00484a",
    neutral="#ffffff",
    neutral_soft="#2e2e2e",
    good="#a8f5a2",
    good_soft="#00330a",
    caution="#ffd980",
    caution_soft="#402b00",
    bad="#ffb8ab",
    bad_hover="#ffd5cc",
    bad_soft="#4d0f05",
    on_bad="#000000",
)

THEMES = (LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK)

# Pairs of token names that meet on screen: (foreground, background). Checked for every theme.
TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((front, back) for front in ("text", "muted") for back in ("canvas", "sidebar", "surface", "sunken", "hover")),
    *((front, back) for front in ("text", "muted", "accent", "bad") for back in ("selection", "accent_soft")),
    *((front, "surface") for front in ("accent", "good", "caution", "bad")),
    *((front, "canvas") for front in ("accent", "accent_hover", "good", "caution", "bad")),
    *((tone, f"{tone}_soft") for tone in ("accent", "neutral", "good", "caution", "bad")),
    *(("text", f"{tone}_soft") for tone in ("neutral", "good", "caution", "bad")),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent", "accent_pressed"),
    ("on_bad", "bad"),
    ("on_bad", "bad_hover"),
    ("bad_hover", "bad_soft"),
)
NON_TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((front, back) for front in ("edge", "focus", "accent") for back in ("canvas", "sidebar", "surface", "sunken")),
    ("focus", "selection"),
    ("focus", "accent_soft"),
    ("disabled", "surface"),
    ("disabled", "canvas"),
)
