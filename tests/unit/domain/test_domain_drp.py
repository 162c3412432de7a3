"""The Data Rights Protocol as the person keeps it: what a request knows of itself, whatever a server says."""

from datetime import UTC, datetime, timedelta

import pytest

from vrm_desktop.domain.drp import (
    DrpAction,
    DrpClaim,
    DrpEntry,
    DrpExercise,
    DrpIdentity,
    DrpReason,
    DrpRegime,
    DrpReport,
    DrpStanding,
    DrpStatus,
)
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import RelationshipId, VendorId

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


def _entry(*actions: str) -> DrpEntry:
    return DrpEntry(
        id="SHOP_1", vendor=VendorId("v"), at=NOW, name="Shop", api_base="https://shop.example", actions=actions
    )


def _exercise() -> DrpExercise:
    return DrpExercise(
        id="drp-1",
        vendor=VendorId("v"),
        relationship=RelationshipId("r"),
        at=NOW,
        business="SHOP_1",
        action=DrpAction.ACCESS,
        regime=DrpRegime.VOLUNTARY,
        agent_request_id="n-1",
        identity=DrpIdentity(email="jane@example.org"),
    )


def _report(status: DrpStatus, **more: object) -> DrpReport:
    return DrpReport(request_id="q-1", status=status, **more)  # type: ignore[arg-type]


def test_an_identity_names_what_it_tells() -> None:
    assert DrpIdentity().claims == ()
    assert DrpIdentity(email="a@b", country="DE").claims == (DrpClaim.EMAIL, DrpClaim.ADDRESS)
    assert DrpIdentity(name="Jane", phone="+49301").claims == (DrpClaim.NAME, DrpClaim.PHONE)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (DrpIdentity(email="Jane@example.org"), DrpIdentity(email="jane@Example.org"), True),
        (DrpIdentity(phone="+4930123"), DrpIdentity(phone="+4930123"), True),
        (DrpIdentity(name="Jane Doe"), DrpIdentity(name="Doe, Jane"), True),
        (DrpIdentity(name="Jane Doe"), DrpIdentity(name="Jane Roe"), False),
        (DrpIdentity(), DrpIdentity(), False),
        (DrpIdentity(email="a@b"), DrpIdentity(email="c@d"), False),
    ],
)
def test_two_identities_may_be_one_person(one: DrpIdentity, other: DrpIdentity, *, same: bool) -> None:
    assert one.may_be(other) is same


def test_an_entry_takes_what_it_lists_in_its_own_spelling() -> None:
    entry = _entry("access", "sale:opt_out")
    assert entry.spelled(DrpAction.SALE_OPT_OUT) == "sale:opt_out"
    assert entry.takes(DrpAction.SALE_OPT_OUT)
    assert entry.takes(DrpAction.ACCESS)
    assert not entry.takes(DrpAction.DELETION)
    assert _entry("sale:opt-out").spelled(DrpAction.SALE_OPT_OUT) == "sale:opt-out"
    assert _entry("sale:opt-out", "sale:opt_out").spelled(DrpAction.SALE_OPT_OUT) == "sale:opt-out"


def test_an_entry_that_lists_nothing_may_take_anything_of_the_protocol_and_no_extension() -> None:
    assert _entry().takes(DrpAction.DELETION)
    assert not _entry().takes(DrpAction.PORTABILITY)
    assert _entry().words == "Shop\nSHOP_1"


def test_an_entry_has_an_id_and_an_address() -> None:
    with pytest.raises(InvalidValue):
        DrpEntry(id="", vendor=VendorId("v"), at=NOW, name="", api_base="https://shop.example")


def test_a_request_runs_only_by_what_was_said() -> None:
    request = _exercise()
    with pytest.raises(InvalidValue):
        DrpExercise(**{name: getattr(request, name) for name in _names(request)} | {"standing": DrpStanding.RUNNING})
    with pytest.raises(InvalidValue):
        DrpExercise(**{name: getattr(request, name) for name in _names(request)} | {"agent_request_id": ""})


def _names(request: DrpExercise) -> tuple[str, ...]:
    return tuple(type(request).__dataclass_fields__)


def test_a_request_follows_what_is_said_and_keeps_what_is_left_out_later() -> None:
    running = _exercise().after(_report(DrpStatus.IN_PROGRESS, expected_by=LATER, details="soon"), NOW)
    assert (running.standing, running.open, running.by_letter) == (DrpStanding.RUNNING, True, False)
    assert "soon" in running.words
    done = running.after(_report(DrpStatus.FULFILLED, results_url="https://shop.example/r"), LATER)
    assert done.report is not None
    assert (done.standing, done.report.expected_by, done.heard) == (DrpStanding.SETTLED, LATER, LATER)


def test_a_final_status_stays_final() -> None:
    denied = _exercise().after(_report(DrpStatus.DENIED, reason=DrpReason.NO_MATCH), NOW)
    again = denied.after(_report(DrpStatus.OPEN), LATER)
    assert again.report is not None
    assert (again.report.status, again.standing, again.heard) == (DrpStatus.DENIED, DrpStanding.SETTLED, LATER)


def test_trouble_leaves_the_request_where_it_is_unless_the_way_is_at_its_end() -> None:
    request = _exercise()
    assert request.words == "n-1"
    assert request.troubled("timed-out", LATER).standing is DrpStanding.LEAVING
    failed = request.troubled("drp-refused", LATER, DrpStanding.FAILED)
    assert (failed.by_letter, failed.open, failed.trouble, failed.tried) == (True, False, "drp-refused", LATER)
