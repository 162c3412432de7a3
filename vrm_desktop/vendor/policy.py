"""How a shop answers the terms a person proffers: sign them, return its one counter, or decline. Rules are data."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from vrm_desktop.domain.ids import Digest, Kid
from vrm_desktop.domain.terms import RosterEntry, TermsFrom, UnknownTerms
from vrm_desktop.protocol.agreements import countersign, proffer
from vrm_desktop.protocol.messages import AgreementText, CoSigned
from vrm_desktop.protocol.roster import Roster
from vrm_desktop.protocol.signing import Signer
from vrm_desktop.vendor.settings import Otherwise, TermsRules

_NONCE_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsReply:
    """What the terms answer says; `agreements` are empty for a decline."""

    answer: Literal["accept", "counter", "decline"]
    agreements: tuple[CoSigned, ...] = ()
    note: str = ""


def reply_to_terms(
    documents: tuple[CoSigned, ...],
    texts: tuple[AgreementText, AgreementText],
    *,
    rules: TermsRules,
    roster: Roster,
    signer: Signer,
    today: date,
    random: Callable[[int], bytes],
) -> TermsReply:
    """The shop's answer to two documents that the person signed; `texts` are what they say."""
    lists = (rules.cast, rules.service)
    signs = tuple(_signs(text, ids, roster) for text, ids in zip(texts, lists, strict=True))
    if not all(signs) and rules.otherwise is Otherwise.DECLINE:
        return TermsReply(answer="decline", note=rules.note)
    agreements = []
    for document, text, ids, as_proffered in zip(documents, texts, lists, signs, strict=True):
        if as_proffered:
            agreements.append(countersign(document, signer))
        else:
            agreements.append(
                proffer(
                    signer,
                    entry=roster.get(ids[0]),
                    begins=TermsFrom(text.begins),
                    person=Kid(text.person),
                    vendor=signer.kid,
                    made=today,
                    nonce=random(_NONCE_BYTES),
                )
            )
    return TermsReply(answer="accept" if all(signs) else "counter", agreements=tuple(agreements), note=rules.note)


def card_terms(rules: TermsRules, roster: Roster) -> tuple[RosterEntry, ...]:
    """The entries that the shop's card lists as signed, each once."""
    return tuple(roster.get(id_) for id_ in dict.fromkeys((*rules.cast, *rules.service)))


def _signs(text: AgreementText, ids: tuple[str, ...], roster: Roster) -> bool:
    """Whether the text names an entry of `ids`, in exactly the form that this roster publishes."""
    if text.roster not in ids:
        return False
    try:
        entry = roster.get(text.roster, text.version)
    except UnknownTerms:
        return False
    return (entry.entry, entry.official) == (Digest(text.entry), text.official)
