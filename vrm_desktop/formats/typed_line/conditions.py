"""New or used, delivered or collected: words for condition and fulfilment, with what negates and joins them.

Two that together mean "no matter" become "any"; what is only excluded ("not used") leaves several, so it is asked.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from vrm_desktop.domain.intentcast import Condition, Fulfilment
from vrm_desktop.formats.typed_line.meaning import Field, Why
from vrm_desktop.formats.typed_line.words import Line, PhraseTable

V = TypeVar("V", Condition, Fulfilment)

_NEGATED: Final = re.compile(
    r"(?<![^\W_])(?:not|no|non|never|nicht|nichts|kein(?:e[nmrs]?)?|ohne|without|isn't|don't want)(?:\s+(?:a|an|be"
    r"|too|zu|ein|eine[nsr]?|want|need))?[\s-]*$",
    re.IGNORECASE,
)


_CONDITION_ROWS: Final = """
new|brand new|factory new = new
+neu|+nagelneu|+fabrikneu = new
used|second hand|secondhand|2nd hand|pre owned|preowned|preloved|pre loved|gebr|aus zweiter hand|+gebraucht = used
refurbished|refurb|reconditioned|renewed|refurbisht = refurbished
+generalüberholt|+wiederaufbereitet|+aufbereitet|+runderneuert = refurbished
used ok|used is ok|used is fine|used okay|can be used|may be used|also used|auch gebraucht|gebraucht ok = any
gebraucht ist ok|gebraucht okay|gebraucht reicht|darf gebraucht sein|darf auch gebraucht sein|new or old = any
any condition|condition does not matter|condition doesn't matter|zustand egal|egal welcher zustand = any
like new|as new|as good as new|nearly new|almost new|hardly used|barely used|lightly used|unused|ex display|open box = ?
wie neu|so gut wie neu|fast neu|kaum gebraucht|wenig gebraucht|b ware|+neuwertig|+unbenutzt|+ungebraucht = ?
"""
_FULFILMENT_ROWS: Final = """
delivered|delivery|deliver|home delivery|shipped|shipping|ship|free delivery|by post|by mail = delivered
including delivery|delivered to my door|delivery included = delivered
geliefert|lieferung|liefern|liefern lassen|mit lieferung|versand|per post|zugeschickt|frei haus = delivered
inkl lieferung|inklusive lieferung|inkl versand|mit versand = delivered
collect|collected|collection|collection only|pickup|pick up|picked up|i pick it up|pickup only = collected
i can collect|can collect|will collect|to collect|collected by me = collected
abholung|abholen|abgeholt|selbstabholung|selbstabholer|selbst abholen|nur abholung|zum abholen = collected
zur abholung|hole ab|hole selbst ab|wird abgeholt = collected
on site|onsite|at my home|at my place|at our place|at our home|home visit|at home = on-site
vor ort|bei mir zuhause|bei mir zu hause|bei uns zuhause|bei uns zu hause|zuhause|hausbesuch = on-site
"""


def _rows(table: str) -> Iterator[tuple[str, str]]:
    """Names and what they say, "?" for what leaves it open; a "+" in front asks for the German endings too."""
    for row in table.strip().splitlines():
        names, _, said = row.partition(" = ")
        for name in names.split("|"):
            endings = ("", "e", "er", "es", "en", "em") if name.startswith("+") else ("",)
            yield from ((name.removeprefix("+") + ending, said) for ending in endings)


_CONDITIONS: Final = PhraseTable[Condition | None](
    (name, None if said == "?" else Condition(said)) for name, said in _rows(_CONDITION_ROWS)
)
_FULFILMENTS: Final = PhraseTable[Fulfilment | None]((name, Fulfilment(said)) for name, said in _rows(_FULFILMENT_ROWS))


def read_condition(line: Line) -> None:
    """The condition as a chip or a question; takes its words."""
    _read(line, Field.CONDITION, _CONDITIONS, list(Condition), _condition_together)


def read_fulfilment(line: Line) -> None:
    """How the thing reaches the person, as a chip or a question; takes its words."""
    _read(line, Field.FULFILMENT, _FULFILMENTS, list(Fulfilment), _fulfilment_together)


def _condition_together(said: set[Condition]) -> Condition | None:
    if Condition.ANY in said or {Condition.NEW, Condition.USED} <= said:
        return Condition.ANY
    return None


def _fulfilment_together(said: set[Fulfilment]) -> Fulfilment | None:
    return Fulfilment.ANY if said == {Fulfilment.DELIVERED, Fulfilment.COLLECTED} else None


def _read(
    line: Line,
    field: Field,
    table: PhraseTable[V | None],
    every: list[V],
    together: Callable[[set[V]], V | None],
) -> None:
    said: set[V] = set()
    excluded: set[V] = set()
    unclear = False
    first, last = len(line.text), 0
    for match in list(table.find(line)):
        negation = _NEGATED.search(line.text, 0, match.start)
        meaning = match.meaning[0]
        if meaning is None:
            unclear = True
        else:
            (excluded if negation else said).add(meaning)
        start = negation.start() if negation else match.start
        line.take(start, match.end)
        first, last = min(first, start), max(last, match.end)
    if not (said or excluded or unclear):
        return
    said -= excluded
    source = line.text[first:last]
    if unclear or not said:
        left = [one for one in every if one not in excluded and one.value != "any"]
        line.ask(field, Why.SEVERAL if unclear else Why.EXCLUDES_ONLY, source=source, choices=left)
        return
    value = next(iter(said)) if len(said) == 1 else together(said)
    if value is None:
        line.ask(field, Why.CONFLICT, source=source, choices=[one for one in every if one in said])
    else:
        line.add(field, value, first, last)
