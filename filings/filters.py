import django_filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.places import Place
from filings.models import Consortium, FocusField
from filings.numbering import read
from filings.states import FILED


class RegisterFilter(django_filters.FilterSet):
    """What the public may ask the register."""

    q = django_filters.CharFilter(label=_("Name, number or unit"), method="search", max_length=100)
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=[(s.value, s.label) for s in FILED], method="in_state"
    )
    focus_field = django_filters.ModelChoiceFilter(
        label=_("Focus field"), queryset=FocusField.objects.all()
    )
    place = django_filters.ChoiceFilter(
        label=_("District of the lead unit"), choices=Place.choices, field_name="lead_unit__place"
    )
    year = django_filters.NumberFilter(label=_("Filing year"), field_name="filing_year")

    class Meta:
        model = Consortium
        fields = ["q", "state", "focus_field", "place", "year"]

    def search(self, queryset, _name, value):
        if number := read(value):
            return queryset.filter(filing_year=number[0], filing_serial=number[1])
        members = Consortium.objects.filter(members__name__icontains=value).values("pk")
        return queryset.filter(
            Q(name__icontains=value)
            | Q(lead_unit__name__icontains=value)
            | Q(filing_number__icontains=value)
            | Q(pk__in=members)
        )

    def in_state(self, queryset, _name, value):
        return queryset.in_state(value, timezone.localdate())
