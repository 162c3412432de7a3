"""What either side says beside and after an order, as soon as there is something to say it about: one of each kind."""

from datetime import date, timedelta

from tests.fakes.two_sides import NOW, Party, TwoSides
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.agreements import in_force
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.keys import key_proof
from vrm_desktop.protocol.sealing import Sealable, Sealed, seal_grant, seal_update
from vrm_desktop.protocol.signing import SeedSigner

ORDER = "O" * 43
UNTIL = date(2027, 3, 1)
EXP = NOW + timedelta(days=3)


def found(party: Party, side: Side, kind: Kind) -> MessageId | None:
    """The last message of that side and kind that this party holds."""
    ids = [id for (one, id) in party.letters if one is side and party.said(side, id) is kind]
    return ids[-1] if ids else None


def opening_case(party: Party) -> MessageId | None:
    """The message that opened a case."""
    return next((id for side, id in party.letters if side is Side.PERSON and _opens(party.stored(side, id))), None)


def say_later(two: TwoSides, side: Side, kind: Kind) -> Sealed | None:
    """That side's message of that kind, sealed and kept; None while there is nothing to say it about."""
    match side, kind:
        case Side.PERSON, Kind.UPDATE:
            return update(two)
        case Side.PERSON, Kind.GRANT:
            return grant(two)
        case Side.PERSON, Kind.KEY_CHANGE:
            return change_key(two)
        case Side.PERSON, _:
            message = persons_word(two.person, kind)
            return two.person.send(message) if message is not None else None
        case _:
            message = vendors_word(two.desk, kind)
            return two.desk.send(message) if message is not None else None


def persons_word(person: Party, kind: Kind) -> Sealable | None:
    """A person's message of a kind that carries no values."""
    stamp, wish = person.stamp(), found(person, Side.VENDOR, Kind.DATA_REQUEST)
    case, grant_id = opening_case(person), found(person, Side.PERSON, Kind.GRANT)
    match kind:
        case Kind.ORDER_CHANGE:
            return messages.OrderChange(**stamp, order=ORDER, what="change", text="Please leave the basket off.")
        case Kind.CASE if case is not None:
            return messages.Case(
                **stamp, case=case, about="product", what="It squeaks.", want="repair", evidence=(case,)
            )
        case Kind.CASE:
            return messages.Case(**stamp, about="product", what="It squeaks.", want="repair", by="2027-01-10")
        case Kind.CASE_ANSWER if case is not None:
            return messages.CaseReply(**stamp, case=case, answer="resolved")
        case Kind.REFUSE if wish is not None:
            return messages.Refuse(**stamp, of=wish, reason="purpose")
        case Kind.WITHDRAW_CONSENT if grant_id is not None:
            return messages.WithdrawConsent(**stamp, of=grant_id)
        case Kind.DATA_REQUEST:
            return messages.DataRequest(**stamp, right="use-report")
        case Kind.NOTICE:
            return messages.Notice(**stamp, about="complaint", text="Third time.")
        case Kind.VOICE:
            return messages.Voice(**stamp, topic="idea", text="A bell would be nice.")
        case _:
            return None


def vendors_word(desk: Party, kind: Kind) -> Sealable | None:
    """A vendor's message of a kind that carries no values."""
    stamp, case = desk.stamp(), opening_case(desk)
    voice = found(desk, Side.PERSON, Kind.VOICE)
    match kind:
        case Kind.REFUND:
            return messages.Refund(**stamp, order=ORDER, amount=1_000, currency="EUR")
        case Kind.CASE_ANSWER if case is not None:
            return messages.CaseAnswer(**stamp, case=case, answer="proposal", remedy="repair")
        case Kind.DATA_REQUEST:
            wishes = (messages.Wish(name="profile.phone", purpose="service", days=30),)
            return messages.DataWish(**stamp, fields=wishes, why="To ring before we come.")
        case Kind.USE_REPORT:
            return messages.UseReport(**stamp, right="use-report", state="fulfilled")
        case Kind.VOICE_ANSWER if voice is not None:
            return messages.VoiceAnswer(**stamp, of=voice, state="seen")
        case _:
            return None


def update(two: TwoSides, name: str = "want.place", value: str = "Köln") -> Sealed | None:
    """A new value of a field that was told."""
    if name not in two.person.disclosed():
        return None
    return two.person.sent(
        seal_update(
            two.person.conversation,
            basis=two.agreements[_in_force(two)],
            disclosures=((Disclosure.fresh(name, value, two.random), Purpose.QUOTE, UNTIL),),
            disclosed=two.person.disclosed(),
            exp=EXP,
            signer=two.person.signer,
        )
    )


def grant(two: TwoSides) -> Sealed | None:
    """What the vendor's last data-request named."""
    of = found(two.person, Side.VENDOR, Kind.DATA_REQUEST)
    wish = two.person.stored(Side.VENDOR, of) if of is not None else None
    if of is None or not isinstance(wish, messages.DataWish):
        return None
    return two.person.sent(
        seal_grant(
            two.person.conversation,
            basis=two.agreements[_in_force(two)],
            of=of,
            wish=wish,
            disclosures=tuple(
                (Disclosure.fresh(field.name, "+49 221 555 0100", two.random), Purpose(field.purpose), UNTIL)
                for field in wish.fields
            ),
            consent=True,
            exp=EXP,
            signer=two.person.signer,
        )
    )


def change_key(two: TwoSides) -> Sealed:
    """The person goes on under a new key."""
    new = SeedSigner(two.random(32))
    proof = key_proof(two.person.conversation, new)
    sealed = two.person.send(messages.KeyChange(**two.person.stamp(), kid=new.kid, proof=proof))
    two.person.signer = new
    return sealed


def _in_force(two: TwoSides) -> int:
    return int(in_force(two.person.conversation.state) is TermsFrom.ACCEPT)


def _opens(message: messages.AnyMessage | None) -> bool:
    return isinstance(message, messages.Case) and not isinstance(message.case, str)
