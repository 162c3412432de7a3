"""Cases, changes of orders, voices and legal periods as people read them. No decisions here."""

from vrm_desktop.domain.case import CaseStanding, CaseTurn, TurnWord
from vrm_desktop.domain.claim_periods import ClaimPeriod, PeriodHint
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.living import CaseAbout, ChangeKind, Remedy, VoiceState, VoiceTopic
from vrm_desktop.domain.order_change import ChangeAnswer, ChangeAsked
from vrm_desktop.domain.voice import Voice
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _


def about_label(about: CaseAbout) -> str:
    """What a case is about."""
    return {
        CaseAbout.ORDER: _("an order"),
        CaseAbout.PRODUCT: _("something I bought"),
        CaseAbout.SERVICE: _("a service"),
        CaseAbout.BILL: _("a bill"),
        CaseAbout.DATA: _("what they know about me"),
        CaseAbout.OTHER: _("something else"),
    }[about]


def remedy_label(remedy: Remedy) -> str:
    """What the person wants, or the vendor offers."""
    return {
        Remedy.REPAIR: _("repair"),
        Remedy.REPLACEMENT: _("a replacement"),
        Remedy.REFUND: _("the money back"),
        Remedy.PRICE_REDUCTION: _("a lower price"),
        Remedy.WITHDRAWAL: _("to give it back (withdrawal)"),
        Remedy.DELIVERY: _("delivery"),
        Remedy.ANSWER: _("an answer"),
        Remedy.OTHER: _("something else"),
    }[remedy]


def standing_label(standing: CaseStanding) -> str:
    """Where a case stands."""
    return {
        CaseStanding.OPEN: _("waits for an answer"),
        CaseStanding.RECEIVED: _("received, no answer yet"),
        CaseStanding.PROPOSED: _("has a proposal: your turn"),
        CaseStanding.PROMISED: _("agreed, to be done"),
        CaseStanding.REFUSED: _("refused: your turn"),
        CaseStanding.DONE: _("done, they say: your turn"),
        CaseStanding.RESOLVED: _("resolved"),
        CaseStanding.UNRESOLVED: _("not resolved"),
        CaseStanding.WITHDRAWN: _("taken back"),
    }[standing]


def turn_label(turn: CaseTurn) -> str:
    """One turn in a sentence, without its own words."""
    words = {
        TurnWord.OPENED: _("You opened the case."),
        TurnWord.WENT_ON: _("You reminded them."),
        TurnWord.ACCEPT: _("You accepted."),
        TurnWord.REFUSE: _("You refused."),
        TurnWord.RESOLVED: _("You said that it is resolved."),
        TurnWord.UNRESOLVED: _("You said that it is not resolved."),
        TurnWord.WITHDRAWN: _("You took it back."),
        TurnWord.RECEIVED: _("They have received it."),
        TurnWord.PROPOSAL: _("They propose: {what}."),
        TurnWord.ACCEPTED: _("They agree: {what}."),
        TurnWord.REFUSED: _("They refuse."),
        TurnWord.DONE: _("They say that it is done: {what}."),
        TurnWord.REFUND: _("They sent money back: {what}."),
    }[turn.word]
    parts = [remedy_label(turn.remedy)] if turn.remedy is not None else []
    parts += [values.money(turn.amount)] if turn.amount is not None else []
    parts += [_("by {day}").format(day=values.day(turn.due))] if turn.due is not None else []
    told = words.format(what=", ".join(parts) or _("as you asked"))
    unsigned = turn.by is Side.VENDOR and turn.message is None
    return _("{told} (as you noted)").format(told=told) if unsigned else told


def period_words(hint: PeriodHint) -> str:
    """A legal period as a hint: what it is, and its last day."""
    words = {
        ClaimPeriod.WITHDRAWAL: _("What you bought at a distance can as a rule be given back until {day}."),
        ClaimPeriod.PAYING_BACK: _("After a withdrawal the money is as a rule due until {day}."),
        ClaimPeriod.DELIVERY: _("Without another agreement it is to be delivered until {day}."),
        ClaimPeriod.PRESUMED: _("A fault that shows until {day} is presumed to have been there from the start."),
        ClaimPeriod.CONFORMITY: _("The seller answers for faults that show until {day}."),
    }[hint.period]
    return words.format(day=values.day(hint.until))


