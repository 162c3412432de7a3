"""Random conversations over a network that loses, repeats and crosses messages: no fork, one record on both sides."""

from contextlib import suppress
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.fakes.later_words import say_later
from tests.fakes.two_sides import NOW, WIDER, Party, TwoSides
from vrm_desktop.domain.conversation import MOST_LIVE_OFFERS
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import Digest, MessageId
from vrm_desktop.domain.kinds import BEYOND_CORE, Kind, Side, State, allowed
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.agreements import SignedAgreement, countersign, parties
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import AlreadyReceived, Fork, Missing
from vrm_desktop.protocol.orders import countersign_order, order_text, record_hash, sign_order
from vrm_desktop.protocol.receiving import decode_again
from vrm_desktop.protocol.sealing import Sealable, Sealed, seal_accept, seal_reveal

OTHER = MessageId("A" * 43)


class Network:
    """Two sides and all that each has sent; what arrives, how often and when is up to the walk."""

    def __init__(self, opening: Kind = Kind.PING) -> None:
        self.two = TwoSides()
        self.sent: dict[Side, list[Envelope]] = {Side.PERSON: [], Side.VENDOR: []}
        self.parties = {Side.PERSON: self.two.person, Side.VENDOR: self.two.desk}
        self.speak(Side.PERSON, opening, "")
        self.arrive(Side.VENDOR, 0)

    def speak(self, side: Side, kind: Kind, outcome: str) -> None:
        party = self.parties[side]
        if kind is Kind.OFFER and party.conversation.offers >= MOST_LIVE_OFFERS:
            return
        sealed = self._sealed(side, kind, outcome)
        if sealed is not None:
            self.sent[side].append(sealed.envelope)

    def _sealed(self, side: Side, kind: Kind, outcome: str) -> Sealed | None:
        """None: there is nothing yet to say it about."""
        party = self.parties[side]
        if kind in LATER:
            return say_later(self.two, side, kind)
        return self._special(kind) or party.send(_words(party, kind) or self._documents(kind, outcome))

    def arrive(self, side: Side, number: int) -> None:
        """Message `number` of the other side arrives, for the first time, again, or too early."""
        party, envelope = self.parties[side], self.sent[side.other][number]
        before = party.conversation
        with suppress(AlreadyReceived, Missing):
            if before.state is State.NEW:
                party.open(envelope)
            else:
                party.take(envelope)
            return
        assert party.conversation == before

    def settle(self) -> None:
        """Everything arrives in the end, twice."""
        for side in Side:
            for number in range(len(self.sent[side.other])):
                self.arrive(side, number)
                self.arrive(side, number)

    def _special(self, kind: Kind) -> Sealed | None:
        two = self.two
        if kind in {Kind.PING, Kind.CONTACT}:
            message = two.ping_message() if kind is Kind.PING else two.contact_message()
            two.pledged = tuple(Digest(digest) for digest in message.digests)
            return two.person.send(message)
        if kind is Kind.REVEAL:
            return two.person.sent(
                seal_reveal(
                    two.person.conversation,
                    basis=two.agreements[0],
                    disclosures=tuple((one, Purpose.QUOTE, date(2026, 12, 13)) for one in two.disclosures),
                    pledged=two.pledged,
                    exp=NOW + timedelta(days=1),
                    signer=two.person.signer,
                )
            )
        if kind is Kind.ACCEPT:
            order = self._order()
            return two.person.sent(
                seal_accept(
                    two.person.conversation,
                    basis=two.agreements[1],
                    order=order,
                    disclosures=tuple((one, Purpose.DELIVERY, date(2027, 1, 1)) for one in two.delivery),
                    exp=NOW + timedelta(days=1),
                    signer=two.person.signer,
                )
            )
        return None

    def _order(self) -> messages.OrderText:
        two = self.two
        return order_text(
            messages.Offer(
                aud=two.person.signer.kid,
                seq=1,
                exp="2026-12-01",
                conv=two.person.own[0],
                lines=(messages.OfferLine(title="A bike"),),
                binding=True,
                valid_until="2026-12-02T18:00:00Z",
                fulfilment="delivered",
            ),
            offer_id=OTHER,
            agreement=two.agreements[1],
            payment="none",
            digests=tuple(one.digest for one in two.delivery),
            made=NOW,
            keys=(two.person.signer.kid, two.desk.signer.kid),
        )

    def _documents(self, kind: Kind, outcome: str) -> Sealable:
        """The messages that carry co-signed documents; what is agreed with them is kept for later."""
        two, stamp = self.two, self.two.desk.stamp
        person, vendor = two.person.signer, two.desk.signer
        match kind:
            case Kind.TERMS_ANSWER if outcome == "decline":
                return messages.TermsAnswer(**stamp(), answer="decline", reason="terms")
            case Kind.TERMS_ANSWER if outcome == "accept":
                cast, service = two.proffered
                two.proffered = (countersign(cast, vendor), countersign(service, vendor))
            case Kind.TERMS_ANSWER:
                counter = two.proffer(WIDER, TermsFrom.ACCEPT, by=vendor)
                two.proffered = (countersign(two.proffered[0], vendor), counter)
                return messages.TermsAnswer(**stamp(), answer="counter", agreements=two.proffered)
            case Kind.TERMS_ACCEPT:
                two.proffered = (two.proffered[0], countersign(two.proffered[1], person))
            case _:
                order = countersign_order(sign_order(self._order(), person), vendor, person=person.kid)
                payment = messages.Payment(method="none")
                return messages.Confirmation(**stamp(), order=order, record=OTHER, payment=payment)
        two.agreements = tuple(
            SignedAgreement(document, person=parties(document)[0], vendor=vendor.kid) for document in two.proffered
        )
        if kind is Kind.TERMS_ACCEPT:
            return messages.TermsAccept(**two.person.stamp(), agreements=two.proffered)
        return messages.TermsAnswer(**stamp(), answer="accept", agreements=two.proffered)


