"""Relationships as their list shows them: how each stands, what it holds, since when. Pure."""

from vrm_desktop.domain.relationship import RelationshipState
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.services.who_knows_what import STILL_HELD
from vrm_desktop.ui.models.relationships_view import RelationshipFilter, RelationshipRow, RelationshipsView
from vrm_desktop.ui.presenters.ledger import sentence_case
from vrm_desktop.ui.presenters.moments import day_of
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _, ngettext
from vrm_desktop.wording.labels import code_label, conversation_label, relationship_state_label

LIVING = frozenset({RelationshipState.ASKING, RelationshipState.OPEN, RelationshipState.UNREACHABLE})


def state_tone(state: RelationshipState) -> Tone:
    """How much a state asks for attention."""
    return {
        RelationshipState.ASKING: Tone.ACCENT,
        RelationshipState.OPEN: Tone.GOOD,
        RelationshipState.DECLINED: Tone.NEUTRAL,
        RelationshipState.REFUSED: Tone.NEUTRAL,
        RelationshipState.WITHDRAWN: Tone.NEUTRAL,
        RelationshipState.ENDING: Tone.CAUTION,
        RelationshipState.ENDED: Tone.NEUTRAL,
        RelationshipState.UNREACHABLE: Tone.CAUTION,
        RelationshipState.BROKEN: Tone.BAD,
    }[state]


def relationships_view(files: tuple[RelationshipFile, ...]) -> RelationshipsView:
    """All relationships, in the order given."""
    living = sum(one.relationship.state in LIVING for one in files)
    summary = ngettext("{count} relationship is open", "{count} relationships are open", living).format(count=living)
    return RelationshipsView(rows=tuple(_row(one) for one in files), summary=f"{summary}." if files else "")


def _row(file: RelationshipFile) -> RelationshipRow:
    one = file.relationship
    facts = set()
    if one.state in LIVING:
        facts.add(RelationshipFilter.OPEN)
    if file.order is not None:
        facts.add(RelationshipFilter.ORDERED)
    if one.trouble or one.state is RelationshipState.BROKEN:
        facts.add(RelationshipFilter.TROUBLE)
    standing = code_label(one.trouble) if one.trouble else sentence_case(conversation_label(one.conversation.state))
    return RelationshipRow(
        id=one.id,
        vendor=file.vendor.name,
        about=file.want.title if file.want else _("without a want"),
        state=sentence_case(relationship_state_label(one.state)),
        tone=state_tone(one.state),
        standing=standing,
        holds=sum(row.state in STILL_HELD for row in file.disclosures),
        since=day_of(one.started),
        since_order=int(one.started.timestamp()),
        facts=frozenset(facts),
    )
