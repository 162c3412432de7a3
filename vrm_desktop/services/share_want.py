"""A want as a file from hand to hand: written for a friend without its owner, and a friend's made one's own."""

from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.formats.want_file import read_want, write_want
from vrm_desktop.services.means import Means
from vrm_desktop.services.say_what_i_want import save_want, want


async def shared(means: Means, key: IntentcastId, *, with_cap: bool = False) -> bytes:
    """What a friend gets: what is wanted, and nothing of whose it was; the cap only if it was chosen.

    Raises:
        NotFound: no such want.
    """
    return write_want(await want(means, key), with_cap=with_cap)


async def make_own(means: Means, file: bytes) -> Intentcast:
    """Keep a friend's want as a draft of one's own, to change before anybody is asked.

    Raises:
        NotAWantFile: it is none. DomainError: it says what no want can say.
    """
    return await save_want(means, read_want(file))
