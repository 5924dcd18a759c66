"""Changes during operation on the bureau's desk: take note, or say what is to be mended (5.3)."""

from django import forms
from django.contrib import admin
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, has_role
from filings import change_transitions
from filings.admin_steps import Step, StepAdmin
from filings.change_content import differences, parties
from filings.change_findings import ALL_RULES
from filings.change_states import AT_THE_BUREAU, ChangeAction, ChangeStatus
from filings.deadlines import note_due_on
from filings.eligibility.engine import Finding
from filings.forms.steps import VersionForm, long_text
from filings.models import Change, Policy
from reviews.admin.links import FilingLink


class MendForm(VersionForm):
    reason = forms.CharField(
        label=_("What is to be mended"),
        help_text=_("The lead unit reads it; the day of the change stands as agreed."),
        max_length=2000,
        widget=long_text(),
    )


class ChangeStep(Step):
    form_class = VersionForm
    read = ("consortium", "description", "reason", "effective_on")
    action: ChangeAction

    def concerns(self, user, obj):
        return has_role(user, Role.REVIEWER)

    def answer(self, user, obj):
        return change_transitions.may_take(user, self.action, obj)

    def run(self, obj, user, data):
        change_transitions.perform(obj.pk, self.action, actor=user, **data)


class NoteStep(ChangeStep):
    name, action = "note", ChangeAction.NOTE
    label = _("Take note")
    done = _("The bureau has taken note of the change.")

    def consequence(self, obj):
        return _(
            "A change needs no approval (clause 5.3). You state that the bureau has seen it with "
            "its supplementary agreement; the lead unit explains it in the yearly report."
        )


class ReturnStep(ChangeStep):
    name, action = "return", ChangeAction.RETURN
    label = _("Return to be mended")
    tone = "secondary"
    form_class = MendForm
    done = _("The lead unit has been told what to mend.")

    def consequence(self, obj):
        return _(
            "Nothing is refused: the lead unit mends what you name and reports the change again. "
            "Until then the register leaves it out; its day stands as agreed."
        )


class ChangeStatusFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return [(status.value, status.label) for status in AT_THE_BUREAU]

    def queryset(self, request, queryset):
        return queryset.filter(status=self.value()) if self.value() else queryset


@admin.register(Change)
class ChangeAdmin(FilingLink, StepAdmin):
    steps = (NoteStep(), ReturnStep())
    change_form_template = "reviews/change.html"
    list_display = [
        "kind", "consortium", "effective_on", "status", "reported_at", "noted_at", "noted_by",
    ]  # fmt: skip
    list_filter = [ChangeStatusFilter, "kind", "effective_on"]
    list_select_related = ["consortium", "noted_by"]
    search_fields = ["consortium__name", "consortium__filing_number", "description"]
    ordering = ["-reported_at", "-pk"]
    actions = None
    fields = [
        "filing", "kind", "status", "effective_on", "description", "reason", "reported_by",
        "reported_at", "due", "to_mend", "noted_by", "noted_at",
    ]  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request):
        # What was never reported is the units' own.
        changes = super().get_queryset(request).filter(reported_at__isnull=False)
        return changes.select_related("consortium__lead_unit", "member__unit")

    @admin.display(description=_("to be noted by the end of"))
    def due(self, obj):
        if obj.status != ChangeStatus.REPORTED:
            return "–"
        return date_format(note_due_on(obj, Policy.objects.in_force()))

    def details(self, obj):
        signed = [obj.consortium.lead_unit.name] if obj.lead_signed else []
        signed += [m.name for m in parties(obj) if m.pk in obj.signed_members]
        found = [Finding.from_dict(stored) for stored in obj.findings]
        return {
            "differences": differences(obj),
            "papers": self._papers(obj),
            "signed": signed,
            "confirmations": obj.confirmations.select_related("member", "answered_by"),
            "findings": [
                {
                    "finding": finding,
                    "asks": ALL_RULES[finding.rule].asks_text,
                    "justification": obj.justifications.get(finding.rule, ""),
                }
                for finding in found
            ],
        }

    def _papers(self, obj):
        papers = [obj.supplementary_agreement] if obj.supplementary_agreement else []
        if obj.member and obj.member.joined_by_id == obj.pk:
            papers += obj.member.documents.filter(replaced_at__isnull=True)
        return papers
