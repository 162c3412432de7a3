"""Whether a word is one slip away from a known one: to offer that one, never to take it for granted."""

from collections.abc import Iterable


def close_to(word: str, known: Iterable[str]) -> str | None:
    """The only known word that is one added, lost, changed or swapped letter away; None if none or several are."""
    close = {candidate for candidate in known if candidate != word and _one_slip(word, candidate)}
    return close.pop() if len(close) == 1 else None


def _one_slip(left: str, right: str) -> bool:
    if abs(len(left) - len(right)) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    rest_left, rest_right = left[start:], right[start:]
    if len(left) == len(right):
        swapped = rest_left[:2] == rest_right[:2][::-1] and rest_left[2:] == rest_right[2:]
        return swapped or rest_left[1:] == rest_right[1:]
    return rest_left[1:] == rest_right if len(left) > len(right) else rest_left == rest_right[1:]
