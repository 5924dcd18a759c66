import django_filters
from django.utils.translation import gettext_lazy as _

from accounts.roles import is_officer
from notices.models import Message
from notices.preferences import groups_for


class InboxFilter(django_filters.FilterSet):
    """What the reader of an inbox may ask of it."""

    group = django_filters.ChoiceFilter(
        label=_("Kind of message"), method="of_group", choices=(), empty_label=_("All")
    )
    unread = django_filters.ChoiceFilter(
        label=_("Status"),
        method="only_unread",
        choices=[("yes", _("New only"))],
        empty_label=_("All"),
    )

    class Meta:
        model = Message
        fields = ["group", "unread"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        groups = groups_for(is_officer(user))
        self.filters["group"].extra["choices"] = [(group.value, group.label) for group in groups]

    def of_group(self, queryset, _name, value):
        return queryset.of_group(value)

    def only_unread(self, queryset, _name, _value):
        return queryset.unread()
