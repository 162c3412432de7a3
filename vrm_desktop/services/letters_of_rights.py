"""Drafts of letters about data rights: to whom, which way, in which language, and what they tell about the person.

A letter by post shows name and address; any other way shows the name alone, and what the person chose to be found by.
"""

from datetime import date, timedelta

from vrm_desktop.domain.disclosure import PlannedField, Purpose, Source, Stage
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.letter import Letter, LetterAbout, LetterState, LetterWay
from vrm_desktop.domain.organisation import Organisation
from vrm_desktop.domain.profile import PD, FieldPath, ProfileField
from vrm_desktop.domain.rights import Demand, RightsRequest
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.keep_counterparty import file_of
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction
from vrm_desktop.services.rights_letters import LetterParts, Shelves, Written, languages_for, write
from vrm_desktop.services.write_letters import address_lines, keep_draft, recipient_lines, told_once

KEPT_FOR = timedelta(days=365)
"""How long the person lets a letter's values be used: a request and its clocks are over by then."""

_ADDRESS = (FieldPath.STREET, FieldPath.POSTCODE, FieldPath.LOCALITY, FieldPath.COUNTRY)
_WAYS = {"email": LetterWay.EMAIL, "letter": LetterWay.POST, "fax": LetterWay.FAX, "webform": LetterWay.FORM}


def draft_letter(
    tx: Transaction,
    means: Means,
    request: RightsRequest,
    about: LetterAbout,
    shelves: Shelves,
    *,
    way: LetterWay | None = None,
    language: str = "",
    tell: tuple[FieldPath, ...] = (),
    words: str = "",
    to: VendorId | None = None,
    demand: Demand | None = None,
) -> Letter:
    """Keep a draft for a request; the same draft anew where one waits already.

    Raises:
        NotFound: no such counterparty. NoLetterTemplate: see `rights_letters.write`.
    """
    vendor = _counterparty(tx, request.vendor)
    receiver = vendor if to is None else _counterparty(tx, to)
    way = way or way_to(receiver, entry_of(tx, receiver))
    parts = _parts(tx, means.clock.today(), request, vendor, about, words=words, tell=tell, demand=demand)
    languages = (language,) if language else languages_for(receiver, shelves)
    written = write(parts, shelves, languages)
    waiting = [one for one in tx.papers(Letter) if one.source == request.id and one.about is about]
    there = next((one for one in waiting if one.state is LetterState.DRAFT), None)
    return keep_draft(
        tx,
        Letter(
            id=there.id if there is not None else means.new_id("letter"),
            vendor=receiver.id,
            relationship=file_of(tx, means, receiver.id).id,
            at=means.clock.now(),
            about=about,
            way=way,
            language=written.language,
            subject=written.subject,
            body=written.body,
            to=recipient_lines(receiver),
            sender=address_lines(tx) if way is LetterWay.POST else address_lines(tx)[:1],
            dated=means.clock.today(),
            email=receiver.email,
            reply_to=receiver.reply_to,
            reference=request.reference,
            source=request.id,
            tells=_tells(tx, means.clock.today(), parts, request, way, tell),
        ),
    )


async def in_language(means: Means, key: str, language: str, shelves: Shelves) -> Written:
    """What a letter about a request says in another language, from that language's template.

    Raises:
        NotFound: no such letter. NotPossibleNow: it serves no request. NoLetterTemplate: none in that language.
    """

    def look(tx: Transaction) -> Written:
        letter = tx.paper(Letter, key)
        if letter is None:
            raise NotFound(key)
        return beside(tx, means, letter, shelves, language)

    return await means.vault.read(look)


def beside(tx: Transaction, means: Means, letter: Letter, shelves: Shelves, language: str) -> Written:
    """The same inside one transaction (see `in_language`)."""
    request = tx.paper(RightsRequest, letter.source) if letter.source else None
    if request is None:
        raise NotPossibleNow("the letter serves no request")
    demand = next((step.demand for step in reversed(request.steps) if step.demand is not None), None)
    vendor = _counterparty(tx, request.vendor)
    tell = tuple(
        FieldPath(field.name.removeprefix("profile."))
        for field in letter.tells
        if field.name.startswith("profile.") and field.field is not None
    )
    found = tuple(path for path in tell if path is not FieldPath.NAME and path not in _ADDRESS)
    parts = _parts(
        tx, means.clock.today(), request, vendor, letter.about, words=request.text, tell=found, demand=demand
    )
    return write(parts, shelves, (language,))


