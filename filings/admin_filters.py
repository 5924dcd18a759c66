"""Filters that the bureau's lists of several rooms have in common."""

from django.contrib.admin import SimpleListFilter
from django.utils.translation import gettext_lazy as _

from filings.models import FocusField

# What a figure of the statistics calls those that have no such thing.
NONE = "none"


class StandingFilter(SimpleListFilter):
    """A filter that always stands at one of its own choices: there is no "all" beside them."""

    def choices(self, changelist):
        for value, title in self.lookup_choices:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": title,
            }


class FieldFilter(SimpleListFilter):
    """By focus field; `path` leads from a row to it."""

    title = _("focus field")
    parameter_name = "field"
    path = "focus_field"

    def lookups(self, request, model_admin):
        fields = [(field.code, field.label) for field in FocusField.objects.all()]
        return [*fields, (NONE, _("Not given"))]

    def queryset(self, request, queryset):
        if self.value() == NONE:
            return queryset.filter(**{f"{self.path}__isnull": True})
        if self.value():
            return queryset.filter(**{f"{self.path}__code": self.value()})
        return queryset
