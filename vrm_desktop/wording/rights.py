"""Data rights as people say them: rights, states, next steps, clocks with their sources, lists. No decisions here."""

from vrm_desktop.domain.clocks import Clock, ClockKind, Regime, Rule
from vrm_desktop.domain.letter import LetterAbout, LetterState, LetterWay
from vrm_desktop.domain.living import DataRight
from vrm_desktop.domain.organisation import Difficulty, EntryTrouble, HintKind
from vrm_desktop.domain.rights import Demand, NextStep, Pressing, RequestEvent, RequestState, RightsWay
from vrm_desktop.domain.rights_choice import AskWay, AuthorityReason, RegimeReason
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _


def right_label(right: DataRight) -> str:
    """What is asked for."""
    return {
        DataRight.ACCESS: _("tell me what you hold about me"),
        DataRight.COPY: _("give me a copy of my data"),
        DataRight.CORRECTION: _("correct my data"),
        DataRight.ERASURE: _("erase my data"),
        DataRight.OBJECTION: _("stop using my data for advertising and the like"),
        DataRight.RESTRICTION: _("keep my data, but do not use it"),
        DataRight.PORTABILITY: _("give me my data to take along"),
        DataRight.USE_REPORT: _("tell me what you did with my data"),
    }[right]


def request_state_label(state: RequestState) -> str:
    """What the organisation did."""
    return {
        RequestState.DRAFT: _("not sent yet"),
        RequestState.WAITING: _("waiting for an answer"),
        RequestState.ACKNOWLEDGED: _("has it, answer to come"),
        RequestState.NEEDS_ACTION: _("wants something first"),
        RequestState.ACTION_DONE: _("has what it wanted, answer to come"),
        RequestState.EXTENDED: _("took more time"),
        RequestState.FULFILLED: _("done"),
        RequestState.PARTLY: _("done in part"),
        RequestState.REFUSED: _("refused"),
        RequestState.WITHDRAWN: _("let go by you"),
    }[state]


def pressing_label(pressing: Pressing) -> str:
    """How far the person went."""
    return {
        Pressing.NONE: _("asked once"),
        Pressing.REMINDED: _("reminded"),
        Pressing.ADMONISHED: _("last term set"),
        Pressing.COMPLAINED: _("complaint made"),
    }[pressing]


def next_step_label(step: NextStep) -> str:
    """What the person may do next."""
    return {
        NextStep.SEND: _("send the letter"),
        NextStep.WAIT: _("nothing to do but wait"),
        NextStep.MEET_DEMAND: _("answer what it asks for"),
        NextStep.REMIND: _("send a reminder"),
        NextStep.ADMONISH: _("set a last term"),
        NextStep.COMPLAIN: _("complain to the authority"),
        NextStep.LOOK_AT_ANSWER: _("look at the answer, and press on if it is not enough"),
        NextStep.ASK_AUTHORITY: _("ask the authority how it stands"),
        NextStep.NOTHING: _("nothing more to do"),
    }[step]


def event_label(event: RequestEvent) -> str:
    """One thing that happened to a request."""
    return {
        RequestEvent.WENT: _("you sent it"),
        RequestEvent.ACKNOWLEDGED: _("it confirmed that it has the request"),
        RequestEvent.DEMANDED: _("it asked for something first"),
        RequestEvent.DEMAND_MET: _("you answered that"),
        RequestEvent.EXTENDED: _("it said that it needs more time"),
        RequestEvent.FULFILLED: _("it did what you asked"),
        RequestEvent.PARTLY: _("it did a part of what you asked"),
        RequestEvent.REFUSED: _("it refused"),
        RequestEvent.REMINDED: _("you reminded it"),
        RequestEvent.ADMONISHED: _("you set a last term"),
        RequestEvent.COMPLAINED: _("you complained to the authority"),
        RequestEvent.WITHDRAWN: _("you let it go"),
    }[event]


