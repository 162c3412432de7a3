"""What would leave to ask a quote desk: the exact call, and all that it tells. Pure reading; nothing leaves here.

Optional arguments that are the person's own stay empty unless the person puts them in. The price cap has no way in.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from vrm_desktop.canon import hashes
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.loose_json import Loose, Number, read_loose
from vrm_desktop.canon.loose_writing import show_loose
from vrm_desktop.domain.disclosure import PlannedField, Purpose, Source, Stage
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import IntentcastId, VendorId
from vrm_desktop.domain.intentcast import Condition, Intentcast
from vrm_desktop.domain.plan import QUOTE_DAYS, pick
from vrm_desktop.domain.profile import ShareDefault, coarsened
from vrm_desktop.domain.quote_desk import Argument, DeskProfile, Fills, QuoteAsked, QuoteDesk, QuoteState
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.formats.errors import NotAToolForm
from vrm_desktop.formats.tool_form import ToolForm, built, fill, read_form
from vrm_desktop.services.errors import QuoteIncomplete, QuoteWithoutTool
from vrm_desktop.services.means import Means
from vrm_desktop.services.outside_ways import Composed
from vrm_desktop.services.ports import Transaction

FROM_PROFILE: Final = "@"
"""Typed into an argument: what the desk's profile would put there, where it leaves it empty by itself."""
_MIXED: Final = frozenset({Fills.WORDS, Fills.CONTEXT})
"""Made of more than one thing about the want; what is typed there instead is told as the argument that it is."""


def desk_of(tx: Transaction, vendor: VendorId) -> QuoteDesk | None:
    """The counterparty's desk."""
    return next(iter(tx.papers(QuoteDesk, vendor=vendor)), None)


def draft_of(tx: Transaction, vendor: VendorId, want: IntentcastId) -> QuoteAsked | None:
    """What the person has put in for this want, before it is asked."""
    drafts = (one for one in tx.papers(QuoteAsked, vendor=vendor) if one.state is QuoteState.DRAFT)
    return next((one for one in drafts if one.intentcast == want), None)


def compose(tx: Transaction, means: Means, want: Intentcast, vendor: Counterparty) -> Composed:
    """The call that asks this desk for this want.

    Raises:
        QuoteIncomplete: something that the desk demands is not known, or the desk's form is not as it was.
    """
    desk, draft = desk_of(tx, vendor.id), draft_of(tx, vendor.id, want.id)
    if desk is None:
        raise QuoteIncomplete("no desk")
    typed = {one.path: one.text for one in draft.typed} if draft is not None else {}
    tool = draft.tool if draft is not None and draft.tool else desk.profile.tool if desk.profile is not None else ""
    if not tool:
        raise QuoteWithoutTool("no tool chosen")
    own = desk.profile is not None and tool == desk.profile.tool
    form = _form(desk, tool)
    call = _Call(tx, want, vendor, means.clock.today())
    if desk.profile is not None and own:
        call.by_profile(desk.profile, typed, form)
    call.by_hand(typed, desk.profile if own else None)
    arguments = _arguments(call, form)
    body = show_loose({"tool": tool, "arguments": arguments})
    return Composed(tells=tuple(call.tells.values()), body=body)


def call_in(body: str) -> tuple[str, dict[str, Loose]]:
    """The tool and the arguments in a body, exactly as they were shown."""
    value = read_loose(body)
    tool, arguments = (value.get("tool"), value.get("arguments")) if isinstance(value, dict) else (None, None)
    if not isinstance(tool, str) or not isinstance(arguments, dict):
        raise InvalidValue("not a call of a tool")
    return tool, arguments


def form_of(desk: QuoteDesk, tool: str) -> ToolForm | None:
    """The form of a tool as last seen; None where it was not seen.

    Raises:
        NotAToolForm: it cannot be shown.
    """
    found = desk.tool(tool)
    schema = read_loose(found.schema) if found is not None and found.schema else None
    return read_form(schema) if isinstance(schema, dict) else None


def _form(desk: QuoteDesk, tool: str) -> ToolForm | None:
    try:
        return form_of(desk, tool)
    except NotAToolForm as error:
        raise QuoteIncomplete(str(error)) from error


def _arguments(call: "_Call", form: ToolForm | None) -> dict[str, Loose]:
    try:
        if form is not None:
            known = {path: text for path, text in call.texts.items() if path in call.needed or form.field(path)}
            return fill(form, known)
        numbers = {path: Number(text) for path, text in call.texts.items() if path in call.numbers}
        return built({**call.texts, **numbers})
    except NotAToolForm as error:
        raise QuoteIncomplete(str(error), path=error.path) from error
    except CanonError as error:
        raise QuoteIncomplete(str(error)) from error


