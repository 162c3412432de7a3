"""The specimens' small story, written into a vault and read back from one."""

from dataclasses import replace

from tests.fakes import specimens
from vrm_desktop.vault.contents import Contents


def fill(vault: Contents) -> None:
    """Write every specimen, in an order that the references allow only when the transaction commits."""
    for setting, text in specimens.SETTINGS.items():
        vault.set_setting(setting, text)
    for item in specimens.AGENDA:
        vault.put_agenda(item)
    for note in specimens.NOTES:
        vault.add_note(note)
    for row in specimens.LEDGER:
        vault.append_ledger(replace(row, seq=0))
    for message in specimens.JOURNAL:
        vault.append_journal(replace(message, seq=0))
    vault.pledge(specimens.RELATIONSHIP.id, specimens.PLEDGES)
    for entry in specimens.ACTS:
        vault.hold(entry)
    vault.save_order(specimens.ORDER)
    vault.save_offer(specimens.OFFER)
    vault.save_agreement(specimens.AGREEMENT)
    vault.save_relationship(specimens.RELATIONSHIP)
    vault.new_identity(specimens.RELATIONSHIP.id, specimens.SEED, specimens.READ_SECRET)
    vault.save_vendor(specimens.VENDOR)
    vault.save_field(specimens.FIELD)
    vault.save_plan(specimens.PLAN)
    vault.save_intentcast(specimens.WANT)


def fill_papers(vault: Contents) -> None:
    """Write the specimens that schema 3 brought, beside those of `fill`."""
    vault.keep_paper(specimens.PROMISE)
    vault.attach(specimens.ATTACHMENT, specimens.ATTACHED)


def all_of(vault: Contents) -> dict[str, object]:
    """Everything that can be read from a vault holding the specimens, by the port's names."""
    mine = specimens.RELATIONSHIP.id
    return {
        "intentcasts": vault.intentcasts(),
        "plan": vault.plan(specimens.WANT.id),
        "profile": vault.profile(),
        "vendors": vault.vendors(),
        "kid": vault.signer(mine).kid,
        "read_secret": vault.read_secret(mine),
        "relationships": vault.relationships(),
        "agreements": vault.agreements(mine),
        "offers": vault.offers(),
        "orders": vault.orders(),
        "acts": tuple(vault.act(entry.id) for entry in specimens.ACTS),
        "pledges": dict(vault.pledges(mine)),
        "journal": vault.journal(),
        "ledger": vault.ledger(),
        "notes": vault.notes(mine),
        "agenda": vault.agenda(),
        "settings": {key: vault.setting(key) for key in specimens.SETTINGS},
        "chains": vault.verify_chains(),
    }


def expected() -> dict[str, object]:
    """What `all_of` says after `fill`."""
    return {
        "intentcasts": (specimens.WANT,),
        "plan": specimens.PLAN,
        "profile": (specimens.FIELD,),
        "vendors": (specimens.VENDOR,),
        "kid": specimens.KID,
        "read_secret": specimens.READ_SECRET,
        "relationships": (specimens.RELATIONSHIP,),
        "agreements": (specimens.AGREEMENT,),
        "offers": (specimens.OFFER,),
        "orders": (specimens.ORDER,),
        "acts": specimens.ACTS,
        "pledges": specimens.PLEDGES,
        "journal": specimens.JOURNAL,
        "ledger": specimens.LEDGER,
        "notes": specimens.NOTES,
        "agenda": specimens.AGENDA,
        "settings": specimens.SETTINGS,
        "chains": (len(specimens.JOURNAL), len(specimens.LEDGER)),
    }
