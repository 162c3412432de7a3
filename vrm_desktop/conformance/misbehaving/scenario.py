"""What a scenario is: which of its parts the scripted vendor replaces by a lie."""

from dataclasses import dataclass

from vrm_desktop.conformance.misbehaving.house import MakeCard, Script, published
from vrm_desktop.conformance.misbehaving.script import honest
from vrm_desktop.conformance.misbehaving.web import Answering


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """`lie` says in one line what is done. What a scenario does not replace is honest."""

    lie: str
    script: Script = honest
    card: MakeCard = published
    answering: Answering | None = None
