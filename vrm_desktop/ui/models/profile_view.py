"""What "My profile" shows, worded and formatted."""

from dataclasses import dataclass

from vrm_desktop.ui.theme.tokens import Tone

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class FieldRow:
    """One field of the profile, or a place for one. `id` is "" for a field that is not filled in yet.

    `share` is the key of what plans may do with it; `coarse` how it leaves in part ("" when it cannot);
    `known_to` names the vendors that have it.
    """

    key: str
    path: str
    label: str
    section: str
    value: str = ""
    id: str = ""
    share: str = "ask"
    share_words: str = ""
    share_tone: Tone = Tone.NEUTRAL
    coarse: str = ""
    source: str = ""
    known_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ProfileView:
    """All fields in the order of a card; `shares` are (key, words) of what plans may do."""

    rows: tuple[FieldRow, ...]
    shares: tuple[Pair, ...]
    filled: int = 0
