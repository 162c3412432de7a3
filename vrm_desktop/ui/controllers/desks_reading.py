"""Reads what the page of a quote desk shows, on the engine's thread."""

from vrm_desktop.domain.ids import IntentcastId, VendorId
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.quote_desk import QuoteAsked, QuoteState
from vrm_desktop.formats.errors import NotAToolForm
from vrm_desktop.services import keep_desks, say_what_i_want
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.ui.models.desk_view import DeskField, DeskView
from vrm_desktop.ui.presenters import desks as words
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import advice

_OPEN = frozenset({IntentcastState.DRAFT, IntentcastState.CAST})


async def read_desk(means: Means, vendor: str, want: str, tool: str) -> DeskView:
    """The desk of a counterparty, with its form for a want; the first want and its kind's tool where none is named.

    Raises:
        NotFound: it has no desk.
    """
    one = next((each for each in await keep_desks.desks(means) if each.vendor.id == vendor), None)
    if one is None:
        raise NotFound(vendor)
    wants = [each for each in await say_what_i_want.wants(means) if each.state in _OPEN]
    wanted = next((str(each.id) for each in wants if each.id == want), str(wants[0].id) if wants else "")
    tools = words.tool_lines(one.desk)
    draft = await _draft(means, one.vendor.id, IntentcastId(wanted))
    wished = tool or (draft.tool if draft is not None else "")
    chosen = wished if any(each.key == wished for each in tools) else tools[0].key if tools else ""
    typed = {each.path: each.text for each in draft.typed} if draft is not None else {}
    fields, left_out, wrong = await _form(means, one, chosen, typed)
    if not wants:
        wrong = _("Say first what you want; a desk is asked for that.")
    elif not tools:
        wrong = _("What it can do is not known yet. Ask it; it learns that somebody looks, and nothing else.")
    asked = [each for each in await keep_desks.quotes(means) if each.asked.vendor == vendor]
    return DeskView(
        vendor=one.vendor.id,
        name=one.vendor.name,
        facts=words.desk_facts(one.way.address, one.desk),
        unchecked=one.desk.profile is not None and not one.desk.profile.checked,
        wants=tuple((str(each.id), each.title) for each in wants),
        want=wanted,
        tools=tools,
        tool=chosen,
        fields=fields,
        left_out=left_out,
        wrong=wrong,
        quotes=tuple(words.quote_line(each) for each in asked if each.asked.state is not QuoteState.DRAFT),
    )


async def _form(
    means: Means, one: keep_desks.DeskView, tool: str, typed: dict[str, str]
) -> tuple[tuple[DeskField, ...], tuple[str, ...], str]:
    profile = one.desk.profile
    if profile is not None and tool in {"", profile.tool}:
        return words.profile_fields(profile, typed), (), ""
    if not tool:
        return (), (), ""
    try:
        form = await keep_desks.form(means, one.vendor.id, tool)
    except NotFound:
        return (), (), _("The form of this tool is too long to be shown.")
    except NotAToolForm as error:
        told = advice(error.code)
        return (), (), f"{told.title} {told.advice}".strip()
    return words.form_fields(form, typed), form.left_out, ""


async def _draft(means: Means, vendor: VendorId, want: IntentcastId) -> QuoteAsked | None:
    found = await means.vault.read(lambda tx: tx.papers(QuoteAsked, vendor=vendor))
    return next((one for one in found if (one.intentcast, one.state) == (want, QuoteState.DRAFT)), None)
