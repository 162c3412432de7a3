"""Nothing personal leaves without a signed agreement, and then only what the plan holds: by types and at run time."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.decoding import holds
from tests.fakes.two_sides import NOW, TODAY, TwoSides
from vrm_desktop.domain.ids import ActId, Digest, FieldId, IntentcastId, VendorId
from vrm_desktop.domain.intentcast import Bid, Intentcast
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.plan import VendorPlan, plan_cast
from vrm_desktop.domain.profile import CoarseRule, FieldPath, ProfileField, ShareDefault
from vrm_desktop.domain.regions import Area
from vrm_desktop.protocol.basis import OwnAct, WrittenAcceptance
from vrm_desktop.protocol.disclosures import Disclosure, padded
from vrm_desktop.protocol.errors import BadAgreement, BadDisclosure
from vrm_desktop.protocol.sealing import Released, Sealed, seal_reveal

ROOT = Path(__file__).resolve().parents[2]
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=60).filter(str.strip)
CAP = 7_654_321_012

wants = st.builds(
    Intentcast,
    id=st.just(IntentcastId("i")),
    title=TEXTS,
    details=st.just("") | TEXTS,
    category=st.just("mobility.bicycle"),
    area=st.just(Area(country="DE")),
    answers_by=st.just(date(2026, 12, 1)),
    made=st.just(datetime(2026, 11, 22, tzinfo=UTC)),
    place=st.just("") | TEXTS,
    quantity=st.integers(1, 999),
    price_cap=st.just(Money(minor=CAP, currency="EUR")),
    bid=st.none() | st.just(Bid(amount=Money(minor=100, currency="EUR"), firm=True, until=date(2026, 12, 1))),
)


@st.composite
def profiles(draw: st.DrawFn) -> tuple[ProfileField, ...]:
    paths = draw(st.lists(st.sampled_from([path for path in FieldPath if path is not FieldPath.BIRTHDAY]), max_size=8))
    return tuple(
        ProfileField(
            id=FieldId(f"f{number}"),
            path=path,
            value=f"{draw(TEXTS)} profile-value-{number}-of-the-person",
            updated=NOW,
            share=draw(st.sampled_from(ShareDefault)),
            coarse=draw(st.sampled_from([CoarseRule.NONE, CoarseRule.POSTCODE_PREFIX])),
        )
        for number, path in enumerate(paths)
    )


class Planned:
    """One plan, pinged and agreed, ready to be revealed."""

    def __init__(self, want: Intentcast, profile: tuple[ProfileField, ...]) -> None:
        self.plan: VendorPlan = plan_cast(want, (VendorId("v"),), profile, TODAY).vendors[0]
        self.two = TwoSides()
        self.two.disclosures = tuple(
            Disclosure.fresh(field.name, field.value, self.two.random) for field in self.plan.reveal
        )
        ping = msgspec.structs.replace(
            self.two.ping_message(), digests=padded([one.digest for one in self.two.disclosures], self.two.random)
        )
        self.pledged = tuple(Digest(digest) for digest in ping.digests)
        self.pinged = self.two.person.send(ping)
        self.two.desk.open(self.pinged.envelope)
        self.two.agree()

    def released(self) -> tuple[Released, ...]:
        pairs = zip(self.two.disclosures, self.plan.reveal, strict=True)
        return tuple((one, field.purpose, field.until) for one, field in pairs)

    def reveal(self, basis: object, released: tuple[Released, ...]) -> Sealed:
        return seal_reveal(
            self.two.person.conversation,
            basis=basis,  # type: ignore[arg-type] # wrong ones on purpose
            disclosures=released,
            pledged=self.pledged,
            exp=NOW + timedelta(days=1),
            signer=self.two.person.signer,
        )


@settings(max_examples=60, deadline=None)
@given(wants, profiles())
def test_a_reveal_holds_the_plan_and_nothing_of_profile_or_cap(
    want: Intentcast, profile: tuple[ProfileField, ...]
) -> None:
    planned = Planned(want, profile)
    sealed = planned.reveal(planned.two.agreements[0], planned.released())
    taken = planned.two.desk.take(sealed.envelope)
    assert [(one.name, one.value) for one in taken.disclosures] == [
        (field.name, field.value) for field in planned.plan.reveal
    ]
    for data in (planned.pinged.envelope.to_bytes(), sealed.envelope.to_bytes()):
        assert not holds(data, str(CAP))
        assert not any(holds(data, field.value) for field in profile)
    assert not any(holds(planned.pinged.envelope.to_bytes(), one.salt) for one in planned.two.disclosures)


@settings(max_examples=30, deadline=None)
@given(wants, profiles())
def test_no_other_basis_opens_a_reveal_whatever_the_plan(want: Intentcast, profile: tuple[ProfileField, ...]) -> None:
    planned = Planned(want, profile)
    stranger = TwoSides(desk_seed=b"o" * 32)
    stranger.ping()
    stranger.agree()
    own = OwnAct(act=ActId("a"), confirmed=NOW)
    written = WrittenAcceptance(vendor=VendorId("v"), evidence=Digest("A" * 43), at=NOW)
    bases = (None, True, own, written, planned.two.proffered[0], planned.two.agreements[1], stranger.agreements[0])
    for basis in bases:
        with pytest.raises(BadAgreement):
            planned.reveal(basis, planned.released())


@settings(max_examples=30, deadline=None)
@given(wants, TEXTS)
def test_a_value_that_the_ping_did_not_pledge_never_leaves(want: Intentcast, value: str) -> None:
    planned = Planned(want, ())
    first = planned.released()[0]
    stray = (Disclosure.fresh(first[0].name, value, planned.two.random), first[1], first[2])
    for released in ((stray,), (*planned.released(), stray)):
        with pytest.raises(BadDisclosure):
            planned.reveal(planned.two.agreements[0], released)


CALL = """
from datetime import date
from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.protocol.agreements import SignedAgreement
from vrm_desktop.protocol.basis import OwnAct, WrittenAcceptance
from vrm_desktop.protocol.messages import Accept, AgreementText, CoSigned, DataWish, Grant, OrderChange, Reveal, Update
from vrm_desktop.protocol.sealing import seal, seal_grant, seal_order_change, seal_reveal, seal_update
from vrm_desktop.protocol.signing import Signer

