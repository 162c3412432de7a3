"""A consent renewed in one act, over the wire: for as long again, never what was taken back, while it makes sense."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.lying_vendor import LyingVendor
from tests.fakes.people import Person
from tests.fakes.wishing_vendor import heard, ordered, promise, wish
from vrm_desktop.domain.consent import Consent, ConsentWord
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.wish import RuleWord
from vrm_desktop.protocol import messages
from vrm_desktop.services import answer_wishes, hold_acts, keep_consents, keep_rules, renew_consents
from vrm_desktop.services.errors import NotFound, NotPossibleNow

EMAIL = ("profile.email", "marketing", 60)
PHONE = ("profile.phone", "marketing", 60)


async def allowed(person: Person, vendor: LyingVendor, *fields: tuple[str, str, int], back: bool = False) -> Consent:
    """The record after the person gave these on the vendor's wish."""
    await keep_rules.set_rule(person.means, RuleWord.ASK, purpose=Purpose.MARKETING)
    wish(vendor.talk, *fields, **({"in_return": promise(person.clock)} if back else {}))
    await person.settle()
    (one,) = await answer_wishes.wishes(person.means)
    await answer_wishes.grant(person.means, one.wish.id)
    await person.settle()
    return await only(person)


async def only(person: Person) -> Consent:
    (view,) = await keep_consents.consents(person.means)
    return view.consent


def test_a_consent_is_renewed_for_as_long_again_and_can_be_called_back_until_it_leaves(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, _key: RelationshipId) -> None:
        consent = await allowed(person, vendor, EMAIL)
        assert await renew_consents.renewals(person.means) == {}  # it would last no longer
        with pytest.raises(NotPossibleNow):
            await renew_consents.renew(person.means, consent.id)
        person.clock.move(days=20)
        until = person.clock.today() + timedelta(days=60)
        offered = (await renew_consents.renewals(person.means))[consent.id]
        assert (offered.until, [one.name for one in offered.fields]) == (until, ["profile.email"])

        await renew_consents.renew(person.means, consent.id, timedelta(minutes=5))
        held = (await renew_consents.renewals(person.means))[consent.id]
        assert held.until is None
        assert held.waits is not None
        with pytest.raises(NotPossibleNow):
            await renew_consents.renew(person.means, consent.id)
        await hold_acts.undo(person.means, held.waits.id)

        await renew_consents.renew(person.means, consent.id)
        await person.settle()
        assert len(heard(vendor.talk, messages.Grant)) == 2
        renewed = await only(person)
        assert [event.word for event in renewed.events] == [ConsentWord.GIVEN, ConsentWord.RENEWED]
        assert renewed.until == until
        with pytest.raises(NotFound):
            await renew_consents.renew(person.means, "consent-none")

    ordered(tmp_path, job)


def test_what_was_taken_back_is_no_part_of_a_renewal(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, _key: RelationshipId) -> None:
        consent = await allowed(person, vendor, EMAIL, PHONE)
        await keep_consents.withdraw(person.means, consent.id, ["profile.phone"])
        await person.settle()
        person.clock.move(days=20)
        await renew_consents.renew(person.means, consent.id)
        await person.settle()
        told = [{item.digest for item in one.items} for one in heard(vendor.talk, messages.Grant)]
        names = [sorted(one.name for one in vendor.talk.values if one.digest in digests) for digests in told]
        assert names == [["profile.email", "profile.phone"], ["profile.email"]]
        renewed = await only(person)
        assert [item.name for item in renewed.standing_items] == ["profile.email"]
        assert renewed.withdrawn_names == {"profile.phone"}
        await keep_consents.withdraw(person.means, consent.id)
        assert await renew_consents.renewals(person.means) == {}
        with pytest.raises(NotPossibleNow):
            await renew_consents.renew(person.means, consent.id)

    ordered(tmp_path, job)


def test_a_return_that_is_due_is_asked_for_before_anything_is_renewed(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, _key: RelationshipId) -> None:
        consent = await allowed(person, vendor, EMAIL, back=True)
        person.clock.move(days=5)
        assert consent.id in await renew_consents.renewals(person.means)
        person.clock.move(days=5)
        assert await renew_consents.renewals(person.means) == {}
        (one,) = await answer_wishes.wishes(person.means)
        await answer_wishes.got(person.means, one.wish.id, came=True)
        assert consent.id in await renew_consents.renewals(person.means)

    ordered(tmp_path, job)


def test_a_consent_that_has_run_out_can_be_renewed(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, _key: RelationshipId) -> None:
        consent = await allowed(person, vendor, EMAIL)
        person.clock.move(days=61)
        today = person.clock.today()
        await person.means.vault.write(lambda tx: keep_consents.expire(tx, person.means, today))
        assert (await only(person)).word is ConsentWord.EXPIRED
        await renew_consents.renew(person.means, consent.id)
        await person.settle()
        assert (await only(person)).stands

    ordered(tmp_path, job)
