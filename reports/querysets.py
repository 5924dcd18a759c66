from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncDate

from accounts.roles import is_officer
from reports.states import EDITABLE


class AnnualReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for the bureau's officers; else what the user's units lead."""
        led = Q(consortium__lead_unit__memberships__user=user)
        if is_officer(user):
            return self.filter(led | Q(first_submitted_at__isnull=False)).distinct()
        return self.filter(led)

    def missing_on(self, day: date):
        """Owed and not in (clause 5.2): opened, never submitted or returned, past the due day."""
        return self.filter(Q(status__in=EDITABLE), call__due_on__lt=day)

    def came_late(self):
        """Those that were first submitted after the due day (a day ends at its end)."""
        return self.annotate(came_on=TruncDate("first_submitted_at")).filter(
            came_on__gt=F("call__due_on")
        )

    def for_list(self):
        return self.select_related("call", "consortium__lead_unit")
