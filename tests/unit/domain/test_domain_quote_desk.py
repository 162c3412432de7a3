"""Quote desks as data: what was asked keeps its bounds, and a path is read step by step."""

from dataclasses import replace
from typing import Any

import pytest

from tests.fakes.moving_clock import MORNING
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import IntentcastId, VendorId
from vrm_desktop.domain.quote_desk import (
    Argument,
    DeskProfile,
    DeskTool,
    Fills,
    QuoteAsked,
    QuoteDesk,
    QuoteState,
    Typed,
    steps,
)

ASKED = QuoteAsked(id="q", vendor=VendorId("v"), at=MORNING, intentcast=IntentcastId("w"), number='"7"', said="soon")


@pytest.mark.parametrize(
    "change",
    [
        {"typed": (Typed(path="a", text="x"), Typed(path="a", text="y"))},
        {"typed": tuple(Typed(path=f"a{number}", text="x") for number in range(41))},
        {"number": "x" * 501},
        {"token": "x" * 501},
        {"said": "x" * 4001},
    ],
)
def test_what_was_asked_keeps_its_bounds(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue):
        replace(ASKED, **change)


def test_what_is_put_in_has_a_path_and_an_end() -> None:
    for path, text in (("no path", "x"), ("a", "x" * 4001)):
        with pytest.raises(InvalidValue):
            Typed(path=path, text=text)


def test_a_tool_keeps_its_bounds() -> None:
    for change in ({"schema": "x" * 16_385}, {"description": "x" * 4001}):
        with pytest.raises(InvalidValue):
            DeskTool(**{"name": "t", "title": "", "description": "", "schema": "", **change})


def test_papers_are_found_by_what_they_are_called() -> None:
    profile = DeskProfile(name="x", title="X Desk", tool="t", arguments=(Argument(path="a", fills=Fills.EMAIL),))
    tool = DeskTool(name="t", title="", description="", schema="{}")
    desk = QuoteDesk(id="d", vendor=VendorId("v"), at=MORNING, profile=profile, tools=(tool,))
    assert (desk.words, replace(desk, profile=None).words, ASKED.words) == ("X Desk", "", '"7" soon')
    assert (desk.tool("t"), desk.tool("u"), profile.demands) == (tool, None, ())
    assert ASKED.now(QuoteState.OVER, "late").trouble == "late"


def test_the_price_cap_is_nothing_that_a_desk_can_be_filled_with() -> None:
    assert not [one for one in Fills if "cap" in one.value or "price" in one.value or "bid" in one.value]


def test_a_path_is_read_step_by_step() -> None:
    assert steps("lines.0.unit_price") == ("lines", 0, "unit_price")
