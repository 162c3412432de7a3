"""Quote desks that the person knows: added by hand, their tools listed, their forms filled, and one asked for a want.

Never here: sending; what is asked lies in the outbox, after the person has seen the exact call.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from vrm_desktop.canon.loose_json import read_loose
from vrm_desktop.canon.loose_writing import write_loose
from vrm_desktop.domain.ids import IntentcastId, RelationshipId, VendorId
from vrm_desktop.domain.intentcast import Intentcast, IntentcastState
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.outside import OutsideAct, OutsideRecord, OutsideState
from vrm_desktop.domain.page_visit import VisitFor
from vrm_desktop.domain.plan import CastPlan, NotOnPlan, VendorPlan
from vrm_desktop.domain.quote_desk import (
    LONGEST_SCHEMA,
    MOST_TOOLS,
    DeskProfile,
    DeskTool,
    Fills,
    QuoteAsked,
    QuoteDesk,
    QuoteState,
    Typed,
)
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.domain.ways import FoundBy, KnownWay, Way
from vrm_desktop.formats.mcp_tools import Tool, ToolResult
from vrm_desktop.formats.tool_form import ToolForm
from vrm_desktop.formats.web_address import asked_address
from vrm_desktop.services import reply_references
from vrm_desktop.services.compose_quotes import compose, desk_of, draft_of, form_of
from vrm_desktop.services.errors import NotFound, NotKnownAsDesk, NotPossibleNow, NoWebAddress
from vrm_desktop.services.means import Means
from vrm_desktop.services.outside_plans import ask_outside
from vrm_desktop.services.outside_ways import Composed, way_of, ways_of
from vrm_desktop.services.ports import Changes, ChannelError, Transaction
from vrm_desktop.services.quote_answers import Heard, chosen_total
from vrm_desktop.services.visit_pages import written_down


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DeskView:
    """A counterparty's desk: whose, where, and what is known of it."""

    vendor: Counterparty
    way: KnownWay
    desk: QuoteDesk


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class QuoteView:
    """What was asked of a desk, by name; `acts` are its calls, the first asked, the last perhaps accepts."""

    asked: QuoteAsked
    vendor_name: str
    want_title: str
    acts: tuple[OutsideAct, ...]
    accepts: bool


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AskView:
    """What would leave, exactly, where to, and all that it tells."""

    vendor: Counterparty
    address: str
    composed: Composed


async def add(means: Means, key: VendorId, address: str, profile: DeskProfile | None) -> DeskView:
    """Note that a counterparty has a desk at this address. Nothing is sent.

    Raises:
        NotFound: no such counterparty. NoWebAddress: this is none.
    """
    asked = asked_address(address)
    if asked is None:
        raise NoWebAddress("not a web address")

    def change(tx: Transaction) -> DeskView:
        vendor = _vendor(tx, key)
        now = means.clock.now()
        old = next((one for one in tx.papers(KnownWay, vendor=key) if one.way is Way.MCP), None)
        name = old.id if old is not None else means.new_id("way")
        detail = profile.title if profile is not None else ""
        way = KnownWay(
            id=name, vendor=key, at=now, way=Way.MCP, address=asked.address, found=FoundBy.PERSON, detail=detail
        )
        known = desk_of(tx, key)
        desk = QuoteDesk(id=known.id if known else means.new_id("desk"), vendor=key, at=now, profile=profile)
        if known is not None and old is not None and old.address == way.address:
            desk = replace(desk, tools=known.tools, seen=known.seen, more=known.more)
        tx.keep_paper(way)
        tx.keep_paper(desk)
        return DeskView(vendor=vendor, way=way, desk=desk)

    return await means.vault.write(change)


async def desks(means: Means) -> tuple[DeskView, ...]:
    """All desks that the person knows, by their vendors' names."""

    def look(tx: Transaction) -> tuple[DeskView, ...]:
        found = [_view(tx, one.id) for one in tx.vendors() if _has_desk(tx, one)]
        return tuple(sorted(found, key=lambda one: one.vendor.name))

    return await means.vault.read(look)


