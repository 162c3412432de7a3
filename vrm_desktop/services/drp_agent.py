"""The person's own agent of the Data Rights Protocol: its number and key, and the tokens that organisations gave it.

The key is made once and stays in the vault, which hands out a signer. It is the same towards every organisation: that
is what the protocol's directories ask for, and what screens say before it is used.
"""

from vrm_desktop.canon import base64url
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.protocol.drp_directory import Agent
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Signer, Transaction

_KEY = RelationshipId("drp-agent")
_ID = "drp-agent-id"
_TOKEN = "drp-token "  # noqa: S105 - the name of a setting


async def agent(means: Means) -> Agent:
    """The entry that a directory or an organisation needs to let this agent ask; made when it is first wanted."""
    return await means.vault.write(lambda tx: own_agent(tx, means))


def own_agent(tx: Transaction, means: Means) -> Agent:
    """The same inside one transaction."""
    known = tx.setting(_ID)
    if not known:
        tx.new_identity(_KEY, means.random.token(32), base64url.encode(means.random.token(32)))
        known = f"VRM_{means.random.token(8).hex().upper()}"
        tx.set_setting(_ID, known)
    return Agent(id=known, name="VRM Desktop", key=base64url.decode(tx.signer(_KEY).kid))


def own_signer(tx: Transaction) -> Signer:
    """What signs as the agent, once it was made."""
    return tx.signer(_KEY)


def token_of(tx: Transaction, business: str) -> str:
    """The token that this organisation gave; "" where there is none."""
    return tx.setting(_TOKEN + business) or ""


def keep_token(tx: Transaction, business: str, token: str) -> None:
    """Keep the token that this organisation gave, or "" to forget it."""
    tx.set_setting(_TOKEN + business, token)
