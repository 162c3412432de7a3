"""Reads how a cast stands, on the engine's thread: services in, a worded view out."""

from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.kinds import State
from vrm_desktop.domain.relationship import AgreementRecord, AgreementState
from vrm_desktop.domain.terms import RosterEntry, UnknownTerms
from vrm_desktop.domain.ways import Way
from vrm_desktop.protocol.roster import Roster
from vrm_desktop.services import collect_offers, compare_offers, say_what_i_want, settle_terms
from vrm_desktop.services.collect_offers import Answer, CastProgress, VendorProgress
from vrm_desktop.services.means import Means
from vrm_desktop.services.settle_terms import TermsView
from vrm_desktop.ui.controllers.wants_reading import about
from vrm_desktop.ui.models.cast_view import CastRow, CastView, CounterView, RowDeed, TermsChange
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import advice
from vrm_desktop.wording.labels import terms_name

_DONE = {
    Answer.HELD: 0,
    Answer.ASKED: 1,
    Answer.COUNTERED: 2,
    Answer.AGREED: 3,
    Answer.OFFERED: 4,
    Answer.DECLINED: 4,
    Answer.UNREACHABLE: 1,
    Answer.LISTED: 4,
    Answer.UNSURE: 1,
    Answer.DONE: 4,
}
_TONES = {
    Answer.OFFERED: Tone.GOOD,
    Answer.COUNTERED: Tone.CAUTION,
    Answer.UNREACHABLE: Tone.BAD,
    Answer.UNSURE: Tone.CAUTION,
    Answer.LISTED: Tone.NEUTRAL,
    Answer.DECLINED: Tone.NEUTRAL,
    Answer.DONE: Tone.NEUTRAL,
}

_OPEN = {Answer.ASKED, Answer.AGREED, Answer.UNSURE}


async def read_cast(means: Means, key: IntentcastId) -> CastView:
    """How the cast of a want stands.

    Raises:
        NotFound: no such want.
    """
    want = await say_what_i_want.want(means, key)
    cast = await collect_offers.progress(means, key)
    terms = {view.relationship.id: view for view in await settle_terms.terms(means, key)}
    offers = await compare_offers.compare(means, key)
    return CastView(
        want_id=want.id,
        title=want.title,
        summary=about(want),
        standing=_standing(cast, values.day(want.answers_by)),
        answered=cast.answered,
        rows=tuple(_row(means.roster, row, terms[row.relationship.id]) for row in cast.vendors),
        offers=len(offers.ranked) + offers.sealed,
        held=bool(cast.vendors) and all(row.answer is Answer.HELD for row in cast.vendors),
        can_take_back=want.state is IntentcastState.CAST,
    )


def _standing(cast: CastProgress, day: str) -> str:
    if any(one.draft for one in cast.vendors):
        return _("What is written waits for you to send it. Answers by {day}.").format(day=day)
    if cast.vendors and cast.all_answered:
        still = any(one.relationship.way is not Way.NATIVE and one.answer in _OPEN for one in cast.vendors)
        return _("Answers by {day}.").format(day=day) if still else _("Everybody has answered.")
    return _("Answers by {day}. You can close the window; they are fetched the next time.").format(day=day)


def _row(roster: Roster, row: VendorProgress, terms: TermsView) -> CastRow:
    counter = None
    if row.answer is Answer.COUNTERED and terms.open_counter:
        changes = _changes(roster, terms)
        counter = CounterView(relationship=row.relationship.id, vendor=row.vendor_name, changes=changes)
    tone = _TONES.get(row.answer, Tone.ACCENT)
    if row.draft:
        tone = Tone.CAUTION
    elif row.trouble and tone is Tone.ACCENT:
        tone = Tone.BAD if row.answer in {Answer.HELD, Answer.ASKED} else Tone.CAUTION
    return CastRow(
        relationship=row.relationship.id,
        vendor=row.vendor_name,
        state=_state(row),
        detail=_detail(row),
        done=_DONE[row.answer],
        tone=tone,
        counter=counter,
        deeds=_deeds(row),
    )


def _deeds(row: VendorProgress) -> tuple[tuple[RowDeed, str], ...]:
    if row.draft:
        return ((RowDeed.OPEN_LETTER, row.draft),)
    if row.unsure:
        return ((RowDeed.ASK_AGAIN, row.unsure), (RowDeed.LEAVE_IT, row.unsure))
    return ((RowDeed.SEE_PRICES, ""),) if row.answer is Answer.LISTED else ()