PRICE = messages.PriceClaim(currency="EUR", items=1, total=1)


def _words(party: Party, kind: Kind) -> Sealable | None:  # noqa: C901 - one line for each plain kind
    """A message of a kind that carries neither documents nor personal values."""
    stamp = party.stamp()
    match kind:
        case Kind.TERMS_REFUSE:
            return messages.TermsRefuse(**stamp)
        case Kind.OFFER:
            return messages.Offer(
                **stamp,
                lines=(messages.OfferLine(title="A bike"),),
                binding=False,
                valid_until="2026-12-02T18:00:00Z",
                fulfilment="delivered",
            )
        case Kind.OFFER_WITHDRAWN:
            return messages.OfferWithdrawn(**stamp, offer=OTHER)
        case Kind.COUNTER:
            return messages.Counter(**stamp, offer=OTHER, total=1, currency="EUR")
        case Kind.DECLINE:
            return messages.Decline(**stamp, offer=OTHER, reason="date")
        case Kind.STATUS:
            return messages.Status(**stamp, state="shipped")
        case Kind.RECEIPT:
            return messages.Receipt(**stamp, order=OTHER, price=PRICE)
        case Kind.PAID:
            return messages.Paid(**stamp, order=OTHER, amount=1, currency="EUR", method="cash")
        case Kind.MESSAGE:
            return messages.Message(**stamp, text="Hello")
        case Kind.ACKNOWLEDGEMENT:
            return messages.Acknowledgement(**stamp, of=OTHER)
        case Kind.WITHDRAW_CAST:
            return messages.WithdrawCast(**stamp)
        case Kind.END:
            return messages.End(**stamp)
        case Kind.CLOSURE:
            return messages.Closure(**stamp, reason="other")
        case _:
            return None


WAYS_OUT = frozenset({Kind.END, Kind.CLOSURE, Kind.WITHDRAW_CAST, Kind.TERMS_REFUSE})
LATER = frozenset(
    {
        *BEYOND_CORE - {Kind.CONTACT},
        Kind.REFUND,
        Kind.USE_REPORT,
        Kind.VOICE_ANSWER,
    }
)
MOVING = frozenset({Kind.TERMS_ANSWER, Kind.TERMS_ACCEPT, Kind.REVEAL, Kind.ACCEPT, Kind.CONFIRMATION})


