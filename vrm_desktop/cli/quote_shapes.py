"""Quote desks and what was asked of them as JSON, and as lines to read. A desk's own words are shown as text."""

from vrm_desktop.cli import shapes
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.quote_desk import DeskProfile, DeskTool
from vrm_desktop.formats.tool_form import FormField, ToolForm
from vrm_desktop.services.keep_desks import AskView, DeskView, QuoteView
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import asked_field_label
from vrm_desktop.wording.quotes import no_terms_warning, quote_state_label, quote_trouble


def profile(one: DeskProfile) -> shapes.Shape:
    """A desk's profile: what it demands, whether it answers and takes orders."""
    return {
        "name": one.name,
        "title": one.title,
        "tool": one.tool,
        "checked": one.checked,
        "demands": [field.value for field in one.demands],
        "answers_here": one.looking is not None,
        "asked_every_seconds": one.looking.every if one.looking is not None else None,
        "accepts_here": one.accepting is not None,
    }


def profile_lines(one: DeskProfile) -> tuple[str, ...]:
    """The same to read."""
    demands = ", ".join(asked_field_label(field.value) for field in one.demands) or _("nothing about you")
    lines = [f"{one.name}  {one.title}", "    " + _("demands: {fields}").format(fields=demands)]
    if not one.checked:
        lines.append("    " + _("after what is published about it; nobody has checked it here"))
    return tuple(lines)


def desk(one: DeskView) -> shapes.Shape:
    """A vendor's desk."""
    return {
        "vendor": one.vendor.id,
        "name": one.vendor.name,
        "address": one.way.address,
        "profile": profile(one.desk.profile) if one.desk.profile is not None else None,
        "tools_seen": shapes.instant(one.desk.seen) if one.desk.seen is not None else None,
        "tools": [tool(each) for each in one.desk.tools],
        "more_tools": one.desk.more,
    }


def desk_line(one: DeskView) -> str:
    """A vendor's desk in one line."""
    kind = one.desk.profile.title if one.desk.profile is not None else _("a form of its own")
    return f"{one.vendor.id}  {one.vendor.name}  ({one.way.address})  {kind}"


def tool(one: DeskTool) -> shapes.Shape:
    """A tool in its desk's own words."""
    return {"name": one.name, "title": one.title or None, "description": one.description or None}


def tool_lines(one: DeskTool) -> tuple[str, ...]:
    """The same to read; every line of its words stands apart from ours."""
    return (f"{one.name}  {one.title}".rstrip(), *(f"    | {line}" for line in one.description.splitlines()[:12]))


def form(one: ToolForm) -> shapes.Shape:
    """A form."""
    return {"fields": [field(each) for each in one.fields], "left_out": list(one.left_out)}


def field(one: FormField) -> shapes.Shape:
    """One field of a form."""
    return {
        "path": one.path,
        "kind": one.kind.value,
        "required": one.required,
        "label": one.label,
        "told": one.told or None,
        "choices": list(one.choices),
    }


def field_line(one: FormField) -> str:
    """A field in one line."""
    needed = _("demanded") if one.required else _("if you like")
    kind = " | ".join(one.choices) if one.choices else one.kind.value
    return f"{one.path}  [{kind}]  {needed}" + (f"  | {' '.join(one.told.split())}" if one.told else "")


def asking(one: AskView) -> shapes.Shape:
    """What would leave."""
    return {
        "vendor": one.vendor.id,
        "address": one.address,
        "body": one.composed.body,
        "tells": [{"name": each.name, "value": each.value} for each in one.composed.tells],
        "terms_first": False,
    }


def asking_lines(one: AskView) -> tuple[str, ...]:
    """The same to read: where to, the exact text, and what it tells."""
    tells = (f"    {asked_field_label(each.name)}: {each.value}" for each in one.composed.tells)
    return (
        _("This goes to {vendor} ({address}), exactly so:").format(vendor=one.vendor.name, address=one.address),
        *(f"    {line}" for line in one.composed.body.splitlines()),
        _("It tells:"),
        *tells,
        no_terms_warning(),
    )


def quote(one: QuoteView) -> shapes.Shape:
    """What was asked of a desk and how it stands."""
    asked = one.asked
    return {
        "id": asked.id,
        "vendor": asked.vendor,
        "vendor_name": one.vendor_name,
        "intentcast": asked.intentcast,
        "state": asked.state.value,
        "trouble": asked.trouble or None,
        "number": asked.number.strip('"') or None,
        "status": asked.status or None,
        "polls": asked.polls,
        "next_look": shapes.instant(asked.next_look) if asked.next_look is not None else None,
        "offers": list(asked.offers),
        "two_totals": [shapes.money(total) for total in asked.two_totals],
        "accepts_here": one.accepts,
        "order": asked.order or None,
        "link": asked.link or None,
        "link_elsewhere": asked.link_elsewhere,
        "said": asked.said or None,
        "acts": [{"id": act.id, "state": act.state.value, "trouble": act.trouble or None} for act in one.acts],
    }


def quote_line(one: QuoteView) -> str:
    """The same in one line."""
    state = quote_state_label(one.asked.state)
    return f"{one.asked.id}  {one.vendor_name}: {one.want_title}  [{state}]"


def quote_lines(one: QuoteView) -> tuple[str, ...]:
    """All about it to read; the desk's words stand apart from ours."""
    asked = one.asked
    lines = [quote_line(one)]
    if trouble := quote_trouble(asked):
        lines.append("    " + trouble)
    if asked.next_look is not None:
        lines.append("    " + _("asked again: {moment}").format(moment=values.instant(asked.next_look)))
    if asked.order:
        lines.append("    " + _("order: {number}").format(number=asked.order))
    if asked.link:
        lines.append("    " + _("pay at: {link}").format(link=asked.link))
    lines += [f"    | {line}" for line in asked.said.splitlines()[:40]]
    return tuple(lines)


def totals(found: tuple[Money, ...]) -> str:
    """Amounts as they are typed."""
    return ", ".join(f"{one.decimal()} {one.currency}" for one in found)
