"""What the calendar's sweeps did, and when the next ones come."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import RoleAdmin
from filings.models import SweepRun


@admin.register(SweepRun)
class SweepRunAdmin(RoleAdmin):
    list_display = ["started_at", "name", "day", "took", "did", "outcome"]
    list_filter = ["name"]
    actions = None
    fields = ["name", "day", "started_at", "finished_at", "took", "did", "outcome"]
    readonly_fields = fields

    @admin.display(description=_("took"))
    def took(self, obj):
        return obj.took if obj.took is not None else "–"

    @admin.display(description=_("what it did"))
    def did(self, obj):
        return " · ".join(f"{name} {count}" for name, count in obj.done.items() if count) or "–"

    @admin.display(description=_("outcome"))
    def outcome(self, obj):
        if obj.error:
            return obj.error
        return _("Went through") if obj.finished_at else _("Runs, or was killed")
