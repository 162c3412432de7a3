"""An agent of the Data Rights Protocol that signs with libsodium's own combined mode, and a desk that lists it.

Never here: what is expected of either. The agent shares no line of signing with the program.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from nacl.encoding import Base64Encoder
from nacl.signing import SigningKey

from tests.fakes.open_desk import sample_settings
from vrm_desktop.domain.drp import DrpAction, DrpClaim
from vrm_desktop.protocol.drp_directory import Agent
from vrm_desktop.vendor.drp.settings import DrpSettings
from vrm_desktop.vendor.settings import DeskSettings

BUSINESS = "SHOP_1"


def drp_settings(*, agents: str = "agents.json") -> DrpSettings:
    """The settings of a shop that answers the protocol."""
    return DrpSettings(
        business=BUSINESS,
        agents=agents,
        actions=(DrpAction.ACCESS, DrpAction.DELETION, DrpAction.SALE_OPT_OUT),
        asks=(DrpClaim.EMAIL,),
    )


def answering_shop(desk: str = "") -> DeskSettings:
    """A sample shop that answers the protocol."""
    return replace(sample_settings(desk), drp=drp_settings())


@dataclass(kw_only=True)
class DrpAgent:
    """One agent. `members` are those of a good request; tests change them as they like."""

    id: str = "Agent-x_01"
    key: SigningKey = field(default_factory=SigningKey.generate)
    business: str = BUSINESS

    @property
    def entry(self) -> Agent:
        """How a directory lists it."""
        return Agent(id=self.id, name="Some agent", key=bytes(self.key.verify_key))

    def list_in(self, file: Path) -> None:
        """Write a directory with this agent alone."""
        file.write_text(json.dumps([self.entry.members]))

    def header(self, now: datetime, **more: object) -> dict[str, object]:
        """The five keys of a message made at `now`, and others."""
        return {
            "agent-id": self.id,
            "business-id": self.business,
            "issued-at": (now - timedelta(seconds=5)).isoformat(),
            "expires-at": (now + timedelta(minutes=9)).isoformat(),
            "drp.version": "1.0",
            **more,
        }

    def asking(self, now: datetime, **more: object) -> dict[str, object]:
        """A request for access."""
        return self.header(
            now,
            **{
                "agent-request-id": os.urandom(6).hex(),
                "exercise": "access",
                "regime": "ccpa",
                "relationships": ["customer"],
                "name": "Doe, Jane",
                "email": "jane@example.org",
                "phone_number": "",
                **more,
            },
        )

    def signed(self, members: Mapping[str, object]) -> str:
        """The members in libsodium's combined mode."""
        return self.key.sign(json.dumps(members).encode(), encoder=Base64Encoder).decode()
