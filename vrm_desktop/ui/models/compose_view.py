"""What composing a want shows: what was understood, what is asked back, what the first question will say."""

from dataclasses import dataclass, field
from datetime import date

from vrm_desktop.domain.intentcast import Weights
from vrm_desktop.domain.want_draft import WantDraft


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ChipView:
    """One thing understood; `key` is the draft's field or `attribute:NAME`, `source` the words it was read from."""

    key: str
    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class QuestionView:
    """One thing asked back, with ready answers in words; picking the nth answers it.

    `can_leave`: a want can do without it, so that the person may leave it unsaid.
    """

    key: str
    text: str
    answers: tuple[str, ...] = ()
    can_leave: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ComposeView:
    """The want as it stands. `area_says` is exactly what the first question will say of the place."""

    draft: WantDraft
    today: date
    chips: tuple[ChipView, ...] = ()
    questions: tuple[QuestionView, ...] = ()
    area_says: str = ""
    price_text: str = ""
    weights: Weights = Weights()
    errors: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    editing: bool = False
    saving: bool = False

    @property
    def can_save(self) -> bool:
        """Whether nothing is missing, nothing is wrong and nothing is asked any more."""
        return not (self.missing or self.errors or self.questions or self.saving)
