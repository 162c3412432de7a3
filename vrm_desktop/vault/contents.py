"""Everything an open vault keeps, inside one transaction: what a closure handed to `write` or `read` works on.

Fits the port `Transaction` of the services structurally. Never lives here: SQL of any table.
"""

from vrm_desktop.vault.repositories.agenda import AgendaPart
from vrm_desktop.vault.repositories.agreements import AgreementsPart
from vrm_desktop.vault.repositories.erasing import ErasingPart
from vrm_desktop.vault.repositories.finding import FindingPart
from vrm_desktop.vault.repositories.identities import IdentitiesPart
from vrm_desktop.vault.repositories.intentcasts import IntentcastsPart
from vrm_desktop.vault.repositories.journal import JournalPart
from vrm_desktop.vault.repositories.ledger import LedgerPart
from vrm_desktop.vault.repositories.notes import NotesPart
from vrm_desktop.vault.repositories.offers import OffersPart
from vrm_desktop.vault.repositories.orders import OrdersPart
from vrm_desktop.vault.repositories.outbox import OutboxPart
from vrm_desktop.vault.repositories.page_keys import PageKeysPart
from vrm_desktop.vault.repositories.papers import PapersPart
from vrm_desktop.vault.repositories.pledges import PledgesPart
from vrm_desktop.vault.repositories.profile import ProfilePart
from vrm_desktop.vault.repositories.relationships import RelationshipsPart
from vrm_desktop.vault.repositories.settings import SettingsPart
from vrm_desktop.vault.repositories.vendors import VendorsPart


class Contents(
    IntentcastsPart,
    ProfilePart,
    VendorsPart,
    IdentitiesPart,
    RelationshipsPart,
    AgreementsPart,
    OffersPart,
    OrdersPart,
    OutboxPart,
    PledgesPart,
    JournalPart,
    LedgerPart,
    ErasingPart,
    NotesPart,
    AgendaPart,
    PapersPart,
    SettingsPart,
    PageKeysPart,
    FindingPart,
):
    """All nouns on one transaction. A change in a read raises StatementRefused; after its closure everything raises."""

    def verify_chains(self) -> tuple[int, int]:
        """Check the journal and the ledger row by row; how many rows each has. Raises ChainBroken."""
        return self.verify_journal(), self.verify_ledger()
