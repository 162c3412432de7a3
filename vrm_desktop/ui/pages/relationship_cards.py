"""Where every topic puts its card on the page of one counterparty: the tabs, and what a card is.

Never here: what any card shows. A topic makes its cards in its own file; `ui/controllers/topics.py` names the topics.
"""

from enum import Enum
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from vrm_desktop.wording.catalogue import _

if TYPE_CHECKING:
    from vrm_desktop.services.keep_relationship import RelationshipFile


class RelationshipTab(Enum):
    """The tabs of a counterparty's page, in their order."""

    OVERVIEW = "overview"
    MESSAGES = "messages"
    TERMS = "terms"
    ORDERS = "orders"
    PAPERS = "papers"
    STORY = "story"


def tab_words() -> tuple[tuple[str, str], ...]:
    """The key and the label of each tab, in their order."""
    labels = {
        RelationshipTab.OVERVIEW: _("Overview"),
        RelationshipTab.MESSAGES: _("Messages"),
        RelationshipTab.TERMS: _("Terms and data"),
        RelationshipTab.ORDERS: _("Orders and money"),
        RelationshipTab.PAPERS: _("Requests and contracts"),
        RelationshipTab.STORY: _("Story"),
    }
    return tuple((tab.value, labels[tab]) for tab in RelationshipTab)


class RelationshipCard(Protocol):
    """One topic's card. `show` runs on the Qt thread, with the file just read; it never asks a service.

    The widget is usually a `Card` with a title of its own. A card with nothing to show for this file hides its widget;
    its signals go to the controller that made it.
    """

    @property
    def tab(self) -> RelationshipTab:
        """On which tab it stands."""
        ...

    @property
    def order(self) -> int:
        """Where it stands there: the smallest is on top. The page's own cards take the full hundreds."""
        ...

    @property
    def widget(self) -> QWidget:
        """What is laid into the tab; made once, owned by the page from then on."""
        ...

    def show_file(self, file: "RelationshipFile") -> None:
        """Show what the file holds of this topic."""
        ...
