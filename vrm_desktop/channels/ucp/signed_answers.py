"""What a shop's signature of one answer is worth, by the keys that were read from its page. Never what follows."""

from collections.abc import Iterable

from vrm_desktop.courier.answers import Answer
from vrm_desktop.domain.shop import ShopKey, Signed
from vrm_desktop.protocol.answer_signatures import judge


def worth(answer: Answer, keys: Iterable[ShopKey]) -> Signed:
    """The verdict; of a stream of events the body is not kept, so that a signature of it cannot be checked."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "text/event-stream":
        return Signed.UNCHECKED if {"signature", "signature-input"} & set(answer.headers) else Signed.NONE
    return judge(answer.status, answer.headers, answer.body, keys)
