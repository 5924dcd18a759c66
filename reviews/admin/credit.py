"""Credit cases and records: nothing is typed into them here; `reviews.credit` runs the process."""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, has_role
from filings.admin_steps import Button, Step, StepAdmin
from filings.forms.steps import ReasonForm
from filings.models import ChangeDuty, CreditCase, CreditRecord
from filings.states import MOVES, Action, Status
from reviews import credit, records
from reviews.admin.links import FilingLink
from reviews.admin.moves import MoveStep
from reviews.credit_forms import CorrectForm, DecideForm, EvidenceForm
from reviews.moves import concerns, outlook
from reviews.permissions import (
    CASE_OPENERS,
    may_add_evidence,
    may_correct,
    may_decide,
    may_lift,
    may_propose,
)

REVOKE = MoveStep(MOVES[Action.REVOKE])


class EvidenceStep(Step):
    name = "evidence"
    label = _("Add evidence")
    tone = "quiet"
    form_class = EvidenceForm
    done = _("The evidence has been added and the unit has been told.")

    def concerns(self, user, obj):
        return has_role(user, *CASE_OPENERS)

    def shown(self, user, obj):
        return bool(self.answer(user, obj))

    def answer(self, user, obj):
        return may_add_evidence(user, obj)

    def consequence(self, obj):
        return _("The unit reads it, and its time to state its side begins anew today.")

    def run(self, obj, user, data):
        credit.add_evidence(obj, user=user, **data)


class ProposeStep(Step):
    name = "propose"
    label = _("Put up for decision")
    template = "reviews/case_papers.html"
    read = ("unit", "consortium", "facts", "evidence", "legal_basis", "statement")
    done = _("The case is with the deciding officers.")

    def concerns(self, user, obj):
        return has_role(user, Role.REVIEWER)

    def answer(self, user, obj):
        return may_propose(user, obj, timezone.localdate())

    def consequence(self, obj):
        return _(
            "The case goes to the deciding officers with the statement of the unit, if there is "
            "one. Another person than you decides, and revokes if it comes to that."
        )

    def context(self, obj):
        return papers_of(obj)

    def run(self, obj, user, data):
        credit.propose(obj, user=user)


class DecideStep(Step):
    name = "decide"
    label = _("Decide")
    form_class = DecideForm
    template = "reviews/case_papers.html"
    read = ("unit", "consortium", "facts", "evidence", "legal_basis", "statement", "proposed_by")
    done = _("The case has been decided and the unit has been told.")

    def concerns(self, user, obj):
        return has_role(user, Role.DECIDER)

    def answer(self, user, obj):
        return may_decide(user, obj)

    def consequence(self, obj):
        if obj.is_against_lead:
            return _(
                "Upheld, the unit gets a credit record that keeps it out of new filings, and you "
                "are led on to revoke the consortium that it leads. Dismissed, nothing is "
                "recorded. This can't be taken back."
            )
        return _(
            "Upheld, the unit gets a credit record that keeps it out of new filings, and the "
            "consortium must replace it or go on without it. Dismissed, nothing is recorded. This "
            "can't be taken back."
        )

    def context(self, obj):
        return papers_of(obj)

    def run(self, obj, user, data):
        credit.decide(obj, user=user, **data)

    def after(self, user, obj):
        obj.refresh_from_db()
        return revoke_address(obj) if is_revocable(obj) else ""


class CorrectStep(Step):
    name = "correct"
    label = _("Correct the record")
    tone = "secondary"
    form_class = CorrectForm
    done = _("The record has been corrected and the unit has been told.")

    def concerns(self, user, obj):
        return has_role(user, Role.DECIDER)

    def answer(self, user, obj):
        return may_correct(user, obj)

    def consequence(self, obj):
        return _("What stood there before stays in the history of the case, beside your reason.")

    def run(self, obj, user, data):
        records.correct_record(obj, user=user, **data)


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
        records.lift_record(obj, user=user, reason=data["reason"])


def papers_of(case: CreditCase) -> dict:
    return {"case": case, "papers": case.files.select_related("uploaded_by")}


def is_revocable(case: CreditCase) -> bool:
    """Whether the consortium still runs under a lead unit whose dishonesty was upheld."""
    upheld = case.outcome == CreditCase.Outcome.UPHELD
    return upheld and case.is_against_lead and case.consortium.state == Status.ACTIVE


def revoke_address(case: CreditCase) -> str:
    return reverse("admin:filings_consortium_revoke", args=[case.consortium_id])


@admin.register(CreditCase)
class CreditCaseAdmin(FilingLink, StepAdmin):
    steps = (ProposeStep(), DecideStep(), EvidenceStep())
    change_form_template = "reviews/credit_case.html"
    list_display = ["unit", "stage", "consortium", "outcome", "statement_due_on", "stated_at"]
    list_filter = ["outcome", "stage"]
    list_select_related = ["unit", "consortium"]
    search_fields = ["unit__name", "unit__uscc", "consortium__name"]
    actions = None
    fields = [
        "unit", "filing", "stage", "facts", "evidence", "legal_basis", "opened_by", "opened_at",
        "statement_due_on", "statement", "stated_at", "proposed_by", "proposed_at",
        "outcome", "decided_by", "decided_at", "decision_reason", "revoked_by",
    ]  # fmt: skip
    readonly_fields = fields

    def buttons(self, user, obj):
        """After an upheld case against a lead unit, the way to the revocation."""
        found = super().buttons(user, obj)
        if is_revocable(obj) and concerns(user, Action.REVOKE):
            answer = outlook(user, Action.REVOKE, obj.consortium)
            found.append(Button(REVOKE, revoke_address(obj), answer))
        return found

    def details(self, obj):
        return papers_of(obj) | {
            "record": CreditRecord.objects.filter(case=obj).first(),
            "duty": ChangeDuty.objects.filter(case=obj).select_related("change").first(),
            "events": obj.events.select_related("actor"),
        }


class InForceFilter(admin.SimpleListFilter):
    title = _("in force")
    parameter_name = "in_force"

    def lookups(self, request, model_admin):
        return [("yes", _("In force today"))]

    def queryset(self, request, queryset):
        return queryset.in_force(timezone.localdate()) if self.value() == "yes" else queryset


@admin.register(CreditRecord)
class CreditRecordAdmin(StepAdmin):
    steps = (CorrectStep(), LiftStep())
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
