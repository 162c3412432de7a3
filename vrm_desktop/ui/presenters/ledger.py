"""The ledger as "Who knows what" shows it, and the sentence that sums it up. Pure."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from vrm_desktop.domain.ids import Digest
from vrm_desktop.services.who_knows_what import STILL_HELD, GroupBy, LedgerEntry
from vrm_desktop.services.who_knows_what import grouped as grouped_by
from vrm_desktop.ui.models.ledger_view import LedgerFilter, LedgerLine, LedgerView
from vrm_desktop.ui.presenters.disclosures import STAGES, stage_words, state_tone
from vrm_desktop.ui.presenters.moments import grouped, moment_of
from vrm_desktop.wording import values
from vrm_desktop.wording.asked import asked_value_label
from vrm_desktop.wording.catalogue import _, ngettext
from vrm_desktop.wording.labels import asked_field_label, ledger_state_label, purpose_label
from vrm_desktop.wording.ledger_words import basis_words, subject_label


def sentence_case(words: str) -> str:
    """With a capital at the beginning, the rest as it is."""
    return words[:1].upper() + words[1:]


def ledger_view(
    entries: tuple[LedgerEntry, ...], rosters: Mapping[Digest, str], today: date | None = None
) -> LedgerView:
    """All disclosures; `rosters` names the roster entry of each agreement's hash."""
    names = tuple(sorted({one.vendor_name for one in entries}, key=str.casefold))
    lines = tuple(_line(one, rosters, today) for one in entries)
    return LedgerView(lines=lines, vendors=names, summary=_summary(entries), who=_who(entries))


def _who(entries: tuple[LedgerEntry, ...]) -> tuple[tuple[str, str], ...]:
    """Each thing that was told, with who has it now and what for, in one sentence."""
    answers = []
    for name, group in grouped_by(entries, GroupBy.FIELD).items():
        held = [one for one in group if one.row.state in STILL_HELD]
        holders = dict.fromkeys(f"{one.vendor_name} ({purpose_label(one.row.purpose)})" for one in held)
        label = asked_field_label(name)
        told = _("Who has this now ({what}): {holders}.").format(what=label, holders=", ".join(holders))
        nobody = _("Nobody has this any more ({what}).").format(what=label)
        answers.append((sentence_case(label), told if holders else nobody))
    return tuple(sorted(answers, key=lambda pair: pair[0].casefold()))


def _line(entry: LedgerEntry, rosters: Mapping[Digest, str], today: date | None) -> LedgerLine:
    row = entry.row
    facts = {STAGES[row.stage]}
    if row.state in STILL_HELD:
        facts.add(LedgerFilter.STILL_HELD)
        if today is not None and (row.until.year, row.until.month) == (today.year, today.month):
            facts.add(LedgerFilter.THIS_MONTH)
    return LedgerLine(
        id=str(row.seq),
        what=sentence_case(asked_field_label(row.name)),
        value=asked_value_label(row.name, row.value),
        vendor=entry.vendor_name,
        purpose=sentence_case(purpose_label(row.purpose)),
        until=values.day(row.until),
        until_day=row.until.toordinal(),
        stage=sentence_case(stage_words(row.stage)),
        state=sentence_case(ledger_state_label(row.state)),
        tone=state_tone(row.state),
        facts=frozenset(facts),
        about=sentence_case(subject_label(row.subject)),
        month=sentence_case(values.month(row.until)),
        proof=(
            (_("Told at"), f"{moment_of(row.at)}, {stage_words(row.stage)}"),
            (_("About whom"), subject_label(row.subject)),
            (_("It rests on"), basis_words(row, rosters)),
            (_("In part only"), _("yes") if row.coarse else _("no, as it is")),
            (_("Message"), grouped(row.message)),
        ),
    )


def _summary(entries: tuple[LedgerEntry, ...]) -> str:
    held = Counter(one.vendor_name for one in entries if one.row.state in STILL_HELD)
    if not entries:
        return ""
    if not held:
        return _("Nobody holds anything of you any more.")
    profile = {
        one.vendor_name for one in entries if one.row.state in STILL_HELD and one.row.name.startswith("profile.")
    }
    holders = ngettext("{count} vendor holds something of you", "{count} vendors hold something of you", len(held))
    known = ngettext("{count} knows who you are", "{count} know who you are", len(profile))
    unknown = _("none knows who you are")
    told = known.format(count=len(profile)) if profile else unknown
    return _("{holders}; {known}.").format(holders=holders.format(count=len(held)), known=told)
