"""What leads from a figure to the yearly reports behind it."""

from django.contrib.admin import SimpleListFilter
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.admin_filters import FieldFilter
from reports.states import EDITABLE


class CameFilter(SimpleListFilter):
    """By the calendar: whether a report is in, and whether it came in time."""

    title = _("punctuality")
    parameter_name = "came"

    def lookups(self, request, model_admin):
        return [
            ("out", _("Not in yet")),
            ("missing", _("Missing past the due day")),
            ("late", _("Came late")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "out":
            return queryset.filter(status__in=EDITABLE)
        if self.value() == "missing":
            return queryset.missing_on(timezone.localdate())
        return queryset.came_late() if self.value() == "late" else queryset


class ReportFieldFilter(FieldFilter):
    path = "consortium__focus_field"
