"""Wishes, rules and consents as people read them. One line for each word of the closed lists; no decisions here."""

from vrm_desktop.domain.consent import ConsentFrom, ConsentWord
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.living import RefusalReason
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.domain.wish import RuleWord, Verdict, WishState
from vrm_desktop.domain.wish_rules import WishRule
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import asked_field_label, purpose_label


def verdict_label(verdict: Verdict) -> str:
    """What the agreement says of a wish."""
    return {
        Verdict.WITHIN: _("within what you agreed"),
        Verdict.OUTSIDE: _("beyond what you agreed"),
        Verdict.AGAINST: _("ruled out by what you agreed"),
    }[verdict]


def verdict_advice(verdict: Verdict, terms: str) -> str:
    """What saying yes would change; `terms` names the agreement."""
    return {
        Verdict.WITHIN: _("“{terms}” covers this. Nothing else changes.").format(terms=terms),
        Verdict.OUTSIDE: _(
            "“{terms}” does not cover this. If you say yes, it rests on your consent alone, and you can take that "
            "back at any time."
        ).format(terms=terms),
        Verdict.AGAINST: _("“{terms}” rules this out, so it is refused.").format(terms=terms),
    }[verdict]


def rule_word_label(word: RuleWord) -> str:
    """What a rule says."""
    return {RuleWord.YES: _("yes, by itself"), RuleWord.ASK: _("ask me"), RuleWord.NEVER: _("never")}[word]


def wish_state_label(state: WishState) -> str:
    """Where a wish stands."""
    return {
        WishState.OPEN: _("waits for your answer"),
        WishState.FOLDED: _("folded away, beyond the contact budget"),
        WishState.GRANTED: _("given"),
        WishState.REFUSED: _("refused"),
        WishState.LATE: _("came too late to be answered"),
    }[state]


def refusal_label(reason: RefusalReason) -> str:
    """Why a wish was refused."""
    return {
        RefusalReason.TERMS: _("it is ruled out by what you agreed"),
        RefusalReason.PURPOSE: _("not for this purpose"),
        RefusalReason.UNNEEDED: _("it is not needed"),
        RefusalReason.LATER: _("not now"),
        RefusalReason.OTHER: _("another reason"),
    }[reason]


def consent_word_label(word: ConsentWord) -> str:
    """What happened to a consent."""
    return {
        ConsentWord.GIVEN: _("given"),
        ConsentWord.RENEWED: _("given again"),
        ConsentWord.REFUSED: _("refused"),
        ConsentWord.WITHDRAWN: _("taken back"),
        ConsentWord.EXPIRED: _("run out"),
    }[word]


def consent_from_label(origin: ConsentFrom) -> str:
    """Where a record comes from."""
    return {
        ConsentFrom.OWN: _("recorded here"),
        ConsentFrom.DPV: _("a record you were given"),
        ConsentFrom.KANTARA: _("a Kantara receipt you were given"),
    }[origin]


def consent_purpose_label(purpose: str) -> str:
    """What a consent is for: the wire's word, or whatever a foreign receipt says."""
    return purpose_label(Purpose(purpose)) if purpose in set(Purpose) else purpose


def kind_label(kind: OrganisationKind) -> str:
    """Organisations of one kind, all of them."""
    return {
        OrganisationKind.SHOP: _("any shop"),
        OrganisationKind.MAKER: _("any maker"),
        OrganisationKind.SERVICE: _("any service"),
        OrganisationKind.UTILITY: _("any utility"),
        OrganisationKind.BANK: _("any bank"),
        OrganisationKind.INSURER: _("any insurer"),
        OrganisationKind.HEALTH: _("anybody in health"),
        OrganisationKind.SCHOOL: _("any school"),
        OrganisationKind.PUBLIC_OFFICE: _("any public office"),
        OrganisationKind.OTHER: _("anybody else"),
    }[kind]


def rule_words(rule: WishRule, vendor: str = "") -> str:
    """A rule in words; `vendor` is the name of the vendor that it names."""
    whom = vendor if rule.vendor is not None else kind_label(rule.kind) if rule.kind is not None else _("anybody")
    what = asked_field_label(rule.field) if rule.field else _("anything")
    purpose = purpose_label(rule.purpose) if rule.purpose is not None else _("for whatever")
    told = _("{whom} asks for {what}, {purpose}: {word}")
    return told.format(whom=whom, what=what, purpose=purpose, word=rule_word_label(rule.word))
