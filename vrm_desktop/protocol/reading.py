"""The read secret: who knows it may read a conversation at the desk, and nothing more."""

from vrm_desktop.canon.hashes import digest
from vrm_desktop.domain.ids import Digest


def read_hash(secret: str) -> Digest:
    """What a ping's `read` says of the secret: the hash of its text."""
    return Digest(digest(secret.encode()))