def walk(random: Random, steps: int) -> Network:
    """A random conversation of so many steps, everything delivered in the end."""
    network = Network(random.choice([Kind.PING, Kind.CONTACT]))
    for _ in range(steps):
        side = random.choice(list(Side))
        party, waiting = network.parties[side], network.sent[side.other]
        if random.random() < 0.5:
            kind = _choice(random, sorted(allowed(side, party.conversation.state)))
            outcome = random.choice(["accept", "accept", "counter", "counter", "decline"])
            if kind is not None:
                network.speak(side, kind, outcome if kind is Kind.TERMS_ANSWER else "")
        elif waiting:
            # Mostly what is due next; else something again, or too early.
            due = min(len(party.peer), len(waiting) - 1)
            network.arrive(side, due if random.random() < 0.7 else random.randrange(len(waiting)))
    network.settle()
    return network


def _choice(random: Random, kinds: list[Kind]) -> Kind | None:
    """One of the kinds: seldom a way out, often one that leads on."""
    weights = [0.02 if kind in WAYS_OUT else 12 if kind in MOVING else 1 for kind in kinds]
    return random.choices(kinds, weights)[0] if kinds else None


walks = st.builds(walk, st.randoms(use_true_random=True), st.integers(0, 60))


@settings(max_examples=150, deadline=None)
@given(walks)
def test_a_lossy_repeating_crossing_network_never_forks_and_both_sides_hold_one_record(network: Network) -> None:
    person, desk = network.two.person, network.two.desk
    assert (person.own, person.peer) == (desk.peer, desk.own)
    assert person.conversation.own == desk.conversation.peer
    assert person.conversation.peer == desk.conversation.own
    assert person.conversation.offers == desk.conversation.offers
    identity = person.own[0]
    assert record_hash(identity, tuple(person.own), tuple(person.peer)) == record_hash(
        identity, tuple(desk.peer), tuple(desk.own)
    )


@settings(max_examples=50, deadline=None)
@given(walks)
def test_erasing_what_rode_beside_leaves_every_chain_verifiable(network: Network) -> None:
    for side, party in network.parties.items():
        erased = [Envelope(jws=envelope.jws) for envelope in network.sent[side]]
        assert [envelope.message_id for envelope in erased] == party.own
        previous: MessageId | None = None
        for number, envelope in enumerate(erased, start=1):
            message = decode_again(envelope.jws, party.conversation.own_kids)
            assert (message.seq, message.prev or None) == (number, previous)
            previous = envelope.message_id
        kept = b"".join(envelope.to_bytes() for envelope in erased)
        for disclosure in (*network.two.disclosures, *network.two.delivery):
            assert disclosure.text.encode() not in kept


@settings(max_examples=40, deadline=None)
@given(walks)
def test_a_side_that_lost_its_memory_and_speaks_again_is_a_fork(network: Network) -> None:
    person, desk = network.two.person, network.two.desk
    assume(person.conversation.state not in {State.ENDED, State.ENDING})
    forgotten = person.conversation
    network.speak(Side.PERSON, Kind.END, "")
    network.settle()
    person.conversation = forgotten
    other = messages.End(**person.stamp(), reason="I do not remember")
    envelope = person.send(other).envelope
    with pytest.raises(Fork):
        desk.take(envelope)


def test_every_kind_has_its_words_here() -> None:
    """The walk can say all that the table allows, so that nothing is left unwalked."""
    said = {kind for side in Side for state in State for kind in allowed(side, state)}
    special = {
        *LATER,
        Kind.CONTACT,
        Kind.PING,
        Kind.REVEAL,
        Kind.ACCEPT,
        Kind.TERMS_ANSWER,
        Kind.TERMS_ACCEPT,
        Kind.CONFIRMATION,
    }
    two = TwoSides()
    plain = {kind for kind in Kind if _words(two.person, kind) is not None}
    assert plain | special == said


def test_the_walks_go_far_enough_to_mean_something() -> None:
    """Of 200 fixed walks of all lengths, enough reach an order, and they end in many states."""
    ends = [walk(Random(seed), seed % 60).two.desk.conversation.state for seed in range(200)]  # noqa: S311 - no secret
    assert ends.count(State.CONFIRMED) >= 10
    assert len(set(ends)) >= 8
