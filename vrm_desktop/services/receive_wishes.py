"""A vendor's later wish as it arrives: judged against the agreement in force and by the person's rules, and filed.

What lies within both is answered by itself, after a pause in which it can be taken back; what is against what was
agreed, or never goes by the rules, is refused; all else waits for the person.
"""

from dataclasses import replace
from datetime import timedelta

from vrm_desktop.domain import acts
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.living import RefusalReason
from vrm_desktop.domain.relationship import Note, Relationship, RelationshipState
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.domain.wish import RuleWord, Verdict, Wish, WishedField, WishState, judge
from vrm_desktop.domain.wish_rules import BY_ITSELF_DAYS
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.agreements import SignedAgreement, in_force
from vrm_desktop.protocol.wish_meanings import answer_by, in_return_from, wished_fields
from vrm_desktop.services.contact_budgets import story_of
from vrm_desktop.services.hold_acts import hold
from vrm_desktop.services.keep_rules import ruled
from vrm_desktop.services.let_go import let_go
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction
from vrm_desktop.services.reachable import sayable
from vrm_desktop.services.stored_documents import signed
from vrm_desktop.services.wish_values import by_itself, given, needs_consent, offered, taken_back

PAUSE = timedelta(minutes=5)
"""How long an answer that nobody looked at waits, so that it can be taken back."""


def arrived(tx: Transaction, means: Means, relationship: Relationship, id: MessageId, word: messages.DataWish) -> None:
    """File the wish of message `id`, and answer it where the rules do."""
    vendor = tx.vendor(relationship.vendor)
    if vendor is None:
        return
    _note(tx, means, relationship, id, "wish", word.why, Side.VENDOR)
    state = relationship.conversation.state
    answerable = Kind.GRANT in sayable(tx, relationship) and relationship.state is RelationshipState.OPEN
    agreement = signed(tx, relationship, in_force(state)) if answerable else None
    wish = _judged(tx, means, vendor, relationship, id, word, agreement)
    if agreement is None:
        wish = replace(wish, state=WishState.LATE)
    elif any(one.message == id for one in story_of(tx, relationship.id).folded):
        wish = replace(wish, state=WishState.FOLDED)
    else:
        wish = _answered(tx, means, vendor, wish)
    tx.keep_paper(wish)


def _judged(
    tx: Transaction,
    means: Means,
    vendor: Counterparty,
    relationship: Relationship,
    id: MessageId,
    word: messages.DataWish,
    agreement: SignedAgreement | None,
) -> Wish:
    entry = means.roster.by_hash(agreement.terms.entry) if agreement is not None else None

    def judged(field: WishedField) -> WishedField:
        verdict = judge(field.purpose, entry) if entry is not None else Verdict.OUTSIDE
        return replace(field, verdict=verdict, rule=ruled(tx, means, vendor, field.purpose, field.name))

    return Wish(
        id=id,
        vendor=vendor.id,
        relationship=relationship.id,
        at=means.clock.now(),
        fields=tuple(judged(field) for field in wished_fields(word)),
        why=word.why,
        in_return=in_return_from(word),
        by=answer_by(word),
        roster=entry.id if entry is not None else "",
        agreement=agreement.hash if agreement is not None else None,
    )


def _answered(tx: Transaction, means: Means, vendor: Counterparty, wish: Wish) -> Wish:
    """The wish with the answer that agreement and rules give by themselves, or open for the person."""
    if let_go(tx, wish.vendor):
        return wish
    if wish.verdict is Verdict.AGAINST:
        return _refused(tx, means, vendor, wish, RefusalReason.TERMS)
    if all(field.rule is RuleWord.NEVER for field in wish.fields):
        return _refused(tx, means, vendor, wish, RefusalReason.PURPOSE)
    today = means.clock.today()
    offers = offered(tx.profile(), wish, today)
    back = taken_back(tx, wish.vendor)
    card = vendor.card
    if card is None or not card.understands(Kind.GRANT):
        return wish
    if not all(by_itself(one, back, BY_ITSELF_DAYS) for one in offers):
        return wish
    names = frozenset(one.field.name for one in offers)
    grant = acts.Grant(
        of=wish.message, fields=given(offers, names, {}, None, today), consent=needs_consent(wish, names)
    )
    act = hold(tx, means, wish.relationship, grant, not_before=means.clock.now() + PAUSE)
    _note(tx, means, wish, wish.message, "wish-rules-say-yes")
    return replace(wish, act=act, by_itself=True)


def _refused(tx: Transaction, means: Means, vendor: Counterparty, wish: Wish, reason: RefusalReason) -> Wish:
    kind = "wish-against-terms" if reason is RefusalReason.TERMS else "wish-rules-say-no"
    _note(tx, means, wish, wish.message, kind)
    if vendor.card is None or not vendor.card.understands(Kind.REFUSE):
        return replace(wish, state=WishState.REFUSED, by_itself=True, reason=reason, answered=means.clock.now())
    refuse = acts.Refuse(of=wish.message, reason=reason)
    act = hold(tx, means, wish.relationship, refuse, not_before=means.clock.now() + PAUSE)
    return replace(wish, act=act, by_itself=True, reason=reason)


def _note(
    tx: Transaction,
    means: Means,
    of: Relationship | Wish,
    message: MessageId,
    kind: str,
    text: str = "",
    sender: Side = Side.PERSON,
) -> None:
    key = of.id if isinstance(of, Relationship) else of.relationship
    at = means.clock.now()
    tx.add_note(Note(relationship=key, at=at, sender=sender, kind=kind, text=text, message=message))
