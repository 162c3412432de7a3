"""What leaves by ways beyond our own wire, and what else can be done: as the window says it."""

from dataclasses import replace
from datetime import date

import pytest

from tests.fakes import specimens
from vrm_desktop.domain.disclosure import PlannedField, Purpose, Source, Stage
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.plan import VendorPlan
from vrm_desktop.domain.reaching import Because, NextKind, NextWay, NextWays
from vrm_desktop.domain.ways import Way
from vrm_desktop.ui.models.plan_view import StageId
from vrm_desktop.ui.presenters.next_ways import next_ways_view
from vrm_desktop.ui.presenters.plan_stages import outside_stages

DAY = date(2026, 6, 18)
OUTSIDE = (Way.MAIL, Way.UCP, Way.MCP)


def told(name: str, value: str, stage: Stage = Stage.REVEAL) -> PlannedField:
    return PlannedField(name=name, value=value, stage=stage, purpose=Purpose.QUOTE, until=DAY, source=Source.WANT)


def a_plan(way: Way) -> VendorPlan:
    return VendorPlan(
        vendor=VendorId("vendor-1"),
        ping=(),
        reveal=(told("want.title", "Road bike"), told("area", "DE")),
        order=(told("profile.name", "Ada Example", Stage.ORDER),),
        way=way,
        body="exactly\nthis",
    )


@pytest.mark.parametrize(
    ("way", "worth", "taking"),
    [
        (Way.MAIL, "An e-mail shows its sender.", "Leaves with your yes"),
        (Way.UCP, "A public price is no offer made for you", "You buy on the shop's own page"),
        (Way.MCP, "A quote desk makes an offer for you", "Accepting tells the desk the number"),
    ],
)
def test_each_way_says_what_is_told_at_once_and_what_an_answer_is_worth(way: Way, worth: str, taking: str) -> None:
    first, second, third = outside_stages(specimens.WANT, a_plan(way), drafted=False)
    assert first.when == "Leaves after you confirm, before any conditions are signed."
    assert first.exact == "exactly\nthis"
    assert dict(first.fields)["Area"] == "Germany"
    assert second.stage is StageId.WORTH
    assert second.note.startswith(worth)
    assert second.exact == ""
    assert third.when.startswith(taking)
    assert bool(third.fields) is (way is Way.MAIL)


def test_what_is_only_drafted_is_not_said_to_leave_by_itself() -> None:
    first = outside_stages(specimens.WANT, a_plan(Way.MAIL), drafted=True)[0]
    assert first.when.startswith("Is drafted after you confirm, and leaves when you send it.")


def test_every_way_on_has_a_button_of_its_own_and_says_what_it_tells() -> None:
    vendor = replace(specimens.VENDOR, name="Radhaus")
    asks = tuple(NextWay(kind=NextKind.ASK, way=way, vendor=vendor) for way in (Way.NATIVE, *OUTSIDE))
    others = tuple(
        NextWay(kind=kind, vendor=vendor, address="https://radhaus.example")
        for kind in NextKind
        if kind not in {NextKind.ASK, NextKind.USE_PRICE}
    )
    found = NextWays(want=specimens.WANT, because=Because.DECLINED, ways=(*asks, *others))
    view = next_ways_view(found)
    assert view.because == "Nobody made an offer. What else you can do:"
    assert len({step.action for step in view.steps}) == len(view.steps)
    assert len({step.id for step in view.steps}) == len(view.steps)
    quiet = {step.kind for step in view.steps if not step.told}
    assert quiet == {NextKind.CHOOSE_FROM_LIST, NextKind.ADD}
    assert all(step.told.startswith("It would learn: ") for step in view.steps if step.told)
