"""What services return, in words: states that a sound demo never shows, and what must not be shown."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.fakes import specimens
from vrm_desktop.domain import acts
from vrm_desktop.domain.disclosure import BasisKind, LedgerState, Stage
from vrm_desktop.domain.ids import ActId, FieldId, Kid
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.profile import CoarseRule, FieldPath, ProfileField, ShareDefault
from vrm_desktop.domain.reaching import TermsKnown, VendorWays
from vrm_desktop.domain.relationship import AgreementState, Note, OrderState, RelationshipState
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.services.who_knows_what import LedgerEntry
from vrm_desktop.ui.models.relationships_view import RelationshipFilter
from vrm_desktop.ui.presenters.disclosures import stage_words, state_tone
from vrm_desktop.ui.presenters.ledger import ledger_view
from vrm_desktop.ui.presenters.profile import profile_view, section_words
from vrm_desktop.ui.presenters.relationship import relationship_view
from vrm_desktop.ui.presenters.relationships import relationships_view
from vrm_desktop.ui.presenters.vendors import kind_words, vendors_view
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wiring import load_roster
from vrm_desktop.wording.ledger_words import basis_words

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
ROSTER = load_roster()
FILE = RelationshipFile(
    relationship=specimens.RELATIONSHIP,
    vendor=specimens.VENDOR,
    want=specimens.WANT,
    agreements=(specimens.AGREEMENT,),
    offers=(specimens.OFFER,),
    order=specimens.ORDER,
    disclosures=specimens.LEDGER,
    notes=specimens.NOTES,
    journal=specimens.JOURNAL,
    waiting=(),
    agenda=specimens.AGENDA,
    may_say=frozenset(),
)


def entry(state: LedgerState, name: str = "profile.name", vendor: str = "Rheinrad") -> LedgerEntry:
    return LedgerEntry(row=replace(specimens.LEDGER[0], state=state, name=name), vendor_name=vendor)


def test_every_state_of_a_disclosure_has_words_and_a_tone() -> None:
    view = ledger_view(tuple(entry(state) for state in LedgerState), {})
    assert len({line.state for line in view.lines}) == len(LedgerState)
    assert state_tone(LedgerState.MAYBE) is Tone.CAUTION
    assert "May have been disclosed" in {line.state for line in view.lines}
    assert len({stage_words(stage) for stage in Stage}) == len(Stage)


def test_the_summary_counts_vendors_that_still_hold_something() -> None:
    assert ledger_view((), {}).summary == ""
    assert ledger_view((entry(LedgerState.ERASED),), {}).summary == "Nobody holds anything of you any more."
    anonymous = ledger_view((entry(LedgerState.SENT, "category"),), {})
    assert anonymous.summary == "1 vendor holds something of you; none knows who you are."
    known = ledger_view((entry(LedgerState.SENT), entry(LedgerState.SENT, vendor="Velo Süd")), {})
    assert known.summary == "2 vendors hold something of you; 2 know who you are."


def test_what_a_disclosure_rests_on_is_named() -> None:
    row = replace(specimens.LEDGER[0], basis=BasisKind.SIGNED_AGREEMENT, agreement=specimens.AGREEMENT.hash)
    assert basis_words(row, {specimens.AGREEMENT.hash: "SD-BASE"}) == "Just the service"
    assert basis_words(replace(row, agreement=None), {}) == "signed conditions"
    assert basis_words(replace(row, basis=BasisKind.WRITTEN_ACCEPTANCE), {}) == "written acceptance"
    assert basis_words(replace(row, basis=BasisKind.OWN_ACT), {}) == "you said so yourself"


@pytest.mark.parametrize("trouble", ["record-differs", "payment-changed"])
def test_under_an_alarm_about_the_order_no_way_to_pay_is_shown(trouble: str) -> None:
    fine = relationship_view(FILE, ROSTER).order
    assert fine is not None
    alarmed = replace(FILE, relationship=replace(FILE.relationship, trouble=trouble))
    view = relationship_view(alarmed, ROSTER)
    assert view.order is not None
    assert (view.order.payment, view.order.copied) == ((), "")
    assert view.alarm is not None
    assert view.alarm_tone is Tone.BAD


def test_a_vendor_that_shows_another_key_than_the_one_agreed_with_is_told() -> None:
    key = FILE.relationship.conversation.peer_kid
    same = relationship_view(replace(FILE, vendor=replace(FILE.vendor, pinned=key)), ROSTER)
    other = relationship_view(replace(FILE, vendor=replace(FILE.vendor, pinned=Kid("x" * 43))), ROSTER)
    none = relationship_view(replace(FILE, vendor=replace(FILE.vendor, pinned=None, card=None, address="")), ROSTER)
    assert "checked against this key" in same.verified
    assert "another key" in other.verified
    assert "nobody has checked that" in none.verified
    assert "".join(same.key.split()) == key


@pytest.mark.parametrize("state", AgreementState)
def test_every_state_of_an_agreement_tells_how_it_came_about(state: AgreementState) -> None:
    unknown = replace(specimens.AGREEMENT, state=state, roster="NOT-ON-THE-LIST", begins="accept")
    known = replace(specimens.AGREEMENT, state=state, begins="ping")
    view = relationship_view(replace(FILE, agreements=(unknown, known)), ROSTER)
    assert [line.name for line in view.terms][-1] == "NOT-ON-THE-LIST"
    assert all(line.came_about and line.state for line in view.terms)


@pytest.mark.parametrize("state", OrderState)
def test_every_state_of_an_order_has_words(state: OrderState) -> None:
    order = replace(specimens.ORDER, state=state, paid=NOON, lines=(replace(specimens.ORDER.lines[0], quantity=2),))
    view = relationship_view(replace(FILE, order=order, want=None), ROSTER).order
    assert view is not None
    assert view.state
    assert view.facts[0][1].startswith("2 × ")
    assert view.payment == ()


@pytest.mark.parametrize("state", RelationshipState)
def test_every_state_of_a_relationship_has_words_and_its_filters(state: RelationshipState) -> None:
    files = (replace(FILE, relationship=replace(FILE.relationship, state=state, trouble="")),)
    (row,) = relationships_view(files).rows
    assert row.state
    assert (RelationshipFilter.TROUBLE in row.facts) is (state is RelationshipState.BROKEN)
    view = relationship_view(files[0], ROSTER)
    assert view.can_end is (state not in {RelationshipState.ENDING, RelationshipState.ENDED})
    assert view.why_silent


def test_who_is_leaving_says_nothing_more_and_cannot_leave_twice() -> None:
    view = relationship_view(FILE, ROSTER, leaving=True)
    assert (view.state, view.can_end, view.leaving) == ("Leaving", False, True)
    assert view.why_silent == "You are leaving; nothing more is said."


def test_a_message_that_waits_says_so_and_one_like_it_that_left_does_not() -> None:
    def note(minutes: int) -> Note:
        at = NOON + timedelta(minutes=minutes)
        return Note(relationship=FILE.relationship.id, at=at, sender=Side.PERSON, kind="message", text="Hello?")

    waiting = acts.OutboxEntry(
        id=ActId("act-1"),
        relationship=FILE.relationship.id,
        act=acts.Message(text="Hello?"),
        state=acts.ActState.HELD,
        made=NOON,
        not_before=NOON,
    )
    end = replace(waiting, id=ActId("act-2"), act=acts.End(), maybe=True)
    view = relationship_view(replace(FILE, notes=(note(0), note(5)), waiting=(waiting, end)), ROSTER)
    assert [said.state for said in view.said] == ["", "waits to leave"]
    assert view.waiting[0] == "a message of yours"
    assert "may have arrived" in view.waiting[1]


def test_every_kind_of_organisation_and_one_without_a_card_have_words() -> None:
    assert len({kind_words(kind) for kind in OrganisationKind}) == len(OrganisationKind)
    bare = replace(specimens.VENDOR, card=None, pinned=None, address="", trouble="key-changed")
    (row,) = vendors_view((VendorWays(vendor=bare, ways=(), terms=TermsKnown.UNKNOWN),), ROSTER).rows
    assert (row.signs, row.key, row.reached) == ("Terms unknown", "", "No way is known")
    assert row.when == "No web address of it is known that could be asked."
    assert row.facts == (("Address", "none is known"),)
    assert row.trouble == "This vendor shows another key than before."


def test_the_profile_shows_every_place_and_who_has_what() -> None:
    born = ProfileField(
        id=FieldId("field-1"),
        path=FieldPath.BIRTHDAY,
        value="1990-05-05",
        updated=NOON,
        share=ShareDefault.COARSE,
        coarse=CoarseRule.AGE_RANGE,
    )
    told = replace(specimens.LEDGER[0], field=born.id, state=LedgerState.SENT)
    entries = (LedgerEntry(row=told, vendor_name="Velo Süd"), LedgerEntry(row=told, vendor_name="Ärzte"))
    view = profile_view((born, replace(born, id=FieldId("field-2"), value="in May")), entries, date(2026, 5, 4))
    assert {row.path for row in view.rows} == {path.value for path in FieldPath}
    first, second = (row for row in view.rows if row.id)
    assert (first.coarse, first.known_to) == ("30-39", ("Velo Süd", "Ärzte"))
    assert (second.coarse, second.known_to) == ("not in this form", ())
    assert {section_words(path) for path in FieldPath} == {row.section for row in view.rows}


def test_what_is_said_beyond_the_budget_is_folded_away_and_counted() -> None:
    notes = tuple(
        Note(
            relationship=FILE.relationship.id,
            at=NOON + timedelta(hours=hour),
            sender=Side.VENDOR,
            kind="message",
            text=text,
        )
        for hour, text in enumerate(("Buy", "Buy more", "Buy now"))
    )
    said = relationship_view(replace(FILE, notes=notes, contact_budget=1), ROSTER).said
    assert [one.text for one in said] == ["Buy"]
    assert len(relationship_view(replace(FILE, notes=notes, contact_budget=3), ROSTER).said) == 3
