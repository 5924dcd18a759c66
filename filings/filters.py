from datetime import date

import django_filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.places import Place
from filings.forms.fields import DayField
from filings.models import Consortium, FilingCounter, FocusField, Member
from filings.numbering import read
from filings.states import FILED

ALL = _("All")
MOST_WORDS = 5


def years() -> list[tuple[int, int]]:
    """The years in which anything was filed, the latest first."""
    counted = FilingCounter.objects.order_by("-year").values_list("year", flat=True)
    return [(year, year) for year in counted]


class DayFilter(django_filters.Filter):
    """A day as people type it everywhere on the portal."""

    field_class = DayField


class RegisterFilter(django_filters.FilterSet):
    """What the public may ask the register."""

    q = django_filters.CharFilter(label=_("Name, number or unit"), method="search", max_length=100)
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(s.value, s.label) for s in FILED],
        method="in_state",
        empty_label=ALL,
    )
    focus_field = django_filters.ModelChoiceFilter(
        label=_("Focus field"), queryset=FocusField.objects.all(), empty_label=ALL
    )
    place = django_filters.ChoiceFilter(
        label=_("District of the lead unit"),
        choices=Place.choices,
        field_name="lead_unit__place",
        empty_label=ALL,
    )
    year = django_filters.ChoiceFilter(
        label=_("Filing year"), choices=years, field_name="filing_year", empty_label=ALL
    )

    as_of = DayFilter(label=_("As of (today where empty)"), method="on_the_day")

    def __init__(self, *args, day: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.day, self.is_today = day, day == timezone.localdate()

    class Meta:
        model = Consortium
        fields = ["q", "state", "focus_field", "place", "year", "as_of"]

    def search(self, queryset, _name, value):
        """A filing number in any writing finds its entry; else every word must occur somewhere."""
        if number := read(value):
            return queryset.filter(filing_year=number[0], filing_serial=number[1])
        for word in value.split()[:MOST_WORDS]:
            members = Member.objects.present_on(self.day).filter(name__icontains=word)
            queryset = queryset.filter(
                Q(name__icontains=word)
                | Q(lead_unit__name__icontains=word)
                | Q(filing_number__icontains=word)
                | Q(pk__in=members.values("consortium"))
            )
        return queryset

    def in_state(self, queryset, _name, value):
        if self.is_today:
            return queryset.in_state(value, self.day)
        return queryset.in_state_then(value, self.day)

    def on_the_day(self, queryset, _name, _value):
        """The day is for what every row shows, and for the other questions."""
        return queryset
