"""What else can be done for a want, as the command line says it: each way with what it tells and the command for it."""

from vrm_desktop.cli import shapes
from vrm_desktop.cli.session import REFUSED, Result, Session
from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.reaching import NextKind, NextWay, NextWays
from vrm_desktop.domain.ways import Way
from vrm_desktop.services.errors import NobodyToAsk
from vrm_desktop.services.means import Means
from vrm_desktop.wording.errors import command_advice
from vrm_desktop.wording.reaching import because_words, next_words, told_words


async def nobody(session: Session, means: Means, key: IntentcastId, error: NobodyToAsk) -> Result:
    """Nobody can be asked: said as any refusal is, and then what can be done instead."""
    words = command_advice(error.code)
    session.tell(words.sentence)
    told = {"id": error.code, "title": words.title, "advice": words.advice, "detail": str(error)}
    found = await _next(means, key)
    return Result(shape={"error": told, **_shape(found)}, lines=_lines(found), status=REFUSED)


async def after(means: Means, key: IntentcastId, result: Result) -> Result:
    """What is shown of a want, and after it what else can be done, where nobody answers."""
    found = await _next(means, key)
    return Result(shape={**result.shape, **_shape(found)}, lines=(*result.lines, *_lines(found)), status=result.status)


async def _next(means: Means, key: IntentcastId) -> NextWays:
    from vrm_desktop.services.next_ways import next_ways  # looking at wants needs nothing that looks for vendors

    return await next_ways(means, key)


def _shape(found: NextWays) -> shapes.Shape:
    if not found.ways:
        return {}
    return {"because": found.because.value, "next": [_one(one, found) for one in found.ways]}


def _one(one: NextWay, found: NextWays) -> shapes.Shape:
    serves = one.vendor.id if one.vendor is not None else one.price.id if one.price is not None else one.address
    return {
        "id": ":".join(filter(None, (one.kind.value, serves))),
        "kind": one.kind.value,
        "way": one.way.value if one.way is not None else None,
        "vendor": one.vendor.id if one.vendor is not None else None,
        "public_price": one.price.id if one.price is not None else None,
        "address": one.address or None,
        "shows": one.shows.value,
        "tells": [{"id": each.name, "value": each.value} for each in one.tells],
        "command": command(one, found),
    }


def _lines(found: NextWays) -> tuple[str, ...]:
    if not found.ways:
        return ()
    lines = [because_words(found.because)]
    for one in found.ways:
        lines.append(f"- {next_words(one)}")
        lines += [f"    {line}" for line in (told_words(one), command(one, found)) if line]
    return tuple(lines)


def command(one: NextWay, found: NextWays) -> str:
    """The command that does it, "" where it is done elsewhere. A want that was asked is taken up anew to ask more."""
    key, verb = found.want.id, "plan" if found.want.state is IntentcastState.DRAFT else "again"
    vendor = one.vendor.id if one.vendor is not None else ""
    match one.kind:
        case NextKind.ASK:
            way = f":{one.way.value}" if one.way is not None else ""
            return f"vrm intentcast {verb} {key} --vendor {vendor}{way}"
        case NextKind.DISCOVER:
            return f"vrm vendor discover {vendor}"
        case NextKind.WRITE:
            return f"vrm counterparty write {vendor} TEXT"
        case NextKind.USE_PRICE if one.way is Way.UCP and one.price is not None:
            return f"vrm shop cart {one.price.id}"
        case NextKind.USE_PRICE if one.way is Way.PAGE:
            return f"vrm page list --for {key}"
        case NextKind.LOOK:
            return f"vrm page add ADDRESS --for {key}"
        case NextKind.CHOOSE_FROM_LIST:
            return "vrm rights organisations"
        case NextKind.ADD:
            return "vrm vendor discover DOMAIN"
        case _:
            return ""
