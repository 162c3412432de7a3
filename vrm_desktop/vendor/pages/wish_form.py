"""The form of a wish for more data, filled from a template; says which templates the terms in force cover."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.vendor.settings import WishTemplate


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One template as a choice; what the terms do not cover is shown with a warning."""

    name: str
    covered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WishForm:
    """What stands in the form before anybody types: texts, as an input takes them."""

    templates: tuple[Offered, ...]
    purposes: tuple[tuple[str, bool], ...]
    name: str = ""
    fields: str = ""
    purpose: str = Purpose.SERVICE.value
    days: int = 365
    why: str = ""
    what: str = ""
    due: str = ""
    amount: str = ""
    by: str = ""


def wish_form(
    templates: tuple[WishTemplate, ...],
    template: WishTemplate | None,
    *,
    today: date,
    covered: Callable[[Purpose], bool],
) -> WishForm:
    """The form filled with a template, or empty; what the terms cover comes first among the templates."""
    offered = (Offered(name=one.name, covered=covered(one.purpose)) for one in templates)
    blank = WishForm(
        templates=tuple(sorted(offered, key=lambda one: not one.covered)),
        purposes=tuple((one.value, covered(one)) for one in Purpose if one is not Purpose.RIGHTS),
    )
    if template is None:
        return blank
    return replace(
        blank,
        name=template.name,
        fields=", ".join(template.fields),
        purpose=template.purpose.value,
        days=template.days,
        why=template.why,
        what=template.in_return,
        due=(today + timedelta(days=template.in_return_days)).isoformat() if template.in_return else "",
        amount=template.amount.decimal() if template.amount is not None else "",
        by=(today + timedelta(days=template.answer_days)).isoformat(),
    )
