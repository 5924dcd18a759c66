"""The criteria of expert review as rows of their policy."""

from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet, model_to_dict
from django.utils.translation import gettext_lazy as _

from filings.models import ExpertReview, Policy
from reviews.admin.policy_rows import PolicyRows
from reviews.models import ExpertCriterion


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


class CriterionInline(PolicyRows):
    model = ExpertCriterion
    formset = CriterionFormSet
    fields = ["name", "hint", "weight"]

    def get_extra(self, request, obj=None, **kwargs):
        return 2 if obj else len(self.rows_in_force()) + 3

    def rows_in_force(self) -> list[dict]:
        found = Policy.objects.in_force().criteria.all()
        return [model_to_dict(row, self.fields) for row in found]