def way_to(vendor: Counterparty, entry: Organisation | None) -> LetterWay:
    """Which way a letter to a counterparty goes best: what its list entry suggests, else e-mail, else post."""
    wished = _WAYS.get(entry.medium) if entry is not None else None
    if wished is LetterWay.EMAIL and vendor.email:
        return LetterWay.EMAIL
    if wished is LetterWay.POST and vendor.postal:
        return LetterWay.POST
    if vendor.email:
        return LetterWay.EMAIL
    if vendor.postal:
        return LetterWay.POST
    return LetterWay.FORM if entry is not None and entry.form else LetterWay.POST


def entry_of(tx: Transaction, vendor: Counterparty) -> Organisation | None:
    """The list entry that a counterparty came from, if it came from one."""
    _list, sign, key = vendor.source.rpartition("#")
    return tx.paper(Organisation, key) if sign else None


def _parts(
    tx: Transaction,
    today: date,
    request: RightsRequest,
    vendor: Counterparty,
    about: LetterAbout,
    *,
    words: str,
    tell: tuple[FieldPath, ...],
    demand: Demand | None,
) -> LetterParts:
    profile, entry = _profile(tx), entry_of(tx, vendor)
    shown = [(f"profile.{path.value}", profile[path].value) for path in tell if path in profile]
    if vendor.number:
        shown.append(("customer-number", vendor.number))
    shown += [(one.name, one.value) for one in request.identifiers]
    contact = (*address_lines(tx), *((profile[FieldPath.EMAIL].value,) if FieldPath.EMAIL in profile else ()))
    return LetterParts(
        request=request,
        vendor=vendor,
        about=about,
        today=today,
        identifiers=tuple(shown),
        words=words,
        contact=contact if about is LetterAbout.COMPLAINT else (),
        name=profile[FieldPath.NAME].value if FieldPath.NAME in profile else "",
        runs=entry.runs if entry is not None else (),
        demand=demand,
        template=entry.template_for(request.right.value) if entry is not None and about is LetterAbout.RIGHTS else "",
    )


def _tells(
    tx: Transaction,
    today: date,
    parts: LetterParts,
    request: RightsRequest,
    way: LetterWay,
    tell: tuple[FieldPath, ...],
) -> tuple[PlannedField, ...]:
    profile = _profile(tx)
    paths = [FieldPath.NAME, *tell]
    if way is LetterWay.POST or parts.contact:
        paths += _ADDRESS
    if parts.contact:
        paths.append(FieldPath.EMAIL)
    fields = [_told(profile[path], today) for path in paths if path in profile]
    others = [(one, value) for one, value in parts.identifiers if not one.startswith("profile.")]
    if parts.words:
        others.append(("words", parts.words))
    fields += [
        PlannedField(
            name=f"letter.{name}",
            value=value,
            stage=Stage.LATER,
            purpose=Purpose.RIGHTS,
            until=today + KEPT_FOR,
            source=Source.WANT,
        )
        for name, value in others
    ]
    fields.append(
        PlannedField(
            name="letter.reference",
            value=request.reference,
            stage=Stage.LATER,
            purpose=Purpose.RIGHTS,
            until=today + KEPT_FOR,
            source=Source.WANT,
        )
    )
    return told_once(fields)


def _told(field: ProfileField, today: date) -> PlannedField:
    return PlannedField(
        name=f"profile.{field.path.value}",
        value=field.value,
        stage=Stage.LATER,
        purpose=Purpose.RIGHTS,
        until=today + KEPT_FOR,
        source=Source.PROFILE,
        field=field.id,
        pd=PD[field.path],
    )


def _profile(tx: Transaction) -> dict[FieldPath, ProfileField]:
    return {field.path: field for field in reversed(tx.profile())}


def _counterparty(tx: Transaction, key: VendorId) -> Counterparty:
    vendor = tx.vendor(key)
    if vendor is None:
        raise NotFound(key)
    return vendor
