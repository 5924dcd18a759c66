"""How the audit trail is narrowed down, each way along an index."""

from datetime import datetime, time, timedelta

from django.contrib.admin import ListFilter, SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from accounts.audit.scope import audited_models, names_of
from accounts.audit.words import subject_label
from accounts.paging import CappedPaginator


class SubjectFilter(SimpleListFilter):
    title = _("kind of object")
    parameter_name = "subject"

    def lookups(self, request, model_admin):
        tables = (model._meta.db_table for model in audited_models())
        return sorted(((table, subject_label(table)) for table in tables), key=lambda row: row[1])

    def queryset(self, request, queryset):
        chosen = self.value()
        return queryset.filter(subject__in=names_of(chosen)) if chosen else queryset


class DaysFilter(ListFilter):
    """From one day to another, both included, in the time of the bureau."""

    title = _("days")
    template = "accounts/days_filter.html"
    FROM, UNTIL = "from", "until"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        for name in self.expected_parameters():
            if given := params.pop(name, [""])[-1]:
                self.used_parameters[name] = given

    def expected_parameters(self):
        return [self.FROM, self.UNTIL]

    def has_output(self):
        return True

    def choices(self, changelist):
        """The other filters, which the form of this one carries along."""
        for name, values in changelist.get_filters_params().items():
            if name not in self.expected_parameters():
                yield from ({"name": name, "value": value} for value in values)
        if changelist.query:
            yield {"name": "q", "value": changelist.query}

    def queryset(self, request, queryset):
        if begins := self._midnight(self.FROM, days=0):
            queryset = queryset.filter(at__gte=begins)
        if ends := self._midnight(self.UNTIL, days=1):
            queryset = queryset.filter(at__lt=ends)
        return queryset

    def _midnight(self, name: str, *, days: int) -> datetime | None:
        given = self.used_parameters.get(name)
        if not given:
            return None
        try:
            day = parse_date(given) + timedelta(days=days)
        except (ValueError, TypeError, OverflowError) as error:
            raise IncorrectLookupParameters from error
        return timezone.make_aware(datetime.combine(day, time.min))


class TrailPaginator(CappedPaginator):
    """Whoever looks into the trail turns more pages than elsewhere."""

    most = 10_000