async def tools(means: Means, key: VendorId) -> DeskView:
    """Ask the desk for its tools, and keep what it says of them. It learns that somebody looks, and nothing else.

    Raises:
        NotFound: no such desk. ChannelError: it could not be asked.
    """
    view = await means.vault.read(lambda tx: _view(tx, key))
    if means.outside is None:
        raise ChannelError("connect-failed", "nothing reaches desks here", may_have_arrived=False, final=False)
    desks, address = means.outside.desks(), view.way.address
    listed = await written_down(means, address, VisitFor.DISCOVERY, lambda: desks.tools(address, line=f"tools {key}"))

    def change(tx: Transaction) -> DeskView:
        current = _view(tx, key)
        kept = tuple(_kept(one) for one in listed.tools[:MOST_TOOLS])
        more = listed.more or len(listed.tools) > MOST_TOOLS
        desk = replace(current.desk, tools=kept, seen=means.clock.now(), more=more)
        way = replace(current.way, at=means.clock.now(), trouble="")
        tx.keep_paper(desk)
        tx.keep_paper(way)
        return replace(current, desk=desk, way=way)

    return await means.vault.write(change)


async def form(means: Means, key: VendorId, tool: str) -> ToolForm:
    """The form of one of a desk's tools, as last seen.

    Raises:
        NotFound: no such desk, or no such tool. NotAToolForm: it cannot be shown.
    """
    view = await means.vault.read(lambda tx: _view(tx, key))
    found = form_of(view.desk, tool)
    if found is None:
        raise NotFound(tool)
    return found


async def put_in(
    means: Means, want: IntentcastId, key: VendorId, typed: Mapping[str, str], *, tool: str = ""
) -> AskView:
    """Keep what the person puts into a desk's form for a want, and show what would leave. Nothing is sent.

    A text "@" stands for what the desk's profile fills, "" leaves an argument out.

    Raises:
        NotFound: no such want or desk. QuoteIncomplete: the desk demands more. InvalidValue: an argument is none.
    """

    def change(tx: Transaction) -> AskView:
        view = _view(tx, key)
        _want(tx, want)
        draft = draft_of(tx, key, want)
        if typed or tool or draft is not None:
            made = draft or QuoteAsked(
                id=means.new_id("quote"), vendor=key, at=means.clock.now(), intentcast=want, tool=tool
            )
            before = made.typed if not tool or tool == made.tool else ()
            kept = {one.path: one.text for one in before} | dict(typed)
            put = tuple(Typed(path=path, text=text) for path, text in kept.items())
            tx.keep_paper(replace(made, tool=tool or made.tool, typed=put))
        composed = compose(tx, means, _want(tx, want), view.vendor)
        vendor = view.vendor
        if any(field.name == Fills.EMAIL for field in composed.tells) and reply_references.draw(tx, means, key):
            vendor = _vendor(tx, key)  # it gets an address of its own
            composed = compose(tx, means, _want(tx, want), vendor)
        return AskView(vendor=vendor, address=view.way.address, composed=composed)

    return await means.vault.write(change)


async def ask(means: Means, want: IntentcastId, shown: AskView, *, pause: float = 0.0) -> RelationshipId:
    """Ask one desk for a want, exactly as it was shown; the want may be asked elsewhere already.

    Raises:
        NotFound: no such want. NotOnPlan: it would say something else than was shown. NotPossibleNow: the want is over,
        or this desk is asked for it already.
    """

    def change(tx: Transaction) -> RelationshipId:
        found = _want(tx, want)
        if found.state not in {IntentcastState.DRAFT, IntentcastState.CAST}:
            raise NotPossibleNow(found.state.value)
        vendor = _vendor(tx, shown.vendor.id)
        composed = compose(tx, means, found, vendor)
        if composed != shown.composed or way_of(tx, vendor, Way.MCP).address != shown.address:
            raise NotOnPlan(vendor.id)
        if any(_is_open(tx, one) for one in tx.papers(QuoteAsked, vendor=vendor.id) if one.intentcast == want):
            raise NotPossibleNow("this desk is asked already")
        plan = VendorPlan(vendor=vendor.id, ping=(), reveal=composed.tells, order=(), way=Way.MCP, body=composed.body)
        saved = tx.plan(want) if found.state is IntentcastState.CAST else None
        others = tuple(one for one in saved.vendors if one.vendor != vendor.id) if saved is not None else ()
        tx.save_plan(CastPlan(intentcast=want, vendors=(*others, plan)))
        tx.save_intentcast(replace(found, state=IntentcastState.CAST))
        return ask_outside(tx, means, found, vendor, plan, means.clock.now() + timedelta(seconds=pause))

    return await means.vault.write(change)


