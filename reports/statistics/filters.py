"""What leads from a figure to the yearly reports behind it."""

from django.contrib.admin import SimpleListFilter
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.models import FocusField
from reports.states import EDITABLE
from reports.statistics.running import NONE


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


class ReportFieldFilter(SimpleListFilter):
    title = _("focus field")
    parameter_name = "field"

    def lookups(self, request, model_admin):
        fields = [(field.code, field.label) for field in FocusField.objects.all()]
        return [*fields, (NONE, _("Not given"))]

    def queryset(self, request, queryset):
        if self.value() == NONE:
            return queryset.filter(consortium__focus_field__isnull=True)
        if self.value():
            return queryset.filter(consortium__focus_field__code=self.value())
        return queryset
