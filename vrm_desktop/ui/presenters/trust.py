"""What was counted with a counterparty, as labels and values. Pure; never a sum over measures, never a score."""

from vrm_desktop.services.count_trust import Trust
from vrm_desktop.ui.presenters.ledger import sentence_case
from vrm_desktop.wording.trust_words import count_words, measure_label, span_words


def count_facts(trust: Trust) -> tuple[tuple[str, str], ...]:
    """Each measure with its count, its denominator and its days."""
    return tuple(
        (sentence_case(measure_label(one.measure)), f"{count_words(one)} ({span_words(one)})") for one in trust.tallies
    )
