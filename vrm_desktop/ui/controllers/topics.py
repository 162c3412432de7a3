"""The registry of topics: what each adds to the window (pages, cards in a counterparty's file), named by one line each.

Never here: anything that a topic does.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject

from vrm_desktop.ui.bridge import Change
from vrm_desktop.ui.controllers.at_home import AtHome
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipCard, RelationshipTab
from vrm_desktop.ui.theme.look import Look


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicDesk:
    """What a topic's controller works with. `parent` owns it.

    `go` shows a page; `open_want` the page of a want; `open_file` the file of a relationship (its id), on one of its
    tabs; `pause` tells the seconds in which something can be undone;
    `on_add` takes what to do when the person wants to add an organisation, `on_write` when to write to one (a vendor's
    id), `on_letter` when a letter is to be shown (its id).
    """

    at_home: AtHome
    look: Look
    parent: QObject
    go: Callable[[PageId], None]
    open_file: Callable[[str, RelationshipTab], None]
    pause: Callable[[], int]
    on_add: Callable[[Callable[[], None]], object] = lambda _do: None
    open_want: Callable[[str, PageId], None] = lambda _key, _page: None
    on_write: Callable[[Callable[[str], None]], object] = lambda _do: None
    on_letter: Callable[[Callable[[str], None]], object] = lambda _do: None


class Topic(Protocol):
    """One topic's controller."""

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """How its own pages are made; none is fine."""
        ...

    def cards(self) -> Sequence[RelationshipCard]:
        """New cards for the page of a counterparty; none is fine. Asked once, when that page is made."""
        ...

    def refresh(self, changes: frozenset[Change]) -> None:
        """Read again what a page of its own shows, if one of these pairs of kind and id changed it.

        Cards need nothing here: a file is read again whenever anything changed, and shown to each of them.
        """
        ...

    def acted(self, key: str) -> bool:
        """Do what the button of one of its messages stands for; False when the message is not its own."""
        ...


def topics(desk: TopicDesk) -> tuple[Topic, ...]:
    """All topics, in the order in which their cards of the same place stand."""
    from vrm_desktop.ui.controllers.agenda_controller import AgendaController
    from vrm_desktop.ui.controllers.belongings_controller import BelongingsController
    from vrm_desktop.ui.controllers.change_controller import ChangeController
    from vrm_desktop.ui.controllers.claims_controller import ClaimsController
    from vrm_desktop.ui.controllers.contracts_controller import ContractsController
    from vrm_desktop.ui.controllers.counterparty_controller import CounterpartyController
    from vrm_desktop.ui.controllers.data_controller import DataController
    from vrm_desktop.ui.controllers.desks_controller import DesksController
    from vrm_desktop.ui.controllers.limits_controller import LimitsController
    from vrm_desktop.ui.controllers.mail_account_controller import MailAccountController
    from vrm_desktop.ui.controllers.mails_controller import MailsController
    from vrm_desktop.ui.controllers.rights_controller import RightsController
    from vrm_desktop.ui.controllers.shop_face_controller import ShopFaceController
    from vrm_desktop.ui.controllers.trust_controller import TrustController

    makers: tuple[Callable[[TopicDesk], Topic], ...] = (
        AgendaController,
        BelongingsController,
        CounterpartyController,
        ClaimsController,
        DataController,
        ContractsController,
        ChangeController,
        RightsController,
        TrustController,
        MailsController,
        MailAccountController,
        DesksController,
        LimitsController,
        ShopFaceController,
    )
    return tuple(make(desk) for make in makers)