class _Call:
    """The arguments as they gather, and what they tell."""

    def __init__(self, tx: Transaction, want: Intentcast, vendor: Counterparty, today: date) -> None:
        self._profile = tx.profile()
        self._want = want
        self._vendor = vendor
        self._today = today
        self._until = want.answers_by + timedelta(days=QUOTE_DAYS)
        self.texts: dict[str, str] = {}
        self.numbers: set[str] = set()
        self.needed: set[str] = set()
        self.tells: dict[str, PlannedField] = {}

    def by_profile(self, profile: DeskProfile, typed: Mapping[str, str], form: ToolForm | None) -> None:
        """What the desk's profile fills by itself, where the desk's own form has a place for it or none was seen.

        What has no place does not leave and is not told. Where the details have none, they go with the title.
        """
        lost = {one.fills for one in profile.arguments if _has_no_place(form, one)}
        for one in profile.arguments:
            if one.fills is not None and _has_no_place(form, one):
                continue
            wished = typed.get(one.path, FROM_PROFILE if one.required or _is_of_the_want(one) else "")
            if wished == FROM_PROFILE and one.fills is not None:
                mixed = one.fills is Fills.TITLE and Fills.CONTEXT in lost
                self._fill(one.path, Fills.WORDS if mixed else one.fills)
            if one.required:
                self.needed.add(one.path)
                if not wished or (wished == FROM_PROFILE and one.path not in self.texts):
                    raise QuoteIncomplete(f"{one.path}: {one.fills.value if one.fills else 'missing'}", path=one.path)

    def by_hand(self, typed: Mapping[str, str], profile: DeskProfile | None) -> None:
        """What the person has put in."""
        fills = {one.path: one.fills for one in profile.arguments} if profile is not None else {}
        for path, text in typed.items():
            if text in {"", FROM_PROFILE} and (not text or path in fills):
                continue
            self.texts[path] = text
            self.needed.add(path)
            meant = fills.get(path)
            if meant is Fills.QUANTITY and text.isascii() and text.isdigit():
                self.numbers.add(path)
            self._tell(meant.value if meant is not None and meant not in _MIXED else f"desk.{path}", text)

    def _fill(self, path: str, fills: Fills) -> None:
        if fills.field is not None:
            self._fill_own(path, fills)
            return
        want = self._want
        told: tuple[tuple[str, str], ...]
        match fills:
            case Fills.REPEAT_KEY:
                self.texts[path] = hashes.digest(f"quote\n{want.id}\n{self._vendor.id}".encode())[:22]
                return
            case Fills.WORDS:
                self._put(path, ((Fills.TITLE.value, want.title), *self._context()))
                return
            case Fills.CONTEXT:
                self._put(path, self._context())
                return
            case Fills.NEEDED_BY:
                told = ((fills.value, want.needed_by.isoformat() if want.needed_by is not None else ""),)
            case Fills.ANSWERS_BY:
                told = ((fills.value, want.answers_by.isoformat()),)
            case Fills.QUANTITY:
                told = ((fills.value, str(want.quantity)),)
                self.numbers.add(path)
            case _:
                told = ((fills.value, {Fills.TITLE: want.title, Fills.DETAILS: want.details}.get(fills, want.place)),)
        self._put(path, told)

    def _context(self) -> tuple[tuple[str, str], ...]:
        """The details, and the condition if it matters, in the words of a form for everybody."""
        known = self._want.condition
        condition = () if known is Condition.ANY else (("condition", known.value),)
        return ((Fills.DETAILS.value, self._want.details), *condition)

    def _put(self, path: str, told: tuple[tuple[str, str], ...]) -> None:
        lines = [f"Condition: {value}" if name == "condition" else value for name, value in told if value]
        if lines:
            self.texts[path] = "\n".join(lines)
            for name, value in told:
                self._tell(name, value)

    def _fill_own(self, path: str, fills: Fills) -> None:
        field = pick(self._profile, fills.field) if fills.field is not None else None
        if field is None:
            return
        coarse = field.share is ShareDefault.COARSE
        value = coarsened(field.coarse, field.value, self._today) if coarse else field.value
        if fills is Fills.EMAIL and self._vendor.reply_to:
            value, coarse = self._vendor.reply_to, False
        self.texts[path] = value
        self.tells[fills.value] = PlannedField(
            name=fills.value,
            value=value,
            stage=Stage.REVEAL,
            purpose=Purpose.QUOTE,
            until=self._until,
            source=Source.PROFILE,
            field=field.id,
            pd=field.pd,
            coarse=coarse,
        )

    def _tell(self, name: str, value: str) -> None:
        if value:
            self.tells[name] = PlannedField(
                name=name,
                value=value,
                stage=Stage.REVEAL,
                purpose=Purpose.QUOTE,
                until=self._until,
                source=Source.WANT,
            )


def _has_no_place(form: ToolForm | None, one: Argument) -> bool:
    return form is not None and not one.required and form.field(one.path) is None


def _is_of_the_want(one: Argument) -> bool:
    return one.fills is not None and one.fills.field is None
