"""The profile as its page shows it: what is there, what could be there, how it may leave, and who has it."""

from datetime import date

from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.profile import CoarseRule, FieldPath, ProfileField, ShareDefault, coarsened
from vrm_desktop.services.keep_profile import COARSE
from vrm_desktop.services.who_knows_what import STILL_HELD, LedgerEntry
from vrm_desktop.ui.models.profile_view import FieldRow, ProfileView
from vrm_desktop.ui.presenters.ledger import sentence_case
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import field_label


def profile_view(fields: tuple[ProfileField, ...], ledger: tuple[LedgerEntry, ...], today: date) -> ProfileView:
    """Every field there is, and an empty place for each that is not."""
    there = {field.path for field in fields}
    rows = [_row(field, ledger, today) for field in fields]
    rows += [_place(path) for path in FieldPath if path not in there]
    order = list(FieldPath)
    rows.sort(key=lambda row: order.index(FieldPath(row.path)))
    return ProfileView(rows=tuple(rows), shares=share_options(), filled=len(fields))


def share_options() -> tuple[tuple[str, str], ...]:
    """What plans may do with a field, as (key, words)."""
    return tuple((share.value, share_words(share)) for share in ShareDefault)


def share_words(share: ShareDefault) -> str:
    """What a plan does with a field."""
    return {
        ShareDefault.NEVER: _("Never"),
        ShareDefault.ASK: _("Ask me"),
        ShareDefault.COARSE: _("In part"),
        ShareDefault.OK: _("When needed"),
    }[share]


def section_words(path: FieldPath) -> str:
    """Which part of the profile a field belongs to."""
    match path:
        case FieldPath.NAME | FieldPath.GIVEN_NAME | FieldPath.SURNAME | FieldPath.NICKNAME | FieldPath.ORGANIZATION:
            return _("Who I am")
        case FieldPath.EMAIL | FieldPath.PHONE | FieldPath.LINK:
            return _("Ways to reach me")
        case FieldPath.STREET | FieldPath.LOCALITY | FieldPath.REGION | FieldPath.POSTCODE | FieldPath.COUNTRY:
            return _("Address")
        case FieldPath.BIRTHDAY | FieldPath.LANGUAGE | FieldPath.NOTE:
            return _("About me")


def _row(field: ProfileField, ledger: tuple[LedgerEntry, ...], today: date) -> FieldRow:
    tones = {
        ShareDefault.NEVER: Tone.GOOD,
        ShareDefault.ASK: Tone.NEUTRAL,
        ShareDefault.COARSE: Tone.NEUTRAL,
        ShareDefault.OK: Tone.ACCENT,
    }
    known = {one.vendor_name for one in ledger if one.row.field == field.id and one.row.state in STILL_HELD}
    return FieldRow(
        key=field.id,
        id=field.id,
        path=field.path.value,
        label=sentence_case(field_label(field.path)),
        section=section_words(field.path),
        value=field.value,
        share=field.share.value,
        share_words=share_words(field.share),
        share_tone=tones[field.share],
        coarse=_coarse(field, today),
        source=_("from a vCard") if field.source == "import:vcard" else _("typed in"),
        known_to=tuple(sorted(known, key=str.casefold)),
    )


def _place(path: FieldPath) -> FieldRow:
    coarse = _("possible") if COARSE.get(path, CoarseRule.NONE) is not CoarseRule.NONE else ""
    return FieldRow(
        key=f"new:{path.value}",
        path=path.value,
        label=sentence_case(field_label(path)),
        section=section_words(path),
        coarse=coarse,
    )


def _coarse(field: ProfileField, today: date) -> str:
    if field.coarse is CoarseRule.NONE:
        return ""
    try:
        return coarsened(field.coarse, field.value, today)
    except DomainError:
        return _("not in this form")
