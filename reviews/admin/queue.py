"""The list of filings: its columns, its search, and what is done to several at once."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.roles import CASE_OFFICERS, has_role
from filings.bigrams import TooShort
from filings.search import matching
from filings.workdays import workdays_left
from reviews import batch, sharing
from reviews.admin.steps import StepAdmin
from reviews.filters import DistrictFilter, FieldFilter, OverdueFilter, QueueFilter, StateFilter
from reviews.models import Assignment
from reviews.permissions import ASSIGNERS
from reviews.queue import BY_DUE_DAY, LISTED, SOON, due_day
from reviews.saved_filters import essence


def _days_left(days: int) -> str:
    if days < 0:
        return ngettext("%(days)s working day late", "%(days)s working days late", -days) % {
            "days": -days
        }
    if days == 0:
        return _("Due today")
    return ngettext("%(days)s working day left", "%(days)s working days left", days) % {
        "days": days
    }


class QueueChangeList(ChangeList):
    def get_queryset(self, request, exclude_parameters=None):
        """Without the long texts of a filing, which no column shows."""
        return super().get_queryset(request, exclude_parameters).only(*LISTED)


class QueueList(StepAdmin):
    list_display = ["title", "lead", "field", "state_pill", "due", "officer", "submitted"]
    list_filter = [QueueFilter, StateFilter, OverdueFilter, FieldFilter, DistrictFilter]
    # The index is asked, not these; the admin shows no search without any.
    search_fields = ["name"]
    search_help_text = gettext_lazy(
        "Name, filing number, unit, credit code or any words of the filing; two characters or more."
    )
    # In these orders a page is read from an index, however many filings there are.
    sortable_by = ["due", "submitted"]
    ordering = BY_DUE_DAY
    actions = ["claim_selected", "release_selected", "share_out_selected", "assign_selected"]

    class Media:
        css = {"all": ["css/components.css", "css/workbench.css"]}
        js = ["js/workbench.js"]

    def get_changelist(self, request, **kwargs):
        return QueueChangeList

    def get_queryset(self, request):
        theirs = Prefetch("assignments", Assignment.objects.select_related("officer"))
        found = super().get_queryset(request).visible_to(request.user).for_list()
        return found.prefetch_related(theirs)

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        try:
            return matching(queryset, search_term), False
        except TooShort:
            messages.warning(request, _("Search for at least two letters, digits or characters."))
            return queryset.none(), False

    def changelist_view(self, request, extra_context=None):
        query = request.GET.urlencode()
        context = {
            "query": query,
            "current_query": essence(query),
            "saved": request.user.saved_filters.all(),
            "may_save": self.has_claim_permission(request),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    @admin.display(description=gettext_lazy("consortium"))
    def title(self, obj):
        if not obj.filing_number:
            return obj.name
        return format_html("{} <span class='number'>{}</span>", obj.name, obj.filing_number)

    @admin.display(description=gettext_lazy("lead unit"))
    def lead(self, obj):
        return obj.lead_unit.name

    @admin.display(description=gettext_lazy("focus field"))
    def field(self, obj):
        return obj.focus_field.label if obj.focus_field else "–"

    @admin.display(description=gettext_lazy("state"))
    def state_pill(self, obj):
        return format_html('<span class="pill pill-{}">{}</span>', obj.state, obj.state.label)

    @admin.display(description=gettext_lazy("due"), ordering="action_due_on")
    def due(self, obj):
        day = due_day(obj)
        if day is None:
            return "–"
        left = workdays_left(timezone.localdate(), day)
        tone = " chip-over" if left < 0 else " chip-soon" if left <= SOON else ""
        chip = '<span class="chip{}">{}</span> <span class="hint nowrap">{}</span>'
        return format_html(chip, tone, _days_left(left), date_format(day))

    @admin.display(description=gettext_lazy("officer"))
    def officer(self, obj):
        holder = sharing.holder_of(obj)
        return holder.officer if holder else "–"

    @admin.display(description=gettext_lazy("submitted"), ordering="submitted_at")
    def submitted(self, obj):
        return timezone.localdate(obj.submitted_at) if obj.submitted_at else "–"

    @admin.display(description=mark_safe('<input type="checkbox" id="action-toggle">'))
    def action_checkbox(self, obj):
        label = _("Choose for an action: %(name)s") % {"name": obj}
        return format_html(
            '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">',
            ACTION_CHECKBOX_NAME, obj.pk, label,
        )  # fmt: skip

    def has_claim_permission(self, request):
        return has_role(request.user, *CASE_OFFICERS)

    def has_assign_permission(self, request):
        return has_role(request.user, *ASSIGNERS)

    @admin.action(description=gettext_lazy("Claim"), permissions=["claim"])
    def claim_selected(self, request, queryset):
        self.run_batch(request, queryset, lambda pk: sharing.claim(pk, user=request.user))

    @admin.action(description=gettext_lazy("Release"), permissions=["claim"])
    def release_selected(self, request, queryset):
        self.run_batch(request, queryset, lambda pk: sharing.release(pk, user=request.user))

    @admin.action(description=gettext_lazy("Share out by load"), permissions=["assign"])
    def share_out_selected(self, request, queryset):
        self.run_batch(request, queryset, lambda pk: sharing.assign(pk, user=request.user))

    @admin.action(description=gettext_lazy("Assign to an officer …"), permissions=["assign"])
    def assign_selected(self, request, queryset):
        keys = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True)[: batch.MOST + 1])
        return HttpResponseRedirect(f"{self.address('assign_many')}?ids={keys}")

    def run_batch(self, request, queryset, act) -> None:
        """Do something to every row that was chosen, and tell what went and what did not."""
        consortia = list(queryset[: batch.MOST + 1])
        if len(consortia) > batch.MOST:
            text = _("Choose at most %(most)s filings at once.") % {"most": batch.MOST}
            messages.error(request, text)
            return
        report = batch.each(consortia, act)
        if report.done:
            text = ngettext("%(count)s filing: done.", "%(count)s filings: done.", len(report.done))
            messages.success(request, text % {"count": len(report.done)})
        if report.refused:
            heading = ngettext(
                "%(count)s filing stayed as it was:",
                "%(count)s filings stayed as they were:",
                len(report.refused),
            ) % {"count": len(report.refused)}
            reasons = format_html_join("", "<li>{}: {}</li>", report.refused)
            messages.warning(request, format_html("{} <ul>{}</ul>", heading, reasons))
