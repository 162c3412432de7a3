"""The table `[drp]` of `desk.toml`: whether the desk answers the Data Rights Protocol, as which business, for whom."""

from dataclasses import dataclass
from pathlib import Path

from vrm_desktop.domain.drp import DrpAction, DrpClaim
from vrm_desktop.protocol.drp_directory import Agent, read_directory
from vrm_desktop.protocol.errors import Malformed
from vrm_desktop.vendor.errors import BadHome, BadSettings
from vrm_desktop.vendor.toml_table import TomlTable

_DAYS = 45


@dataclass(frozen=True, slots=True, kw_only=True)
class DrpSettings:
    """`business` is the id that the directory lists; `agents` a file in the home folder. `days` until an answer."""

    business: str
    agents: str
    actions: tuple[DrpAction, ...] = (DrpAction.ACCESS, DrpAction.DELETION)
    asks: tuple[DrpClaim, ...] = (DrpClaim.EMAIL,)
    days: int = _DAYS

    def __post_init__(self) -> None:
        if not self.business or not self.agents or not self.actions:
            raise BadSettings("drp needs business, agents and at least one of actions")


def read_drp(table: TomlTable) -> DrpSettings | None:
    """The settings; None where the table is empty, so that the desk does not answer the protocol.

    Raises:
        BadSettings: a member unknown or out of bounds.
    """
    business, agents = table.text("business"), table.text("agents", most=1000)
    actions = table.words("actions", among=frozenset(DrpAction))
    asks = table.words("asks", (DrpClaim.EMAIL,), among=frozenset(DrpClaim))
    days = table.number("days", _DAYS, least=1, most=90)
    table.done()
    if not (business or agents or actions):
        return None
    return DrpSettings(
        business=business,
        agents=agents,
        actions=tuple(DrpAction(one) for one in actions) or (DrpAction.ACCESS, DrpAction.DELETION),
        asks=tuple(DrpClaim(one) for one in asks),
        days=days,
    )


def read_agents(settings: DrpSettings, folder: Path) -> dict[str, Agent]:
    """The agents that may ask, by id, from the file in the home folder.

    Raises:
        BadHome: there is no such file. BadSettings: it is no directory of agents, or an entry cannot be used.
    """
    file = folder / settings.agents
    try:
        found = read_directory(file.read_bytes())
    except OSError as error:
        raise BadHome(f"{file}: {error.strerror}") from error
    except Malformed as error:
        raise BadSettings(f"{settings.agents}: {error}") from error
    if found.left_out:
        raise BadSettings(f"{settings.agents}: {found.left_out} entries have no id or no verify_key of 32 bytes")
    return {agent.id: agent for agent in found.agents}