def change_label(what: ChangeKind) -> str:
    """What shall happen to an order."""
    return {
        ChangeKind.CANCEL: _("cancel it"),
        ChangeKind.CHANGE: _("change it"),
        ChangeKind.PAUSE: _("pause it"),
        ChangeKind.RESUME: _("go on with it"),
        ChangeKind.DOCUMENT: _("send a document"),
    }[what]


def change_answer_label(asked: ChangeAsked) -> str:
    """What became of a change."""
    if asked.answer is ChangeAnswer.OPEN and asked.letter:
        return _("is yours to send, as a letter")
    return {
        ChangeAnswer.OPEN: _("no answer yet"),
        ChangeAnswer.ACCEPTED: _("they agree"),
        ChangeAnswer.REFUSED: _("they refuse"),
    }[asked.answer]


def topic_label(topic: VoiceTopic) -> str:
    """What a voice is."""
    return {
        VoiceTopic.IDEA: _("an idea"),
        VoiceTopic.EXPERIENCE: _("an experience"),
        VoiceTopic.QUESTION: _("a question"),
    }[topic]


def voice_state_label(state: VoiceState) -> str:
    """One word of the vendor on a voice."""
    return {
        VoiceState.SEEN: _("seen"),
        VoiceState.PLANNED: _("planned"),
        VoiceState.DONE: _("done"),
        VoiceState.NO: _("no"),
    }[state]


def voice_standing_label(voice: Voice) -> str:
    """Where a voice stands."""
    if voice.state is not None:
        return _("they say: {state}").format(state=voice_state_label(voice.state))
    return _("is yours to send, as a letter") if voice.letter else _("no answer yet")


def claim_note_words() -> dict[str, str]:
    """The kinds of notes in a relationship's story that are about cases, changes and voices."""
    return {
        "case-opened": _("you opened a case: {text}"),
        "case-went-on": _("you reminded them of a case: {text}"),
        "case-accept": _("you accepted a proposal: {text}"),
        "case-refuse": _("you refused a proposal: {text}"),
        "case-resolved": _("you said that a case is resolved: {text}"),
        "case-unresolved": _("you said that a case is not resolved: {text}"),
        "case-withdrawn": _("you took a case back: {text}"),
        "case-received": _("has received your case"),
        "case-proposal": _("made a proposal in your case"),
        "case-accepted": _("agreed in your case"),
        "case-refused": _("refused in your case"),
        "case-done": _("says that your case is done"),
        "case-late": _("spoke of a case that was over"),
        "case-unasked": _("says that it did what you did not ask for"),
        "case-foreign": _("spoke of another currency than your case does"),
        "refund": _("sent money back: {text}"),
        "refund-foreign": _("sent money back in another currency than you paid in: {text}"),
        "refund-unknown": _("speaks of money back for an order that is not known here"),
        "order-cancel": _("you asked to cancel the order"),
        "order-change": _("you asked to change the order"),
        "order-pause": _("you asked to pause the order"),
        "order-resume": _("you asked to go on with the order"),
        "order-document": _("you asked for a document"),
        "document-ready": _("has a document ready for you: {text}"),
        "document-kept": _("you fetched a document: {text}"),
        "order-accepted": _("agreed to the change"),
        "order-refused": _("refused the change"),
        "voice-idea": _("you told an idea: {text}"),
        "voice-experience": _("you told an experience: {text}"),
        "voice-question": _("you asked: {text}"),
        "voice-seen": _("has seen what you told"),
        "voice-planned": _("plans what you told"),
        "voice-done": _("did what you told"),
        "voice-no": _("says no to what you told"),
    }
