"""A connector of one's own: every order becomes a line in a file, and a line in another file goes back as words.

In desk.toml:  [[connectors]]  name = "till"  kind = "python"  file = "my_connector.py"  events = ["accept", "closure"]
"""

# ruff: noqa: INP001, ARG001, ARG002 - a file in a shop's folder, with the port's whole shape
from vrm_desktop.vendor.connectors.opening import Surroundings
from vrm_desktop.vendor.connectors.port import Event, Heard, Notes, Said, Told
from vrm_desktop.vendor.connectors.settings import ConnectorSettings
from vrm_desktop.vendor.errors import ConnectorAway
from vrm_desktop.vendor.hand_acts import Reply


class Till:
    def __init__(self, around: Surroundings) -> None:
        self.orders = around.folder / "orders.txt"
        self.words = around.folder / "words.txt"

    async def tell(self, event: Event, notes: Notes) -> Told:
        # The same event may come again (a desk can be killed between telling and noting): look before you write.
        known = self.orders.read_text() if self.orders.exists() else ""
        if event.kind == "accept" and event.order and event.id not in known:
            try:
                with self.orders.open("a") as file:
                    file.write(f"{event.id} {event.order.lines[0].title}\n")
            except OSError as error:
                raise ConnectorAway(str(error)) from error  # everything waits until the disk is back
        return Told(notes={"order": event.id})

    async def listen(self, bookmark: str) -> Heard:
        # Lines like: <conversation> Your bike is ready. Each is said once, whatever the bookmark.
        lines = self.words.read_text().splitlines() if self.words.exists() else []
        said = [Said(id=line, conversation=line[:43], act=Reply(text=line[44:])) for line in lines]
        return Heard(said=said, bookmark=str(len(lines)))

    async def check(self) -> str:
        return f"writes to {self.orders.name}"

    async def close(self) -> None:
        pass


def connect(settings: ConnectorSettings, around: Surroundings) -> Till:
    return Till(around)
