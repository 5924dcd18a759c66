"""What leads from a figure of the statistics to the filings behind it. A filter that the list
itself has no use for shows only while it is chosen, so that it can be taken away again."""

import re
from calendar import monthrange
from datetime import date

from django.contrib.admin import SimpleListFilter
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from filings.admin_filters import NONE
from filings.models import LeadKind
from filings.states import STAGES, Action, Status


class LeadKindFilter(SimpleListFilter):
    title = _("kind of lead unit")
    parameter_name = "lead_kind"

    def lookups(self, request, model_admin):
        return [*LeadKind.choices, (NONE, _("Not given"))]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(lead_kind="" if self.value() == NONE else self.value())


class ShownWhenChosen(SimpleListFilter):
    """Offers nothing but what the address has chosen."""

    def lookups(self, request, model_admin):
        chosen = request.GET.get(self.parameter_name, "")
        name = self.name_of(chosen) if chosen else None
        return [(chosen, name)] if name else []

    def name_of(self, chosen: str):
        """What the choice is called, or None where it means nothing."""
        raise NotImplementedError


class EndsFilter(ShownWhenChosen):
    """Terms that end within a quarter, as 2027Q1."""

    title = _("end of the term")
    parameter_name = "ends"

    def name_of(self, chosen):
        return chosen if _quarter(chosen) else None

    def queryset(self, request, queryset):
        days = _quarter(self.value() or "")
        return queryset.ending_between(*days) if days else queryset


def _quarter(text: str) -> tuple[date, date] | None:
    """The first and the last day of a quarter."""
    found = re.fullmatch(r"(20\d\d)Q([1-4])", text, re.ASCII)
    if not found:
        return None
    year, last = int(found[1]), 3 * int(found[2])
    return date(year, last - 2, 1), date(year, last, monthrange(year, last)[1])


class TakenFilter(ShownWhenChosen):
    """Filings that came so far in the procedure, whatever became of them."""

    title = _("came through")
    parameter_name = "came"

    def name_of(self, chosen):
        return Action(chosen).label if chosen in Action.values else None

    def queryset(self, request, queryset):
        return queryset.once_taken(self.value()) if self.value() else queryset


class UnitFilter(ShownWhenChosen):
    """What a unit leads or takes part in; `with` names a second one beside it."""

    title = _("unit")
    parameter_name = "unit"

    def name_of(self, chosen):
        return Unit.objects.filter(pk=chosen).first() if re.fullmatch(r"\d{1,18}", chosen) else None

    def queryset(self, request, queryset):
        return queryset.of_unit(self.value()) if self.value() else queryset


class OtherUnitFilter(UnitFilter):
    title = _("together with")
    parameter_name = "with"


class LeftStageFilter(SimpleListFilter):
    """Moves that ended a stage of the procedure: its times are counted from these."""

    title = _("ended the stage")
    parameter_name = "left"

    def lookups(self, request, model_admin):
        return [(status, status.label) for status in (*STAGES, Status.RETURNED)]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(from_status=self.value()).exclude(to_status=F("from_status"))


FIGURE_FILTERS = (LeadKindFilter, EndsFilter, TakenFilter, UnitFilter, OtherUnitFilter)
