"""The words about leaving: what happens at once, which way it is said, and what stays until when."""

from collections.abc import Iterable, Sequence

from vrm_desktop.domain.agenda import AgendaItem, AgendaKind
from vrm_desktop.domain.leaving import NeededFor, StillNeeded
from vrm_desktop.domain.relationship import RelationshipState
from vrm_desktop.domain.rights import RequestEvent, RightsRequest
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _, ngettext
from vrm_desktop.wording.labels import asked_field_label
from vrm_desktop.wording.rights import request_state_label


def way_of_leaving(vendor: str, *, wire: bool, letter: bool) -> str:
    """How it is said."""
    if wire:
        return _("{name} is told at once, and signs a receipt for it.").format(name=vendor)
    if letter:
        return _("A letter to {name} is prepared for you: its program cannot be reached.").format(name=vendor)
    return _("{name} knows nothing about you that would have to be erased, so it is simply over.").format(name=vendor)


def standing_line(
    vendor: str, state: RelationshipState, agenda: Iterable[AgendaItem], asked: RightsRequest | None = None
) -> str:
    """How far leaving has come. `agenda`: the relationship's dates; `asked`: what was asked after the end."""
    if state is RelationshipState.ENDED and asked is not None:
        return check_line(vendor, asked)
    due = {item.kind: item.due for item in agenda if not item.done}
    match state:
        case RelationshipState.ENDING if AgendaKind.ERASURE_DUE in due:
            return _("You have left. {name} has until {day} to confirm it and to erase your data.").format(
                name=vendor, day=values.day(due[AgendaKind.ERASURE_DUE])
            )
        case RelationshipState.ENDING:
            return _("You have left. {name} has yet to confirm it.").format(name=vendor)
        case RelationshipState.ENDED if AgendaKind.AFTER_END in due:
            return _("It is over. On {day} you can ask once more what is still held.").format(
                day=values.day(due[AgendaKind.AFTER_END])
            )
        case RelationshipState.ENDED:
            return _("It is over. You can still claim and prove what was agreed.")
        case _:
            return _("You can leave at any time. Nothing more is told from that moment on.")


def check_line(vendor: str, asked: RightsRequest) -> str:
    """What came of asking, after the end, what is still held."""
    answer = asked.last(RequestEvent.FULFILLED)
    if answer is None:
        return _("It is over. You asked {name} what it still holds: {state}.").format(
            name=vendor, state=request_state_label(asked.state)
        )
    if not answer.held:
        return _("It is over. On {day} {name} answered that it holds nothing of you.").format(
            day=values.day(answer.on), name=vendor
        )
    names = ", ".join(dict.fromkeys(asked_field_label(one.name) for one in answer.held))
    return _("It is over. On {day} {name} answered that it still holds: {what}.").format(
        day=values.day(answer.on), name=vendor, what=names
    )


def at_once(*, told: Sequence[str], consents: int, waiting: int) -> tuple[str, ...]:
    """What an end does here from its first moment."""
    points = [_("Nothing more is told, and nothing is answered by itself.")]
    if told:
        names = ", ".join(dict.fromkeys(asked_field_label(name) for name in told))
        points.append(_("It is asked to erase what it knows: {what}.").format(what=names))
    if consents:
        points.append(
            ngettext("{count} consent is withdrawn.", "{count} consents are withdrawn.", consents).format(
                count=consents
            )
        )
    if waiting:
        points.append(
            ngettext(
                "{count} message that was about to leave stays here.",
                "{count} messages that were about to leave stay here.",
                waiting,
            ).format(count=waiting)
        )
    points.append(_("Your key stays, to receive, to claim and to prove."))
    return tuple(points)


def needed_line(one: StillNeeded) -> str:
    """`Warranty until 10 Dec 2028: Cargo bike`."""
    return {
        NeededFor.ORDER: _("Open order, until {day}: {what}"),
        NeededFor.WARRANTY: _("Warranty, until {day}: {what}"),
        NeededFor.CLAIM: _("Open case, until {day}: {what}"),
        NeededFor.LAW: _("Kept by law, until {day}: {what}"),
    }[one.why].format(day=values.day(one.until), what=one.text)
