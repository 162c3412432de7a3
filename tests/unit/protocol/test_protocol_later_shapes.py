"""Later kinds: what no shape can say, and how the person's acts become their messages."""

from collections.abc import Mapping
from datetime import date

import msgspec
import pytest

from tests.fakes.later_words import ORDER, persons_word, vendors_word
from tests.fakes.two_sides import TwoSides
from vrm_desktop.domain import acts, living
from vrm_desktop.domain.disclosure import PlannedField, Purpose
from vrm_desktop.domain.ids import Digest, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.plan import VendorPlan
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import Malformed, NotAllowedNow
from vrm_desktop.protocol.saying import PlainAct, plain_message
from vrm_desktop.protocol.shapes import payload_of
from vrm_desktop.protocol.signing import Typ, sign_compact
from vrm_desktop.protocol.stamping import seen_in

STRANGE = MessageId("S" * 43)
EXP = date(2026, 12, 1)


def signed_anyhow(two: TwoSides, side: Side, message: msgspec.Struct, texts: tuple[str, ...] = ()) -> Envelope:
    """A message as a side without our checks would sign it."""
    signer = (two.person if side is Side.PERSON else two.desk).signer
    return Envelope(jws=sign_compact(signer, Typ.MESSAGE, payload_of(message)), disclosures=texts)


def out_of_shape(two: TwoSides) -> Mapping[str, tuple[Side, msgspec.Struct]]:
    """Messages of shapes that no struct alone refuses."""
    person, desk = two.person.stamp(), two.desk.stamp()
    price = messages.PriceClaim(currency="EUR", items=1, total=1)
    offer = messages.Offer(
        **desk,
        lines=(messages.OfferLine(title="Power"),),
        price=price,
        binding=False,
        valid_until="2026-12-02T18:00:00Z",
        fulfilment="on-site",
    )
    wish = (messages.Wish(name="a", purpose="research", days=1),)
    item = messages.Item(digest="A" * 43, purpose="delivery", until="2027-02-30")
    wider = messages.WiderItem(digest="A" * 43, purpose="delivery", until="2027-02-30")
    return {
        "an amount without its currency": (
            Side.PERSON,
            messages.Case(**person, about="bill", what="?", want="refund", amount=1),
        ),
        "a currency without its amount": (
            Side.VENDOR,
            messages.CaseAnswer(**desk, case="A" * 43, answer="proposal", currency="EUR"),
        ),
        "a return without its currency": (
            Side.VENDOR,
            messages.DataWish(
                **desk, fields=wish, why="", in_return=messages.InReturn(what="a tyre", due="2027-01-01", amount=5)
            ),
        ),
        "a return on no day": (
            Side.VENDOR,
            messages.DataWish(**desk, fields=wish, why="", in_return=messages.InReturn(what="x", due="2027-02-30")),
        ),
        "an answer to a change without yes or no": (Side.VENDOR, messages.Status(**desk, state="ready", of="A" * 43)),
        "a yes to nothing": (Side.VENDOR, messages.Status(**desk, state="ready", answer="accepted")),
        "a report that takes longer without a day": (
            Side.VENDOR,
            messages.UseReport(**desk, right="access", state="extended"),
        ),
        "a report that is done until a day": (
            Side.VENDOR,
            messages.UseReport(**desk, right="access", state="fulfilled", until="2027-01-01"),
        ),
        "a report of a day that is none": (
            Side.VENDOR,
            messages.UseReport(
                **desk,
                right="use-report",
                state="partly",
                uses=(messages.UseOfValue(name="a", purpose="quote", day="2026-11-31", by="own"),),
            ),
        ),
        "a contract that begins on no day": (
            Side.VENDOR,
            msgspec.structs.replace(
                offer, contract=messages.Contract(starts="2026-11-31", months=12, price_every="month")
            ),
        ),
        "a contract without end that renews": (
            Side.VENDOR,
            msgspec.structs.replace(offer, contract=messages.Contract(months=0, renews_months=12, price_every="month")),
        ),
        "a change by no day": (
            Side.PERSON,
            messages.OrderChange(**person, order=ORDER, what="cancel", by="2026-11-31"),
        ),
        "a changed value until no day": (
            Side.PERSON,
            messages.OrderChange(**person, order=ORDER, what="change", items=(item,)),
        ),
        "an update until no day": (Side.PERSON, messages.Update(**person, agreement="A" * 43, items=(wider,))),
        "a notice by no day": (Side.PERSON, messages.Notice(**person, about="deadline", by="2026-11-31")),
    }


