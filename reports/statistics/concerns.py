"""What the bureau should look at: none of these follows from the guideline by itself, all of them
are shown and counted (clauses 3.5, 5.1, 5.2, 5.3)."""

from datetime import date, timedelta

from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filings.models import Change, Consortium, Member, Milestone, Policy
from filings.states import Status
from reports.models import AnnualReport, MilestoneProgress
from reports.states import Status as ReportStatus

YEAR = timedelta(days=365)


class Concern(TextChoices):
    NO_REPORT = "no-report", _("Yearly report missing past its due day")
    MANY_CHANGES = "many-changes", _("Many changes within a year")
    NO_ACADEMICS = "no-university", _("No university or research institute (any more)")
    LATE_MILESTONES = "late-milestones", _("Milestones past their day and not reported as reached")


# What the number beside a consortium counts.
NUMBERS = {
    Concern.NO_REPORT: pgettext_lazy("concern", "Reports missing"),
    Concern.MANY_CHANGES: pgettext_lazy("concern", "Changes"),
    Concern.NO_ACADEMICS: pgettext_lazy("concern", "Members"),
    Concern.LATE_MILESTONES: pgettext_lazy("concern", "Milestones"),
}


def concerned(concern: Concern, day: date):
    """The running consortia that it concerns."""
    running = Consortium.objects.in_state(Status.ACTIVE, day)
    if concern == Concern.MANY_CHANGES:
        return running.changed_since(day - YEAR, Policy.objects.in_force(day).many_changes)
    if concern == Concern.NO_ACADEMICS:
        return running.without_academics()
    rows = _missing(day) if concern == Concern.NO_REPORT else _late_milestones(day)
    return running.filter(Exists(rows))


def with_numbers(consortia, concern: Concern, day: date):
    """The same with the `number` of what it is about."""
    rows = {
        Concern.NO_REPORT: _missing(day),
        Concern.MANY_CHANGES: Change.objects.in_effect().filter(
            consortium=OuterRef("pk"), effective_on__gte=day - YEAR
        ),
        Concern.NO_ACADEMICS: Member.objects.current().filter(consortium=OuterRef("pk")),
        Concern.LATE_MILESTONES: _late_milestones(day),
    }[concern]
    alike = rows.order_by().values(one=OuterRef("pk")).annotate(number=Count("pk"))
    return consortia.annotate(number=Subquery(alike.values("number"), output_field=IntegerField()))


def counted(day: date) -> dict[str, int]:
    return {concern.value: concerned(concern, day).count() for concern in Concern}


def _missing(day: date):
    return AnnualReport.objects.missing_on(day).filter(consortium=OuterRef("pk"))


def _late_milestones(day: date):
    """Milestones whose day is past and which no report that is in calls reached or dropped."""
    settled = MilestoneProgress.objects.filter(
        milestone=OuterRef("pk"),
        state__in=(MilestoneProgress.State.REACHED, MilestoneProgress.State.DROPPED),
        report__status__in=(ReportStatus.SUBMITTED, ReportStatus.ACCEPTED),
    )
    past = Milestone.objects.past_on(day).filter(task__consortium=OuterRef("pk"))
    return past.exclude(Exists(settled))
