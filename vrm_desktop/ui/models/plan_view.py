"""What the plan shows: whom to ask, and per vendor what each of the three stages tells it, in words and in bytes."""

from dataclasses import dataclass
from enum import Enum


class StageId(Enum):
    """The three stages of disclosure."""

    FIRST = "first"
    AFTER_SIGNING = "after-signing"
    ON_ORDER = "on-order"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class VendorChoice:
    """A vendor that can be asked. `about` is the vendor's own sentence."""

    id: str
    name: str
    about: str
    fits: bool
    signs: bool
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class StageView:
    """One stage: `fields` are label and value, `exact` the very bytes or values that leave, `use` purpose and end."""

    stage: StageId
    title: str
    when: str
    fields: tuple[tuple[str, str], ...]
    exact: str
    use: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class VendorPlanView:
    """What one vendor may learn."""

    vendor: str
    name: str
    stages: tuple[StageView, ...]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PlanPageView:
    """The plan before it is confirmed. `problem` says why nothing can be asked now ("" when it can).

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
    earlier: tuple[tuple[str, str], ...] = ()
    known: str = ""
    problem: str = ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the vendors that would be asked."""
        return tuple(vendor.id for vendor in self.vendors if vendor.chosen)
