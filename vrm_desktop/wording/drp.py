"""The Data Rights Protocol in plain words: what can be asked, how it stands, why. One line each; no decisions here."""

from urllib.parse import urlsplit

from vrm_desktop.domain.drp import DrpAction, DrpClaim, DrpExercise, DrpReason, DrpRegime, DrpStanding, DrpStatus
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import advice
from vrm_desktop.wording.values import day


def action_label(action: DrpAction) -> str:
    """What is asked."""
    return {
        DrpAction.ACCESS: _("see the data"),
        DrpAction.ACCESS_CATEGORIES: _("see which kinds of data"),
        DrpAction.ACCESS_SPECIFIC: _("see the data themselves"),
        DrpAction.DELETION: _("delete the data"),
        DrpAction.SALE_OPT_OUT: _("stop selling the data"),
        DrpAction.SALE_OPT_IN: _("allow selling the data again"),
        DrpAction.PORTABILITY: _("hand the data over"),
        DrpAction.OBJECTION: _("stop using the data"),
        DrpAction.RECTIFICATION: _("correct the data"),
        DrpAction.RESTRICTION: _("use the data only in part"),
    }[action]


def regime_label(regime: DrpRegime) -> str:
    """Under which rules."""
    return {
        DrpRegime.CCPA: _("under California's privacy act (CCPA)"),
        DrpRegime.VOLUNTARY: _("without naming a law"),
        DrpRegime.GDPR: _("under the GDPR"),
    }[regime]


def claim_label(claim: DrpClaim) -> str:
    """What is told about a person."""
    return {
        DrpClaim.NAME: _("name"),
        DrpClaim.EMAIL: _("e-mail address"),
        DrpClaim.PHONE: _("phone number"),
        DrpClaim.ADDRESS: _("postal address"),
    }[claim]


def status_label(status: DrpStatus) -> str:
    """How far the organisation says it is."""
    return {
        DrpStatus.OPEN: _("arrived"),
        DrpStatus.IN_PROGRESS: _("being worked on"),
        DrpStatus.FULFILLED: _("fulfilled"),
        DrpStatus.REVOKED: _("taken back"),
        DrpStatus.DENIED: _("refused"),
        DrpStatus.EXPIRED: _("lapsed"),
    }[status]


def reason_label(reason: DrpReason) -> str:
    """Why it is so."""
    return {
        DrpReason.NEED_USER_VERIFICATION: _("it wants to know better who you are"),
        DrpReason.SUSPECTED_FRAUD: _("it takes the request for a fraud"),
        DrpReason.INSUFFICIENT_VERIFICATION: _("it is not sure who asked"),
        DrpReason.NO_MATCH: _("it found nobody who fits"),
        DrpReason.CLAIM_NOT_COVERED: _("it says that the law does not cover this"),
        DrpReason.OUTSIDE_JURISDICTION: _("it says that the law does not apply to you"),
        DrpReason.TOO_MANY_REQUESTS: _("it says that there were too many requests"),
        DrpReason.OTHER: _("for another reason"),
    }[reason]


def standing_label(standing: DrpStanding) -> str:
    """What is known of a request, whatever the organisation's server says."""
    return {
        DrpStanding.LEAVING: _("on its way; nothing was heard yet"),
        DrpStanding.RUNNING: _("running"),
        DrpStanding.SETTLED: _("settled"),
        DrpStanding.LOST: _("the organisation does not know the request any more: go on by letter"),
        DrpStanding.FAILED: _("it did not go through: go on by letter"),
    }[standing]


def unlinkability_words() -> str:
    """What using the protocol gives up; said before anything leaves."""
    return _(
        "Over the Data Rights Protocol you ask under one number and one key that are the same towards every "
        "organisation. Organisations that compare notes can tell that these requests come from one person. "
        "A letter does not give that away."
    )


def standing_lines(one: DrpExercise) -> tuple[str, ...]:
    """How a request stands, in a few lines: the organisation's word, its dates, where its links go, what went wrong."""
    return (*_heard_lines(one), *_own_lines(one))


def _heard_lines(one: DrpExercise) -> tuple[str, ...]:
    report = one.report
    if report is None:
        return ()
    reason = f": {reason_label(report.reason)}" if report.reason else ""
    due = _("answer expected by {day}").format(day=day(report.expected_by.date())) if report.expected_by else ""
    showing = _("show who you are at {host}: {link}") if report.verification_url else ""
    results = _("the result is at {host}: {link}") if report.results_url else ""
    return tuple(
        line
        for line in (
            _("it says: {status}").format(status=status_label(report.status)) + reason,
            report.details,
            due if one.open else "",
            showing.format(host=_host(report.verification_url), link=report.verification_url),
            results.format(host=_host(report.results_url), link=report.results_url),
        )
        if line
    )


def _own_lines(one: DrpExercise) -> tuple[str, ...]:
    lines = []
    if one.revoking:
        lines.append(_("you took it back"))
    elif one.report is None or one.by_letter:
        lines.append(standing_label(one.standing))
    if one.trouble:
        lines.append(advice(one.trouble).sentence)
    return tuple(lines)


def _host(link: str) -> str:
    return urlsplit(link).hostname or ""
