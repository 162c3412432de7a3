"""What is graded and how it came out: rules, grades, and the marks that collect them. Nothing here asks a vendor."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MISSED = "not reached"
"""How the reason of a rule begins that was never judged."""


class Level(StrEnum):
    """How much is asked of a vendor: the kit's core, or every MUST."""

    CORE = "core"
    FULL = "full"


class Outcome(StrEnum):
    """How a rule came out."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One MUST of docs/protocol.md: `id` is stable, `section` its number there, `must` what it asks of a desk."""

    id: str
    section: str
    must: str
    level: Level = Level.FULL


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """How one rule came out, and why in plain words ("" for a pass without more to say)."""

    rule: Rule
    outcome: Outcome
    reason: str = ""


def core(id: str, section: str, must: str) -> Rule:
    """A rule of the kit's core."""
    return Rule(id=id, section=section, must=must, level=Level.CORE)


def full(id: str, section: str, must: str) -> Rule:
    """A rule beyond the core."""
    return Rule(id=id, section=section, must=must)


class Marks:
    """Collects what was found. A rule judged several times has failed when it failed once."""

    def __init__(self, rules: Iterable[Rule], *, level: Level) -> None:
        self._rules = tuple(rule for rule in rules if level is Level.FULL or rule.level is Level.CORE)
        self._found: dict[str, Grade] = {}
        self._stopped: list[str] = []

    def wants(self, rule: Rule) -> bool:
        """Whether the rule is graded at this level."""
        return rule in self._rules

    def judge(self, rule: Rule, problem: str = "", *, note: str = "") -> None:
        """`problem` says what is wrong; without one the rule has passed, with `note` as something to know."""
        outcome = Outcome.FAILED if problem else Outcome.PASSED
        before = self._found.get(rule.id)
        if before is not None and (before.outcome is Outcome.FAILED or (before.outcome is outcome and not problem)):
            return
        self._found[rule.id] = Grade(rule=rule, outcome=outcome, reason=problem or note)

    def not_applicable(self, rules: Iterable[Rule], reason: str) -> None:
        """These rules have no occasion with this vendor, unless they were judged elsewhere."""
        for rule in rules:
            self._found.setdefault(rule.id, Grade(rule=rule, outcome=Outcome.NOT_APPLICABLE, reason=reason))

    def stop(self, reason: str) -> None:
        """A part of the run ended early; what was not judged then has failed."""
        self._stopped.append(reason)

    def grades(self) -> tuple[Grade, ...]:
        """A grade for every rule of the level, in the order of the rules."""
        missed = MISSED + (f": {self._stopped[0]}" if self._stopped else "")
        return tuple(
            self._found.get(rule.id, Grade(rule=rule, outcome=Outcome.FAILED, reason=missed)) for rule in self._rules
        )
