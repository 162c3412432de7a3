"""A cast's plan as the command line shows it: per vendor what it may learn at which stage, or the exact text."""

from vrm_desktop.domain.disclosure import PlannedField
from vrm_desktop.domain.plan import VendorPlan
from vrm_desktop.domain.ways import CARRIES, Way
from vrm_desktop.services.choose_vendors import PlanView
from vrm_desktop.wording import values
from vrm_desktop.wording.asked import asked_value_label
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import asked_field_label, purpose_label
from vrm_desktop.wording.reaching import carries_lines, way_name


def plan_lines(view: PlanView) -> tuple[str, ...]:
    """The plan, vendor by vendor."""
    names = {fit.vendor.id: fit.vendor.name for fit in view.vendors}
    lines: list[str] = []
    for one in view.plan.vendors:
        lines.append(names[one.vendor])
        if one.vendor == view.known:
            lines.append("  " + _("it is shown that you are its customer"))
        lines += _native(one) if one.way is Way.NATIVE else _outside(one)
    return tuple(lines)


def _native(plan: VendorPlan) -> list[str]:
    lines = []
    for title, fields in (
        (_("the first question says"), plan.ping),
        (_("after signing your conditions it learns"), plan.reveal),
        (_("only if you accept its offer it gets"), plan.order),
    ):
        lines.append(f"  {title}")
        lines += [f"    {_planned_line(field)}" for field in fields]
    return lines


def _outside(plan: VendorPlan) -> list[str]:
    """By another way than our own wire: how, what that means, what it learns at once, and the exact text."""
    lines = ["  " + _("asked by: {way}").format(way=way_name(plan.way))]
    lines += [f"    {line}" for line in carries_lines(CARRIES[plan.way])]
    lines.append("  " + _("it learns at once, before any conditions are signed"))
    lines += [f"    {_planned_line(field)}" for field in plan.reveal]
    lines.append("  " + _("exactly this leaves"))
    lines += [f"    | {line}" for line in plan.body.splitlines()]
    return lines


def _planned_line(field: PlannedField) -> str:
    return _("{what}: {value} ({purpose}, until {day})").format(
        what=asked_field_label(field.name),
        value=asked_value_label(field.name, field.value),
        purpose=purpose_label(field.purpose),
        day=values.day(field.until),
    )
