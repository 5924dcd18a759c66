"""Credit cases and records: nothing is typed into them here; `reviews.credit` runs the process."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, has_role
from filings.models import CreditCase, CreditRecord
from reviews import credit
from reviews.admin.links import FilingLink
from reviews.admin.steps import Step, StepAdmin
from reviews.forms import DecideForm, ReasonForm
from reviews.permissions import may_decide, may_lift, may_propose


class ProposeStep(Step):
    name = "propose"
    label = _("Put up for decision")
    read = ("unit", "consortium", "facts", "evidence", "legal_basis", "statement")
    done = _("The case is with the deciding officers.")

    def concerns(self, user, obj):
        return has_role(user, Role.REVIEWER)

    def answer(self, user, obj):
        return may_propose(user, obj, timezone.localdate())

    def consequence(self, obj):
        return _(
            "The case goes to the deciding officers with the statement of the unit, if there is "
            "one. Another person than you decides."
        )

    def run(self, obj, user, data):
        credit.propose(obj, user=user)


class DecideStep(Step):
    name = "decide"
    label = _("Decide")
    form_class = DecideForm
    read = ("unit", "consortium", "facts", "evidence", "legal_basis", "statement", "proposed_by")
    done = _("The case has been decided and the unit has been told.")

    def concerns(self, user, obj):
        return has_role(user, Role.DECIDER)

    def answer(self, user, obj):
        return may_decide(user, obj)

    def consequence(self, obj):
        return _(
            "Upheld, the unit gets a credit record that keeps it out of new filings, and a "
            "consortium that it leads may be revoked. Dismissed, nothing is recorded. This can't "
            "be taken back."
        )

    def run(self, obj, user, data):
        credit.decide(obj, user=user, **data)


class LiftStep(Step):
    name = "lift"
    label = _("Lift the record")
    form_class = ReasonForm
    done = _("The record has been lifted and the unit has been told.")

    def concerns(self, user, obj):
        return has_role(user, Role.DECIDER)

    def answer(self, user, obj):
        return may_lift(user, obj)

    def consequence(self, obj):
        return _("From today the record no longer keeps the unit out of new filings.")

    def run(self, obj, user, data):
        credit.lift_record(obj, user=user, reason=data["reason"])


@admin.register(CreditCase)
class CreditCaseAdmin(FilingLink, StepAdmin):
    steps = (ProposeStep(), DecideStep())
    list_display = ["unit", "stage", "consortium", "outcome", "statement_due_on", "stated_at"]
    list_filter = ["outcome", "stage"]
    list_select_related = ["unit", "consortium"]
    search_fields = ["unit__name", "unit__uscc", "consortium__name"]
    actions = None
    fields = [
        "unit", "filing", "stage", "facts", "evidence", "legal_basis", "opened_by", "opened_at",
        "statement_due_on", "statement", "stated_at", "proposed_by", "proposed_at",
        "outcome", "decided_by", "decided_at", "decision_reason",
    ]  # fmt: skip
    readonly_fields = fields


class InForceFilter(admin.SimpleListFilter):
    title = _("in force")
    parameter_name = "in_force"

    def lookups(self, request, model_admin):
        return [("yes", _("In force today"))]

    def queryset(self, request, queryset):
        return queryset.in_force(timezone.localdate()) if self.value() == "yes" else queryset


@admin.register(CreditRecord)
class CreditRecordAdmin(StepAdmin):
    steps = (LiftStep(),)
    list_display = ["unit", "decision_number", "valid_from", "valid_to", "lifted_on"]
    list_filter = [InForceFilter]
    list_select_related = ["unit"]
    search_fields = ["unit__name", "unit__uscc", "decision_number"]
    actions = None
    fields = [
        "unit", "case", "decision_number", "legal_basis", "valid_from", "valid_to", "lifted_on",
        "lifted_by", "lifted_reason",
    ]  # fmt: skip
    readonly_fields = fields
