"""What the calendar's sweeps did, what stopped them, and when the next ones come."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import RoleAdmin
from filings.models import SweepRun
from filings.runs import DONE, next_runs, overdue_in_words


class OutcomeFilter(admin.SimpleListFilter):
    title = _("outcome")
    parameter_name = "outcome"

    def lookups(self, request, model_admin):
        return [("failed", _("Stopped by an error")), ("through", _("Went through"))]

    def queryset(self, request, queryset):
        if self.value() == "failed":
            return queryset.exclude(error="")
        if self.value() == "through":
            return queryset.filter(error="", finished_at__isnull=False)
        return queryset


@admin.register(SweepRun)
class SweepRunAdmin(RoleAdmin):
    list_display = ["started_at", "name", "day", "took", "did", "outcome"]
    list_filter = ["name", OutcomeFilter]
    actions = None
    fields = ["name", "day", "started_at", "finished_at", "took", "did", "outcome"]
    readonly_fields = fields
    change_list_template = "reviews/runs.html"

    def changelist_view(self, request, extra_context=None):
        more = {"next_runs": next_runs(), "overdue_sweeps": overdue_in_words()}
        return super().changelist_view(request, more | (extra_context or {}))

    @admin.display(description=_("took"))
    def took(self, obj):
        return obj.took if obj.took is not None else "–"

    @admin.display(description=_("what it did"))
    def did(self, obj):
        done = ((DONE.get(name, name), count) for name, count in obj.done.items() if count)
        return " · ".join(f"{name} {count}" for name, count in done) or "–"

    @admin.display(description=_("outcome"))
    def outcome(self, obj):
        if obj.error:
            return obj.error
        return _("Went through") if obj.finished_at else _("Runs, or was killed")