def reveal(conversation: Conversation, basis: {basis}, signer: Signer) -> None:
    seal_reveal(conversation, basis=basis, disclosures=(), pledged=(), exp=date(2026, 1, 1), signer=signer)

def update(conversation: Conversation, basis: {basis}, signer: Signer) -> None:
    seal_update(conversation, basis=basis, disclosures=(), disclosed=(), exp=date(2026, 1, 1), signer=signer)

def grant(conversation: Conversation, basis: {basis}, wish: DataWish, of: MessageId, signer: Signer) -> None:
    seal_grant(conversation, basis=basis, of=of, wish=wish, disclosures=(), consent=True,
               exp=date(2026, 1, 1), signer=signer)

def change(conversation: Conversation, basis: {basis}, message: OrderChange, signer: Signer) -> None:
    seal_order_change(conversation, message, basis=basis, disclosures=(), signer=signer)

def by_the_common_door(conversation: Conversation, message: {message}, signer: Signer) -> None:
    seal(conversation, message, signer)
"""
DOORS = ("seal_reveal", "seal_update", "seal_grant", "seal_order_change")
VALUED = ("Reveal", "Accept", "Update", "Grant")
WRONG = ("OwnAct", "WrittenAcceptance", "CoSigned", "AgreementText", "SignedAgreement | None", "bool")


def test_a_wrong_basis_does_not_pass_the_type_checker(tmp_path: Path) -> None:
    right = tmp_path / "right.py"
    right.write_text(
        CALL.format(basis="SignedAgreement", message="OwnMessage").replace("Update\n", "Message as OwnMessage\n")
    )
    files = [right]
    for number, basis in enumerate(WRONG):
        file = tmp_path / f"wrong_{number}.py"
        file.write_text(CALL.format(basis=basis, message=VALUED[number % len(VALUED)]))
        files.append(file)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", ROOT / "pyproject.toml", "--cache-dir", tmp_path, *files],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    errors = [line for line in done.stdout.splitlines() if "error:" in line]
    assert done.returncode == 1, done.stdout + done.stderr
    assert not [line for line in errors if "right.py" in line]
    for number in range(len(WRONG)):
        mine = [line for line in errors if f"wrong_{number}.py" in line]
        assert len([line for line in mine if '"basis"' in line and "[arg-type]" in line]) == len(DOORS), errors
        assert [line for line in mine if '"seal"' in line and "[arg-type]" in line], errors
