"""What lies beside a report while it is judged: the goals it is measured against, and where a
credit case on it is opened."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from filings.models import CreditCase, KeyTask
from reports.models import AnnualReport, MilestoneProgress
from reports.models.unit import total

REACHED = MilestoneProgress.State.REACHED


@dataclass(frozen=True, slots=True)
class Goal:
    """A key task of the filing, with what this report says of it; money in 10k CNY."""

    task: KeyTask
    spent: Decimal | None
    milestones: int
    reached: int


def goals(report: AnnualReport) -> list[Goal]:
    """The key tasks of the filing against the projects and milestones of a report, whose rows have
    been read (`reports.rows`). One query."""
    found = []
    for task in report.consortium.tasks.all():
        own = [row for row in report.milestones.all() if _task_of(row) == task.pk]
        spent = total(p.spent for p in report.projects.all() if p.task_id == task.pk)
        found.append(Goal(task, spent, len(own), sum(row.state == REACHED for row in own)))
    return found


def _task_of(row: MilestoneProgress) -> int | None:
    return (row.milestone or row.planned).task_id


def case_addresses(report: AnnualReport) -> list[tuple[str, str]]:
    """Where a credit case on this report is opened (clause 5.3), with what is known filled in:
    the words of the link, and its address. What is missing is a ground only past its due day."""
    words = {
        "year": report.call.reporting_year,
        "name": report.consortium.name,
        "due": date_format(report.due_on),
        "call": report.call.title,
    }
    if report.submitted_at:
        words["day"] = date_format(timezone.localdate(report.submitted_at))
        facts = _("False data in the report on %(year)s, as submitted on %(day)s: ")
        evidence = _("The report of %(name)s on %(year)s, submitted on %(day)s.")
        label = _("False data: open a credit case")
    elif report.is_late_on(timezone.localdate()):
        facts = _("The report on %(year)s was due by the end of %(due)s and was not handed in.")
        evidence = _("%(call)s; the reminders in the history of the report.")
        label = _("Not reported: open a credit case")
    else:
        return []
    asked = {
        "unit": report.consortium.lead_unit_id,
        "stage": CreditCase.Stage.REPORTING,
        "facts": facts % words,
        "evidence": evidence % words,
        "legal_basis": _("Guideline of Nanjing on innovation consortia, section 5, points 2 and 3"),
    }
    page = reverse("admin:filings_consortium_open-case", args=[report.consortium_id])
    return [(label, f"{page}?{urlencode(asked)}")]
