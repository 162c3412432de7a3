"""All scenarios by name. `honest` is the control: it keeps every rule, so that what fails elsewhere is the lie."""

from collections.abc import Mapping

from vrm_desktop.conformance.misbehaving.card_lies import CARD_LIES
from vrm_desktop.conformance.misbehaving.living_lies import LIVING_LIES
from vrm_desktop.conformance.misbehaving.message_lies import MESSAGE_LIES
from vrm_desktop.conformance.misbehaving.scenario import Scenario
from vrm_desktop.conformance.misbehaving.wire_lies import WIRE_LIES

SCENARIOS: Mapping[str, Scenario] = {
    "honest": Scenario(lie="no lie at all: the control"),
    **WIRE_LIES,
    **CARD_LIES,
    **MESSAGE_LIES,
    **LIVING_LIES,
}
