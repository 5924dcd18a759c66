from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest

from accounts.roles import is_officer
from filings.states import Status as ConsortiumStatus
from reports.states import EDITABLE


def due_day() -> Greatest:
    """What `AnnualReport.due_on` says, for the database."""
    return Greatest(Coalesce("extended_to", "call__due_on"), "call__due_on")


class AnnualReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for the bureau's officers; else what the user's units lead."""
        led = Q(consortium__lead_unit__memberships__user=user)
        if is_officer(user):
            return self.filter(led | Q(first_submitted_at__isnull=False)).distinct()
        return self.filter(led)

    def missing_on(self, day: date):
        """Owed and not in (clause 5.2): opened, never submitted or returned, past the due day, of
        consortia that still run: the others owe nothing any more."""
        return self.alias(due_day=due_day()).filter(
            status__in=EDITABLE,
            due_day__lt=day,
            consortium__status=ConsortiumStatus.ACTIVE,
            consortium__ends_on__gte=day,
        )

    def came_late(self):
        """Those that were first submitted after their due day (a day ends at its end)."""
        return self.alias(due_day=due_day()).filter(first_submitted_at__date__gt=F("due_day"))

    def for_list(self):
        return self.select_related("call", "consortium__lead_unit")


class ReportCallQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What was published, for everybody; drafts for the bureau's officers."""
        return self if is_officer(user) else self.filter(published_at__isnull=False)


class ReportDocumentQuerySet(models.QuerySet):
    def kept(self):
        """What goes with the report now; what was taken out stays for earlier submissions."""
        return self.filter(replaced_at__isnull=True).select_related("unit")

    def at(self, part: str, unit_id: int | None = None):
        """Of these the lead's at a part, or those of one unit."""
        return self.kept().filter(part=part, unit=unit_id)
