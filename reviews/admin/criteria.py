"""The criteria of expert review as rows of their policy."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet, model_to_dict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, has_role
from filings.models import ExpertReview, Policy
from reviews.models import ExpertCriterion
from reviews.policies import may_be_edited


class CriterionFormSet(BaseInlineFormSet):
    def clean(self):
        super().clean()
        if any(self.errors):
            return
        rows = [
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data.get("name") and not form.cleaned_data.get("DELETE")
        ]
        if not rows and self.instance.expert_review != ExpertReview.OFF:
            raise ValidationError(_("Expert review needs criteria."))
        if rows and sum(row["weight"] for row in rows) != 100:
            raise ValidationError(_("The weights must add up to 100."))


class CriterionInline(admin.TabularInline):
    model = ExpertCriterion
    formset = CriterionFormSet
    fields = ["name", "hint", "weight"]

    def get_extra(self, request, obj=None, **kwargs):
        return 2 if obj else len(self.rows_in_force()) + 3

    def rows_in_force(self) -> list[dict]:
        """What a new policy starts from."""
        found = Policy.objects.in_force().criteria.all()
        return [model_to_dict(row, self.fields) for row in found]

    def has_view_permission(self, request, obj=None):
        return has_role(request.user, *Role)

    def has_change_permission(self, request, obj=None):
        allowed = has_role(request.user, Role.ADMINISTRATOR)
        return allowed and (obj is None or bool(may_be_edited(obj, timezone.localdate())))

    has_add_permission = has_delete_permission = has_change_permission
