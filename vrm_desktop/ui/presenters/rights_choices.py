"""What there is to choose when a right is exercised, and whom to complain to, in words. Pure."""

from collections.abc import Iterable

from vrm_desktop.domain.clocks import Regime, answer_rule
from vrm_desktop.domain.letter import LetterWay
from vrm_desktop.domain.living import DataRight
from vrm_desktop.domain.organisation import Organisation
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.regions import Area
from vrm_desktop.domain.rights import RightsWay
from vrm_desktop.domain.rights_choice import AskWay
from vrm_desktop.services.exercise_rights import Asking
from vrm_desktop.services.propose_authority import GERMAN_STATES, AuthorityChoice
from vrm_desktop.services.rights_ways import Askable
from vrm_desktop.ui.models.rights_view import AskChoices, AuthorityView, Choice, TypedAsking
from vrm_desktop.ui.presenters.ledger import sentence_case
from vrm_desktop.wording.asked import area_label
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.rights import (
    ask_way_label,
    ask_way_words,
    authority_reason,
    regime_label,
    regime_reason,
    rule_label,
)


def ask_choices(right: DataRight, asked: tuple[Askable, ...]) -> AskChoices:
    """The laws and ways for these organisations; a way is there where all of them have it."""
    return AskChoices(
        regimes=(
            _proposed_regime(right, asked),
            *(
                Choice(key=one.value, label=sentence_case(regime_label(one)), hint=_clock_words(one, right))
                for one in Regime
            ),
        ),
        ways=(
            _proposed_way(asked),
            *(
                Choice(key=one.value, label=sentence_case(ask_way_label(one)), hint=ask_way_words(one))
                for one in AskWay
                if asked and all(one in each.ways for each in asked) and (one is not AskWay.DRP or len(asked) == 1)
            ),
        ),
    )


def asking_of(typed: TypedAsking) -> Asking:
    """What was chosen, as the services take it; by the protocol nothing is asked here."""
    by = LetterWay(typed.way) if typed.way in set(LetterWay) else None
    wire = RightsWay.WIRE if typed.way == AskWay.WIRE else None
    return Asking(
        right=DataRight(typed.right),
        text=typed.text,
        regime=Regime(typed.regime) if typed.regime else None,
        way=RightsWay.LETTER if by is not None else wire,
        by=by,
        tell=(FieldPath.EMAIL,) if typed.mail else (),
    )


def authority_view(key: str, choice: AuthorityChoice) -> AuthorityView:
    """Who may take the complaint about a request."""
    proposed = choice.proposed
    others = sorted(((one.id, _name(one)) for one in choice.options if one is not proposed), key=lambda pair: pair[1])
    names = (*(() if proposed is None else ((proposed.id, _name(proposed)),)), *others)
    none = () if proposed is not None else (("", _("Choose an authority")),)
    place = _region(choice.place.code) if choice.place is not None else ""
    reason = authority_reason(choice.reason, place) if choice.reason is not None else ""
    may = _("You may complain where you live, where you work, or where it happened (GDPR article 77).")
    return AuthorityView(
        request=key,
        options=(*none, *names) if names else (),
        chosen=proposed.id if proposed is not None else "",
        why=f"{reason} {may}" if reason else may,
    )


def _name(authority: Organisation) -> str:
    """Its name, with the state in front where most of them are called alike."""
    state = next((code for code, key in GERMAN_STATES.items() if key == authority.id), "")
    return f"{_region(state)}: {authority.name}" if state else authority.name


def _region(code: str) -> str:
    return area_label(Area.from_code(code)).split(",", 1)[0]


def _proposed_regime(right: DataRight, asked: tuple[Askable, ...]) -> Choice:
    found = {one.regime for one in asked}
    if len(found) != 1:
        label = _("As fits each of them") if found else _("As the program proposes")
        return Choice(
            key="", label=label, hint=_("Proposed for each by where it is and where you live.") if found else ""
        )
    [regime] = found
    label = _("Proposed: {what}").format(what=regime_label(regime))
    reasons = _all(regime_reason(one.reason) for one in asked)
    why = _("Because {reason}.").format(reason=reasons)
    return Choice(key="", label=label, hint=f"{why} {_clock_words(regime, right)}")


def _proposed_way(asked: tuple[Askable, ...]) -> Choice:
    found = {one.usual for one in asked}
    if len(found) != 1:
        label = _("As fits each of them") if found else _("As the program proposes")
        told = _all(f"{one.name}: {ask_way_label(one.usual)}" for one in asked)
        return Choice(key="", label=label, hint=f"{told}." if told else "")
    [way] = found
    if not any(one.ways for one in asked):
        return Choice(
            key="", label=_("No way is known"), hint=_("A letter is written all the same, for you to address.")
        )
    return Choice(key="", label=_("Proposed: {what}").format(what=ask_way_label(way)), hint=ask_way_words(way))


def _clock_words(regime: Regime, right: DataRight) -> str:
    rule = answer_rule(regime, right)
    if rule is None:
        return _("No clock runs then.")
    return _("Its clock for the answer: {rule}.").format(rule=rule_label(rule))


def _all(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(words))
