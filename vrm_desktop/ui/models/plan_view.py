"""What the plan shows: whom to ask and how, and per vendor what each stage tells it, in words and in bytes."""

from dataclasses import dataclass
from enum import Enum

from vrm_desktop.domain.ways import Way


class StageId(Enum):
    """The three stages of disclosure over our own wire; by other ways all at once, then what an answer is worth."""

    FIRST = "first"
    AFTER_SIGNING = "after-signing"
    AT_ONCE = "at-once"
    WORTH = "worth"
    ON_ORDER = "on-order"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class VendorChoice:
    """A vendor that can be asked. `about` is the vendor's own sentence, `ways` are keys and words, the best first.

    `way` is the one by which it is asked, or would be.
    """

    id: str
    name: str
    about: str
    fits: bool
    signs: bool
    chosen: bool
    ways: tuple[tuple[str, str], ...] = ((Way.NATIVE.value, ""),)
    way: Way = Way.NATIVE


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class StageView:
    """One stage: `fields` are label and value, `exact` the very bytes or values that leave, `use` purpose and end.

    `text` is a heading over `exact` where that is a text to be read beside the fields, and not in their place.
    `only_words`: nothing leaves in this stage, so there are no bytes to show.
    """

    stage: StageId
    title: str
    when: str
    fields: tuple[tuple[str, str], ...]
    exact: str
    use: str
    note: str = ""
    text: str = ""
    only_words: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class VendorPlanView:
    """What one vendor may learn."""

    vendor: str
    name: str
    stages: tuple[StageView, ...]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PlanPageView:
    """The plan before it is confirmed. `problem` says why nothing can be asked now ("" when it can).

    `not_now` are vendors that are known by ways by which this cannot be asked now, each with those ways in words.

    `earlier` are files with the vendors asked that the person can be known by (id and words), `known` the chosen one.
    """

    want_id: str
    title: str
    summary: str
    vendors: tuple[VendorChoice, ...] = ()
    plans: tuple[VendorPlanView, ...] = ()
    kept: tuple[str, ...] = ()
    not_promised: tuple[str, ...] = ()
    many: bool = False
    not_now: tuple[str, ...] = ()
    earlier: tuple[tuple[str, str], ...] = ()
    known: str = ""
    problem: str = ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the vendors that would be asked."""
        return tuple(vendor.id for vendor in self.vendors if vendor.chosen)