def demand_label(demand: Demand) -> str:
    """What an organisation asks for before it answers."""
    return {
        Demand.ID_COPY: _("a copy of your identity document"),
        Demand.MORE_IDENTITY: _("more details to find you"),
        Demand.SIGNATURE: _("a signature"),
        Demand.OTHER_LANGUAGE: _("another language"),
        Demand.WRONG_MEDIUM: _("another way, such as its own form"),
        Demand.EXCESSIVE: _("it says that you ask too much"),
        Demand.OTHER: _("something else"),
    }[demand]


def regime_label(regime: Regime) -> str:
    """Under which law."""
    return {
        Regime.GDPR: _("European law (GDPR)"),
        Regime.CCPA: _("Californian law (CCPA)"),
        Regime.NONE: _("no law that this program knows"),
    }[regime]


def rights_way_label(way: RightsWay) -> str:
    """Which way a request goes."""
    return {
        RightsWay.WIRE: _("directly, signed"),
        RightsWay.LETTER: _("by letter or e-mail"),
        RightsWay.DRP: _("by the Data Rights Protocol"),
    }[way]


def regime_reason(reason: RegimeReason) -> str:
    """Why a law is proposed."""
    return {
        RegimeReason.ITS_COUNTRY: _("it is where that law applies"),
        RegimeReason.YOUR_COUNTRY: _("you live where that law applies"),
        RegimeReason.CALIFORNIA: _("you live in California"),
        RegimeReason.ELSEWHERE: _("neither of you is where a law applies whose clock this program knows"),
        RegimeReason.UNKNOWN: _("neither country is known; your profile can say yours"),
    }[reason]


def ask_way_label(way: AskWay) -> str:
    """A way to ask."""
    return {
        AskWay.WIRE: _("directly, signed"),
        AskWay.EMAIL: _("by e-mail"),
        AskWay.POST: _("by post"),
        AskWay.FAX: _("by fax"),
        AskWay.FORM: _("by its own form"),
        AskWay.DRP: _("by the Data Rights Protocol"),
    }[way]


def ask_way_words(way: AskWay) -> str:
    """What a way means: what it shows, and who sends."""
    return {
        AskWay.WIRE: _("In the conversation that you have with it; its signed answer comes into the same request."),
        AskWay.EMAIL: _("A draft for your mail program, with your name. You send it."),
        AskWay.POST: _("A letter as a PDF, with your name and address. You send it."),
        AskWay.FAX: _("A letter as a PDF, with your name. You send it."),
        AskWay.FORM: _("A text, with your name, to copy into its form."),
        AskWay.DRP: _("You see in its file what it would be told, and what that gives up; then you ask from there."),
    }[way]


def authority_reason(reason: AuthorityReason, place: str) -> str:
    """Why an authority is proposed; `place` in words, where a region speaks for it."""
    return {
        AuthorityReason.CHOSEN: _("You have turned to it about this before."),
        AuthorityReason.ITS_REGION: _("Proposed, because the organisation is in {place}.").format(place=place),
        AuthorityReason.YOUR_REGION: _("Proposed, because you live in {place}.").format(place=place),
        AuthorityReason.ITS_COUNTRY: _("Proposed, because it is the one of the organisation's country."),
        AuthorityReason.YOUR_COUNTRY: _("Proposed, because it is the one of your country."),
    }[reason]


def clock_label(kind: ClockKind) -> str:
    """What a clock runs for."""
    return {
        ClockKind.CONFIRM: _("confirm that it has the request"),
        ClockKind.ANSWER: _("answer"),
        ClockKind.EXTENDED: _("answer, after it took more time"),
        ClockKind.OPT_OUT: _("stop"),
        ClockKind.ADMONITION: _("your last term"),
        ClockKind.COMPLAINT: _("the authority tells how it stands"),
    }[kind]