def _state(row: VendorProgress) -> str:
    if row.relationship.conversation.state is State.HAGGLING:
        return _("has your price")
    if row.draft:
        return _("written, for you to send")
    if row.relationship.way is not Way.NATIVE and row.answer is Answer.HELD and not row.expected:
        return _("left as it is") if row.trouble else _("not asked")
    if row.trouble and row.answer in {Answer.HELD, Answer.ASKED}:
        return _("trouble, tried again")
    if row.answer is Answer.DECLINED and row.relationship.conversation.state is State.ENDED:
        return _("has nothing that fits")
    return {
        Answer.HELD: _("about to be asked"),
        Answer.ASKED: _("asked"),
        Answer.AGREED: _("signed, making an offer"),
        Answer.COUNTERED: _("your answer is needed"),
        Answer.OFFERED: _("made an offer"),
        Answer.DECLINED: _("does not take part"),
        Answer.UNREACHABLE: _("cannot be reached"),
        Answer.LISTED: _("has public prices"),
        Answer.UNSURE: _("may have been asked"),
        Answer.DONE: _("over"),
    }[row.answer]


def _detail(row: VendorProgress) -> str:
    if row.trouble and (row.relationship.way is Way.NATIVE or row.expected):
        return _("{what} It is asked again later.").format(what=advice(row.trouble).title)
    if row.relationship.conversation.state is State.REFUSED:
        return _("You refused its conditions. It learns nothing more.")
    if row.answer is Answer.DECLINED and row.relationship.conversation.own.seq > 1:
        return _("It knows what you want in words, on your conditions, and has to forget it.")
    if row.relationship.way is not Way.NATIVE:
        return _outside_detail(row)
    return {
        Answer.HELD: _("Nothing has left yet."),
        Answer.ASKED: _("It knows the first question, and not who asks."),
        Answer.AGREED: _("It knows what you want in words, on your conditions."),
        Answer.COUNTERED: _("It proposes other conditions. It knows the first question only."),
        Answer.OFFERED: _("Its offer is signed, checked and kept."),
        Answer.DECLINED: _("It knows the first question only. You could look at its public price."),
        Answer.UNREACHABLE: _("It stays out of this cast."),
        Answer.DONE: _("Nothing more is expected."),
    }[row.answer]


def _outside_detail(row: VendorProgress) -> str:
    """By another way than our own wire no conditions come first: what is known is what the plan showed."""
    what = advice(row.trouble).title if row.trouble else ""
    match row.answer:
        case Answer.HELD if row.draft:
            return _("It leaves when you send it. Open the letter, and say there when you have.")
        case Answer.HELD if what:
            return _("{what} It may have been asked; nothing more is sent.").format(what=what)
        case Answer.HELD:
            return _("Nothing has left yet.")
        case Answer.LISTED:
            return _("It knows what was looked for. What it shows is no offer made for you.")
        case Answer.OFFERED:
            return _offered(row.relationship.way)
        case Answer.UNSURE:
            return _("{what} It may have been asked: you decide what follows.").format(what=what)
        case Answer.UNREACHABLE:
            return _("{what} It stays out of this cast.").format(what=what)
        case Answer.ASKED if row.relationship.way is Way.MAIL:
            return _("It knows what the plan showed, and you as the sender. Its answer comes by e-mail.")
        case _:
            return _("It knows what the plan showed.")


def _offered(way: Way) -> str:
    if way is Way.MAIL:
        return _("You confirmed its offer. It knows what the plan showed.")
    return _("It knows what the plan showed. No conditions of yours are signed.")


def _changes(roster: Roster, terms: TermsView) -> tuple[TermsChange, ...]:
    found = []
    for theirs in (one for one in terms.agreements if one.state is AgreementState.COUNTERED):
        mine = next((one for one in terms.agreements if one.begins == theirs.begins and one is not theirs), None)
        found.append(_change(_entry(roster, mine), _entry(roster, theirs), theirs.roster))
    return tuple(found)


def _entry(roster: Roster, record: AgreementRecord | None) -> RosterEntry | None:
    try:
        return roster.get(record.roster, record.version) if record else None
    except UnknownTerms:
        return None


def _change(mine: RosterEntry | None, theirs: RosterEntry | None, name: str) -> TermsChange:
    unknown = _("This program does not know these conditions. Better refuse.")
    newly = [one for one in theirs.allows if mine is None or one not in mine.allows] if theirs else []
    return TermsChange(
        mine=terms_name(mine.id) if mine else "",
        mine_says=_(mine.summary) if mine else "",
        theirs=terms_name(name),
        theirs_says=_(theirs.summary) if theirs else unknown,
        newly_allowed=tuple(allowance_label(one) for one in newly),
    )


def allowance_label(word: str) -> str:
    """What a roster entry allows, in words; an unknown word shows itself."""
    return {
        "making-an-offer": _("making an offer"),
        "analytics-by-you": _("its own statistics"),
        "analytics-by-others": _("statistics by others"),
        "tracking-by-you": _("following what you do there"),
        "tracking-by-others": _("following what you do, by others"),
        "profiling-by-you": _("making a profile of you"),
        "sharing-anonymous": _("passing on what no longer names you"),
    }.get(word, word.replace("-", " "))
