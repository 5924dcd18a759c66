"""Who examines which report: claimed, and given back.

Nothing here is needed to judge a report; it tells colleagues that somebody is at it. Who had it
goes on with it when it comes again. The audit trail keeps who had it when.
"""

from django.db import transaction
from django.utils import timezone

from filings.database import lock
from filings.holding import FREE, held
from filings.permissions import Answer
from filings.refusals import Conflict, NotPermitted
from reports.models import AnnualReport
from reports.permissions import may_claim, may_release


@transaction.atomic
def claim(report_id: int, *, user) -> None:
    """Take a report that nobody has. Raises Conflict, with who was quicker, or NotPermitted."""
    report = _locked(report_id)
    if report.holder:
        raise Conflict(held(report.holder, report.claimed_at, user))
    _refuse_unless(may_claim(user, report))
    _put(report, user, timezone.now())


@transaction.atomic
def release(report_id: int, *, user) -> None:
    """Give a report back to the desk. Raises Conflict when nobody has it any more, NotPermitted
    when it is a colleague's."""
    report = _locked(report_id)
    if report.holder is None:
        raise Conflict(FREE.reason)
    _refuse_unless(may_release(user, report))
    _put(report, None, None)


def _locked(report_id: int) -> AnnualReport:
    return lock(AnnualReport.objects).get(pk=report_id)


def _put(report: AnnualReport, officer, at) -> None:
    # Neither a version nor a save of what the lead unit wrote.
    AnnualReport.objects.filter(pk=report.pk).update(officer=officer, claimed_at=at)


def _refuse_unless(answer: Answer) -> None:
    if not answer:
        raise NotPermitted(answer.reason)
