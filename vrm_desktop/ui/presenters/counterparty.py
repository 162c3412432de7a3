"""An organisation and a conversation with it as their pages show them. Pure."""

from vrm_desktop.domain.contact_details import ContactDetails
from vrm_desktop.domain.disclosure import PlannedField
from vrm_desktop.domain.plan import pick
from vrm_desktop.domain.profile import FieldPath, ProfileField
from vrm_desktop.domain.vendor import Counterparty, OrganisationKind
from vrm_desktop.services.keep_counterparty import details_of
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.services.start_conversation import ConversationPlan, Way
from vrm_desktop.ui.models.counterparty_view import ConversationForm, ConversationStages, DetailsForm, Pair
from vrm_desktop.ui.presenters.ledger import sentence_case
from vrm_desktop.ui.presenters.moments import day_of
from vrm_desktop.wording import values
from vrm_desktop.wording.asked import asked_value_label
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import asked_field_label, field_label, purpose_label, relationship_state_label

TELLABLE = (FieldPath.NAME, FieldPath.EMAIL, FieldPath.PHONE, FieldPath.STREET, FieldPath.POSTCODE, FieldPath.LOCALITY)


def details_form(vendor: Counterparty) -> DetailsForm:
    """What is written down, as the form shows it."""
    details = details_of(vendor)
    return DetailsForm(
        name=details.name,
        kind=details.kind.value,
        postal=details.postal,
        email=details.email,
        phone=details.phone,
        web=details.web,
        country=details.country,
        languages=" ".join(details.languages),
        number=details.number,
        reply_to=details.reply_to,
        note=details.note,
        signed=vendor.card is not None,
    )


def details_from(form: DetailsForm) -> ContactDetails:
    """The form as typed.

    Raises:
        InvalidValue: something in it cannot be.
    """
    return ContactDetails(
        name=form.name,
        kind=OrganisationKind(form.kind),
        postal=form.postal,
        email=form.email,
        phone=form.phone,
        web=form.web,
        country=form.country.upper(),
        languages=tuple(form.languages.replace(",", " ").split()),
        number=form.number,
        reply_to=form.reply_to,
        note=form.note,
    )


def contact_facts(vendor: Counterparty) -> tuple[Pair, ...]:
    """How to reach it and what it calls the person; what is not known is left out."""
    pairs = (
        (_("Postal address"), vendor.postal),
        (_("E-mail"), vendor.email),
        (_("Phone"), vendor.phone),
        (_("On the web"), vendor.web),
        (_("What it calls you"), vendor.number),
        (_("Your address for it alone"), vendor.reply_to),
        (_("Note"), vendor.note),
    )
    return tuple((label, value) for label, value in pairs if value)


def other_files(file: RelationshipFile) -> tuple[Pair, ...]:
    """The other relationships: id, and since when and how they stand."""
    words = _("Since {day}: {state}")
    return tuple(
        (one.id, words.format(day=day_of(one.started), state=relationship_state_label(one.state)))
        for one in file.others
    )


def conversation_form(file: RelationshipFile, profile: tuple[ProfileField, ...], way: Way) -> ConversationForm:
    """Whom it goes to, and what can be chosen."""
    here = file.relationship
    earlier = tuple(one for one in (here, *file.others) if one.conversation.id is not None)
    return ConversationForm(
        vendor=file.vendor.name,
        by_letter=way is Way.LETTER,
        fields=tuple(
            (path.value, sentence_case(field_label(path))) for path in TELLABLE if pick(profile, path) is not None
        ),
        earlier=tuple((one.id, _("As in the file since {day}").format(day=day_of(one.started))) for one in earlier),
        number=file.vendor.number,
    )


def conversation_stages(planned: ConversationPlan) -> ConversationStages:
    """What would be told, and when."""
    told = (*planned.at_once, *planned.after_terms)
    use = ""
    if told:
        purposes = ", ".join(dict.fromkeys(purpose_label(one.purpose) for one in told))
        last = values.day(max(one.until for one in told))
        use = _("To be used only {purpose}, until {day}.").format(purpose=purposes, day=last)
    return ConversationStages(at_once=_pairs(planned.at_once), after_terms=_pairs(planned.after_terms), use=use)


def _pairs(fields: tuple[PlannedField, ...]) -> tuple[Pair, ...]:
    return tuple((sentence_case(asked_field_label(one.name)), asked_value_label(one.name, one.value)) for one in fields)