def rule_label(rule: Rule) -> str:
    """Where a clock comes from."""
    return {
        Rule.GDPR_12_3: _("one month from receipt: GDPR article 12(3), counted by Regulation 1182/71"),
        Rule.GDPR_12_3_EXTENDED: _("two months more, announced in time: GDPR article 12(3)"),
        Rule.GDPR_78_2: _("three months: GDPR article 78(2)"),
        Rule.CCPA_CONFIRM: _("10 business days: 11 CCR § 7021(a)"),
        Rule.CCPA_ANSWER: _("45 calendar days: 11 CCR § 7021(b)"),
        Rule.CCPA_EXTENDED: _("90 calendar days in all: 11 CCR § 7021(b)"),
        Rule.CCPA_OPT_OUT: _("15 business days: 11 CCR § 7026(f)"),
        Rule.OWN_WORD: _("14 days that you gave"),
    }[rule]


def clock_words(clock: Clock) -> str:
    """One clock with its day and its source."""
    return _("by {day}: {what} ({source})").format(
        day=values.day(clock.due), what=clock_label(clock.kind), source=rule_label(clock.rule)
    )


def hint_not_advice() -> str:
    """What every clock is shown with."""
    return _("A hint with its source, not legal advice.")


def trouble_label(trouble: EntryTrouble) -> str:
    """What is missing or wrong in an entry of a list."""
    return {
        EntryTrouble.NO_ADDRESS: _("the list has no full postal address"),
        EntryTrouble.NO_EMAIL: _("the list has no e-mail address"),
        EntryTrouble.WRONG_EMAIL: _("the list's e-mail address is none"),
        EntryTrouble.WRONG_WEB: _("the list's web address is none"),
        EntryTrouble.UNCHECKED: _("nobody has checked this entry"),
        EntryTrouble.OBSOLETE: _("this organisation is said to be gone or renamed"),
        EntryTrouble.NO_WAY: _("the list knows no way to write to it"),
    }[trouble]


def difficulty_label(difficulty: Difficulty) -> str:
    """How hard a site makes it."""
    return {
        Difficulty.EASY: _("easy"),
        Difficulty.MEDIUM: _("some steps"),
        Difficulty.HARD: _("hard"),
        Difficulty.LIMITED: _("only in part"),
        Difficulty.IMPOSSIBLE: _("not possible"),
    }[difficulty]


def hint_label(kind: HintKind) -> str:
    """What a hint about a site is for."""
    return {
        HintKind.DELETE: _("delete your account on its site"),
        HintKind.EXPORT: _("fetch your data on its site"),
    }[kind]


def letter_about_label(about: LetterAbout) -> str:
    """What a letter is for."""
    return {
        LetterAbout.RIGHTS: _("data request"),
        LetterAbout.REMINDER: _("reminder"),
        LetterAbout.ADMONITION: _("last term"),
        LetterAbout.REPLY: _("reply to a demand"),
        LetterAbout.COMPLAINT: _("complaint"),
        LetterAbout.CASE: _("something went wrong"),
        LetterAbout.CHANGE: _("new details"),
        LetterAbout.CANCEL: _("cancellation"),
        LetterAbout.END: _("good-bye"),
        LetterAbout.CUT_OFF: _("cutting off"),
        LetterAbout.REQUEST: _("request"),
        LetterAbout.OTHER: _("letter"),
    }[about]


def letter_way_label(way: LetterWay) -> str:
    """Which way a letter goes."""
    return {
        LetterWay.EMAIL: _("by e-mail"),
        LetterWay.POST: _("by post"),
        LetterWay.FAX: _("by fax"),
        LetterWay.FORM: _("through its form"),
    }[way]


def letter_state_label(state: LetterState) -> str:
    """How far a letter came."""
    return {
        LetterState.DRAFT: _("draft"),
        LetterState.HANDED_OUT: _("handed out, perhaps sent"),
        LetterState.SENT: _("sent"),
        LetterState.DROPPED: _("will not be sent"),
    }[state]
