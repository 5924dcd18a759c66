from dataclasses import asdict

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import RoleAdmin
from accounts.roles import Role
from filings.eligibility.rules import FILING_RULES
from filings.models import (
    AFTER_FILING,
    ChecklistItem,
    DocumentKind,
    FocusField,
    Policy,
    ReportGrade,
    RequiredDocument,
)
from reviews.admin.criteria import CriterionInline
from reviews.admin.policy_rows import PolicyRows
from reviews.policies import may_be_edited, may_begin_on


class PolicyForm(forms.ModelForm):
    def clean_effective_from(self):
        begins = self.cleaned_data["effective_from"]
        if begins != self.instance.effective_from:
            answer = may_begin_on(begins, timezone.localdate())
            if not answer:
                raise ValidationError(answer.reason)
        return begins


class RequiredDocumentInline(PolicyRows):
    """What is asked for beside the agreement, which the guideline itself asks for (clause 3.2)."""

    model = RequiredDocument
    fields = ["party", "unit_kind", "kind"]
    not_asked = (DocumentKind.AGREEMENT, *AFTER_FILING)

    def rows_in_force(self) -> list[dict]:
        return [asdict(paper) for paper in Policy.objects.in_force().papers]

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "kind":
            kwargs["choices"] = [c for c in DocumentKind.choices if c[0] not in self.not_asked]
        return super().formfield_for_choice_field(db_field, request, **kwargs)


class ChecklistInline(PolicyRows):
    """What officers answer before they accept and before they recommend."""

    model = ChecklistItem
    fields = ["stage", "order", "clause", "text", "rule"]
    formfield_overrides = {models.CharField: {"widget": forms.TextInput(attrs={"size": 30})}}

    def rows_in_force(self) -> list[dict]:
        return list(Policy.objects.in_force().checklist_items.values(*self.fields))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "clause":
            kwargs["widget"] = forms.TextInput(attrs={"size": 5})
        if db_field.name == "rule":
            rules = [(rule.id, f"{rule.basis} · {rule.title_text}") for rule in FILING_RULES]
            return forms.ChoiceField(
                label=db_field.verbose_name,
                help_text=db_field.help_text,
                choices=[("", "–"), *rules],
                required=False,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class ReportGradeInline(PolicyRows):
    """What an accepted yearly report is graded with; none: reports get no grade."""

    model = ReportGrade
    fields = ["order", "code", "name"]

    def rows_in_force(self) -> list[dict]:
        return list(Policy.objects.in_force().report_grades.values(*self.fields))


@admin.register(Policy)
class PolicyAdmin(RoleAdmin):
    """The numbers that rules and procedure read. A past one is history; a new one is added."""

    change_roles = add_roles = (Role.ADMINISTRATOR,)
    form = PolicyForm
    inlines = [RequiredDocumentInline, ChecklistInline, CriterionInline, ReportGradeInline]
    change_form_template = "workbench/object.html"
    list_display = ["effective_from", "note", "public_notice_days", "correction_days"]
    actions = None
    fieldsets = [
        (None, {"fields": ["effective_from", "note"]}),
        (
            _("Procedure"),
            {
                "fields": [
                    "intake_days", "review_days", "correction_days", "public_notice_days",
                    "decision_days", "objection_days", "change_note_days", "statement_days",
                    "case_days", "member_change_days", "report_review_days", "term_months",
                    "closing_summary_days",
                ]
            },
        ),
        (
            _("Rules"),
            {
                "fields": [
                    "min_members", "min_text_length", "justification_min_length", "min_revenue",
                    "min_rd_intensity", "require_nanjing_lead",
                ]
            },
        ),
        (
            _("Priority index"),
            {
                "fields": [
                    "index_revenue_full", "index_revenue_weight", "index_intensity_full",
                    "index_intensity_weight", "index_platform_national",
                    "index_platform_provincial", "index_platform_other_share",
                ]
            },
        ),
        (_("Letters"), {"fields": ["remedy"]}),
        (
            _("Expert review"),
            {"fields": ["expert_review", "experts_needed", "expert_days"]},
        ),
        (_("Statistics"), {"fields": ["many_changes"]}),
        (
            _("Annual reports"),
            {"fields": ["report_jump_percent", "report_jump_least", "report_jump_count"]},
        ),
        (
            _("Reminders"),
            {
                "fields": [
                    "expiry_reminder_days", "report_reminder_days", "correction_reminder_days",
                    "member_reminder_days", "statement_reminder_days", "duty_reminder_days",
                    "bureau_reminder_days",
                ]
            },
        ),
    ]  # fmt: skip

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or bool(may_be_edited(obj, timezone.localdate())))

    def get_changeform_initial_data(self, request):
        """A new policy starts from the one in force; only what changes is to be typed."""
        current = model_to_dict(Policy.objects.in_force(), exclude=["id", "effective_from", "note"])
        return current | super().get_changeform_initial_data(request)

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """The rows of a new policy start from those in force, too; as sent they are all new."""
        arguments = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method != "POST" and obj.pk is None:
            arguments["initial"] = inline.rows_in_force()
        return arguments

    def change_view(self, request, object_id, form_url="", extra_context=None):
        policy = self.get_object(request, object_id)
        answer = may_be_edited(policy, timezone.localdate()) if policy else None
        extra = {"notice": answer.reason} if answer is not None and not answer else {}
        return super().change_view(request, object_id, form_url, extra | (extra_context or {}))


@admin.register(FocusField)
class FocusFieldAdmin(RoleAdmin):
    """The bureau's list of fields. One that is no longer supported gets a last day."""

    change_roles = add_roles = (Role.ADMINISTRATOR,)
    list_display = ["name", "name_en", "group", "valid_from", "valid_to", "position"]
    list_filter = ["group"]
    search_fields = ["name", "name_en", "code"]
    actions = None
    fields = [
        "code", "group", "name", "name_en", "valid_from", "valid_to", "source", "position",
    ]  # fmt: skip

    def get_readonly_fields(self, request, obj=None):
        # Filings, links and rules know a field by its code.
        return ["code"] if obj else []