@pytest.mark.parametrize("name", sorted(out_of_shape(TwoSides().revealed())))
def test_what_no_shape_can_say_is_refused(name: str) -> None:
    two = TwoSides().revealed()
    side, message = out_of_shape(two)[name]
    with pytest.raises(Malformed, match=r"an amount|an answer|a report|a contract|no such day"):
        (two.desk if side is Side.PERSON else two.person).take(signed_anyhow(two, side, message))


OF = MessageId("F" * 43)
PLAIN: tuple[PlainAct, ...] = (
    acts.OrderChange(order=Digest(ORDER), what=living.ChangeKind.DOCUMENT, text="The invoice, please."),
    acts.Case(
        about=living.CaseAbout.BILL,
        what="Paid twice.",
        want=living.Remedy.REFUND,
        case=OF,
        order=Digest(ORDER),
        amount=Money(minor=500, currency="EUR"),
        by=EXP,
        evidence=(OF,),
    ),
    acts.Case(about=living.CaseAbout.OTHER, what="?", want=living.Remedy.ANSWER),
    acts.CaseReply(case=OF, answer=living.CaseWord.UNRESOLVED, of=OF, text="Not yet."),
    acts.Refuse(of=OF, reason=living.RefusalReason.UNNEEDED),
    acts.DataRequest(right=living.DataRight.ERASURE, fields=("profile.name",), purposes=(Purpose.MARKETING,)),
    acts.WithdrawConsent(of=OF, fields=("profile.phone",)),
    acts.Notice(about=living.NoticeAbout.CANCEL_CONTRACT, order=Digest(ORDER), by=EXP, text="As of then."),
    acts.Voice(topic=living.VoiceTopic.QUESTION, text="When?", order=Digest(ORDER)),
    acts.Message(text="That one.", about=OF),
)


@pytest.mark.parametrize("act", PLAIN, ids=lambda act: type(act).__name__)
def test_an_act_is_said_in_a_message_of_its_kind(act: PlainAct) -> None:
    two = TwoSides().revealed()
    message = plain_message(act, two.person.stamp())
    told = msgspec.to_builtins(message)
    assert told["kind"] == acts.KIND_OF[type(act)]
    assert msgspec.convert(told, messages.PersonMessage) == message
    said = msgspec.to_builtins(act)
    assert {name: told[name] for name in ("text", "what", "want", "of", "case", "answer") if said.get(name)} == {
        name: said[name] for name in ("text", "what", "want", "of", "case", "answer") if said.get(name)
    }


def test_the_closed_lists_are_the_wires_words() -> None:
    """Each enumeration of the domain has the words that the wire's struct takes."""
    taken = {
        living.ContactAbout: (messages.Contact, "about"),
        living.ChangeKind: (messages.OrderChange, "what"),
        living.CaseAbout: (messages.Case, "about"),
        living.Remedy: (messages.Case, "want"),
        living.CaseWord: (messages.CaseReply, "answer"),
        living.CaseState: (messages.CaseAnswer, "answer"),
        living.DataRight: (messages.DataRequest, "right"),
        living.ReportState: (messages.UseReport, "state"),
        living.RefusalReason: (messages.Refuse, "reason"),
        living.NoticeAbout: (messages.Notice, "about"),
        living.VoiceTopic: (messages.Voice, "topic"),
        living.VoiceState: (messages.VoiceAnswer, "state"),
    }
    for words, (struct, member) in taken.items():
        schema = msgspec.json.schema(struct)["$defs"][struct.__name__]["properties"][member]
        assert sorted(schema["enum"]) == sorted(word.value for word in words), words


def test_acts_that_tell_values_name_their_fields() -> None:
    field = PlannedField.__dataclass_fields__
    assert {"name", "value", "purpose", "until"} <= set(field)
    plan = VendorPlan(vendor=VendorId("v"), ping=(), reveal=(), order=())
    contact = acts.Contact(about=living.ContactAbout.CLAIM, plan=plan, known=RelationshipId("r"))
    assert (contact.category, acts.Ping(intentcast="i", plan=plan, count=1).known) == ("", None)


def test_kinds_have_their_place() -> None:
    two = TwoSides()
    two.ping()
    with pytest.raises(NotAllowedNow):
        two.tell_desk(messages.Voice(**two.person.stamp(), topic="idea", text="Too early."))
    assert persons_word(two.person, Kind.REFUSE) is None
    assert vendors_word(two.desk, Kind.VOICE_ANSWER) is None


def test_a_message_says_what_it_has_seen_or_nothing() -> None:
    two = TwoSides().revealed()
    seen = two.person.stamp()["seen"]
    assert isinstance(seen, messages.Seen)
    told = messages.Message(**two.person.stamp(), text="Hello")
    assert seen_in(told) == (seen.seq, seen.id)
    assert seen_in(msgspec.structs.replace(told, seen=msgspec.UNSET)) == (0, None)
