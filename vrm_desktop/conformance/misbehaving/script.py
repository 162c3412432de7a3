"""What an honest vendor says after each message of the person: the script that every scenario starts from."""

from vrm_desktop.conformance.misbehaving.house import CAST, SERVICE, Talk
from vrm_desktop.conformance.misbehaving.living import live
from vrm_desktop.domain.kinds import Kind, State
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.agreements import countersign, proffer, read_text
from vrm_desktop.protocol.messages import AnyMessage


def honest(talk: Talk, message: AnyMessage) -> None:
    """Signs its own terms and counters others, offers, gives way once, confirms, acknowledges, closes."""
    match message:
        case messages.Ping() | messages.Contact():
            answer_terms(talk)
        case messages.Reveal():
            talk.offer()
        case messages.Counter() if talk.may(Kind.OFFER):
            total = max(message.total, 40_000)
            talk.offer(
                lines=(messages.OfferLine(title="A thing as asked for", unit=total, condition="used"),),
                price=messages.PriceClaim(currency=message.currency, items=total, total=total),
            )
        case messages.Accept() if talk.may(Kind.CONFIRMATION):
            talk.confirm(message)
            talk.say(messages.Status(**talk.claims(), state="preparing"))
        case messages.WithdrawCast() if talk.may(Kind.CLOSURE):
            talk.close("withdrawn")
        case messages.End() if talk.may(Kind.CLOSURE):
            talk.close("ended", erased=message.erase, kept=message.keep)
        case messages.Message() | messages.Counter() | messages.Decline() | messages.Paid() if _listens(talk):
            talk.acknowledge()
        case _:
            live(talk, message)


def _listens(talk: Talk) -> bool:
    """Whether words are acknowledged: after the end there is silence."""
    return talk.conversation.state is not State.ENDED and talk.may(Kind.ACKNOWLEDGEMENT)


def answer_terms(talk: Talk) -> None:
    """Sign what is on the card; counter anything else with what is."""
    house, person = talk.house, talk.conversation.peer_kid
    texts = tuple(read_text(document, signed_by=(person,)) for document in talk.ping.agreements)
    own = [house.roster.get(id_) for id_ in (CAST, SERVICE)]
    fits = [text.entry == entry.entry for text, entry in zip(texts, own, strict=True)]
    if all(fits):
        talk.accept_terms()
        return
    talk.answered = tuple(
        countersign(document, house.signer)
        if fit
        else proffer(
            house.signer,
            entry=entry,
            begins=TermsFrom(text.begins),
            person=person,
            vendor=house.signer.kid,
            made=house.now().date(),
            nonce=house.random(16),
        )
        for document, text, entry, fit in zip(talk.ping.agreements, texts, own, fits, strict=True)
    )
    talk.say(messages.TermsAnswer(**talk.claims(), answer="counter", agreements=talk.answered))