async def quotes(means: Means, want: IntentcastId | None = None) -> tuple[QuoteView, ...]:
    """What was asked of desks, the newest first."""

    def look(tx: Transaction) -> tuple[QuoteView, ...]:
        found = [one for one in tx.papers(QuoteAsked) if want in {None, one.intentcast}]
        return tuple(_quote(tx, one) for one in sorted(found, key=lambda one: one.at, reverse=True))

    return await means.vault.read(look)


async def quote(means: Means, key: str) -> QuoteView:
    """One of them.

    Raises:
        NotFound: no such thing asked.
    """

    def look(tx: Transaction) -> QuoteView:
        return _quote(tx, _asked(tx, key))

    return await means.vault.read(look)


async def choose_total(means: Means, key: str, total: Money) -> Changes:
    """Decide which of two totals a quote has whose parts do not sum to the total that it names.

    Raises:
        NotFound: no such thing asked. NotPossibleNow: nothing is to be decided, or it is neither of them.
    """

    def change(tx: Transaction) -> Changes:
        asked = _asked(tx, key)
        if total not in asked.two_totals or asked.relationship is None:
            raise NotPossibleNow("neither of its totals")
        records = [one for one in tx.papers(OutsideRecord, relationship=asked.relationship) if one.answered]
        told = read_loose(records[-1].answered) if records else None
        desk = desk_of(tx, asked.vendor)
        if not isinstance(told, dict) or desk is None:
            raise NotPossibleNow("its answer is not kept")
        result = ToolResult(structured=told, text=asked.said, is_error=False)
        heard = Heard(tx=tx, means=means, asked=asked, profile=desk.profile, result=result)
        return chosen_total(heard, total.minor)

    return await means.vault.write(change)


_OPEN = frozenset({QuoteState.HELD, QuoteState.PENDING, QuoteState.UNCLEAR, QuoteState.QUOTED, QuoteState.ACCEPTING})
_GONE = frozenset({OutsideState.UNDONE, OutsideState.FAILED})


def _is_open(tx: Transaction, asked: QuoteAsked) -> bool:
    """Whether something may still come of it: what was called back, or never left, is no hindrance."""
    if asked.state is not QuoteState.HELD or asked.relationship is None:
        return asked.state in _OPEN
    acts = tx.papers(OutsideAct, relationship=asked.relationship)
    return any(one.state not in _GONE for one in acts if one.serves == asked.id)


def _has_desk(tx: Transaction, vendor: Counterparty) -> bool:
    return desk_of(tx, vendor.id) is not None and any(one.way is Way.MCP for one in ways_of(tx, vendor))


def _view(tx: Transaction, key: VendorId) -> DeskView:
    vendor = _vendor(tx, key)
    way, desk = next((one for one in ways_of(tx, vendor) if one.way is Way.MCP), None), desk_of(tx, key)
    if way is None or desk is None:
        raise NotKnownAsDesk(vendor.name)
    return DeskView(vendor=vendor, way=way, desk=desk)


def _quote(tx: Transaction, asked: QuoteAsked) -> QuoteView:
    vendor, want, desk = tx.vendor(asked.vendor), tx.intentcast(asked.intentcast), desk_of(tx, asked.vendor)
    acts = tx.papers(OutsideAct, relationship=asked.relationship) if asked.relationship is not None else ()
    return QuoteView(
        asked=asked,
        vendor_name=vendor.name if vendor is not None else "",
        want_title=want.title if want is not None else "",
        acts=tuple(one for one in acts if one.serves == asked.id),
        accepts=desk is not None and desk.profile is not None and desk.profile.accepting is not None,
    )


def _asked(tx: Transaction, key: str) -> QuoteAsked:
    found = tx.paper(QuoteAsked, key)
    if found is None:
        raise NotFound(key)
    return found


def _want(tx: Transaction, key: IntentcastId) -> Intentcast:
    found = tx.intentcast(key)
    if found is None:
        raise NotFound(key)
    return found


def _vendor(tx: Transaction, key: VendorId) -> Counterparty:
    found = tx.vendor(key)
    if found is None:
        raise NotFound(key)
    return found


def _kept(tool: Tool) -> DeskTool:
    schema = write_loose(tool.schema)
    return DeskTool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        schema=schema if len(schema) <= LONGEST_SCHEMA else "",
    )
