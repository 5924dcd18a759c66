"""What is asked of consortia with a member on record; closed here, fulfilled by a change."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, has_role
from filings.admin_steps import Step, StepAdmin
from filings.forms.steps import ReasonForm
from filings.models import ChangeDuty
from reviews import records
from reviews.admin.links import FilingLink
from reviews.permissions import may_close_duty


class CloseDutyStep(Step):
    name = "close"
    label = _("Ask no longer")
    tone = "secondary"
    form_class = ReasonForm
    read = ("consortium", "member", "due_on")
    done = _("The change is asked for no longer and the lead unit has been told.")

    def concerns(self, user, obj):
        return has_role(user, Role.REVIEWER, Role.DECIDER)

    def answer(self, user, obj):
        return may_close_duty(user, obj)

    def consequence(self, obj):
        return _("The consortium may go on with this member; the lead unit reads your reason.")

    def run(self, obj, user, data):
        records.close_duty(obj, user=user, reason=data["reason"])


class OpenDutyFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "open"

    def lookups(self, request, model_admin):
        return [("yes", _("Asked for")), ("late", _("Overdue"))]

    def queryset(self, request, queryset):
        if self.value() == "late":
            return queryset.overdue(timezone.localdate())
        return queryset.open() if self.value() == "yes" else queryset


@admin.register(ChangeDuty)
class ChangeDutyAdmin(FilingLink, StepAdmin):
    steps = (CloseDutyStep(),)
    list_display = ["member", "consortium", "due_on", "change", "closed_at"]
    list_filter = [OpenDutyFilter]
    list_select_related = ["member", "consortium", "change"]
    search_fields = ["member__name", "consortium__name", "consortium__filing_number"]
    actions = None
    fields = [
        "filing", "member", "case", "due_on", "asked_at", "change", "closed_at", "closed_by",
        "closed_reason",
    ]  # fmt: skip
    readonly_fields = fields
