"""How the bureau's lists are narrowed down. States and delays are those of the calendar."""

from django.contrib.admin import SimpleListFilter
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.places import Place
from filings.admin_filters import StandingFilter
from filings.models import Policy, ProvincialApplication
from filings.querysets import answer_overdue
from filings.states import Status
from reviews.queue import (
    SOON,
    claimed_by,
    due_soon,
    has_queue,
    turn_of,
    waiting_for,
)


class QueueFilter(StandingFilter):
    """Opens on what waits for the reader; who searches, or asks for a state, means everything."""

    title = _("queue")
    parameter_name = "queue"

    def __init__(self, request, params, model, model_admin):
        self.user = request.user
        self.searching = any(request.GET.get(name) for name in ("q", StateFilter.parameter_name))
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        everything = ("all", _("All filings"))
        if has_queue(request.user):
            return [
                ("mine", _("Waiting for me")),
                ("claimed", _("Claimed by me")),
                ("role", _("All of my role")),
                everything,
            ]
        return [everything]

    def has_output(self):
        return True

    def value(self):
        chosen = super().value()
        if chosen in ("mine", "claimed", "role", "all"):
            return chosen
        return "mine" if has_queue(self.user) and not self.searching else "all"

    def queryset(self, request, queryset):
        user, day = request.user, timezone.localdate()
        if self.value() == "mine":
            return queryset.filter(waiting_for(user, day))
        if self.value() == "claimed":
            return queryset.filter(claimed_by(user))
        if self.value() == "role":
            return queryset.filter(turn_of(user, day))
        return queryset


class StateFilter(SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return Status.choices

    def queryset(self, request, queryset):
        if self.value() in Status.values:
            return queryset.in_state(self.value(), timezone.localdate())
        return queryset


class DistrictFilter(SimpleListFilter):
    title = _("district of the lead unit")
    parameter_name = "district"

    def lookups(self, request, model_admin):
        return Place.choices

    def queryset(self, request, queryset):
        return queryset.filter(lead_unit__place=self.value()) if self.value() else queryset


class OverdueFilter(SimpleListFilter):
    title = _("answer of the bureau")
    parameter_name = "overdue"

    def lookups(self, request, model_admin):
        soon = _("Due within %(days)s working days") % {"days": SOON}
        return [("yes", _("Late")), ("soon", soon), ("no", _("Not late"))]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.filter(answer_overdue(timezone.localdate()))
        if self.value() == "no":
            return queryset.exclude(answer_overdue(timezone.localdate()))
        if self.value() == "soon":
            return queryset.filter(due_soon(timezone.localdate()))
        return queryset


class OpenFilter(SimpleListFilter):
    """Rows that still wait for the bureau; a subclass names the moment that ends the wait."""

    title = _("still open")
    parameter_name = "open"
    closed_at = ""

    def lookups(self, request, model_admin):
        return [("yes", _("Open")), ("no", _("Closed"))]

    def queryset(self, request, queryset):
        if self.value() in ("yes", "no"):
            return queryset.filter(**{f"{self.closed_at}__isnull": self.value() == "yes"})
        return queryset


class OpenObjectionFilter(OpenFilter):
    closed_at = "closed_at"


class OpenClosingFilter(OpenFilter):
    closed_at = "noted_at"


class ClosingFilter(SimpleListFilter):
    """Whether the closing summary of a consortium at its end is in."""

    title = _("closing summary")
    parameter_name = "closing"

    def lookups(self, request, model_admin):
        return [("in", _("Handed in")), ("missing", _("Asked for, not handed in"))]

    def queryset(self, request, queryset):
        if self.value() == "in":
            return queryset.filter(closing_summary__submitted_at__isnull=False)
        if self.value() == "missing":
            day = timezone.localdate()
            days = Policy.objects.in_force(day).closing_summary_days
            ended = queryset.at_their_end(day, days)
            return ended.filter(closing_summary__submitted_at__isnull=True)
        return queryset


class ProvincialFilter(SimpleListFilter):
    """What the bureau stands for of an application to the province (clause 2)."""

    title = _("provincial level")
    parameter_name = "provincial"

    def lookups(self, request, model_admin):
        reported = ("reported", ProvincialApplication.Standing.REPORTED.label)
        return [*ProvincialApplication.Outcome.choices, reported]

    def queryset(self, request, queryset):
        applications = ProvincialApplication.objects.all()
        if self.value() in ProvincialApplication.Outcome.values:
            found = applications.confirmed().filter(outcome=self.value())
        elif self.value() == "reported":
            found = applications.filter(standing=ProvincialApplication.Standing.REPORTED)
        else:
            return queryset
        return queryset.filter(pk__in=found.values("consortium"))
