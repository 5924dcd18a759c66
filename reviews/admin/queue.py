"""The list of filings: its columns, its search, and what is done to several at once."""

from django.contrib import admin, messages
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.views.main import ChangeList
from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.roles import ASSIGNERS, CASE_OFFICERS, has_role
from filings.admin_filters import FieldFilter
from filings.admin_steps import StepAdmin
from filings.bigrams import TooShort
from filings.search import matching
from reviews import batch, sharing
from reviews.figure_filters import FIGURE_FILTERS
from reviews.filters import (
    ClosingFilter,
    DistrictFilter,
    OverdueFilter,
    ProvincialFilter,
    QueueFilter,
    StateFilter,
)
from reviews.models import Assignment
from reviews.queue import BY_DUE_DAY, LISTED
from reviews.rows import rows
from reviews.saved_filters import essence


class QueueChangeList(ChangeList):
    def get_queryset(self, request, exclude_parameters=None):
        """Without the long texts of a filing, which no column shows."""
        return super().get_queryset(request, exclude_parameters).only(*LISTED)


class QueueList(StepAdmin):
    # The heads of the columns, and what they sort by; `reviews.rows` makes the lines.
    list_display = [
        "name", "lead_unit", "focus_field", "status", "action_due_on", "submitted_at",
    ]  # fmt: skip
    list_filter = [
        QueueFilter, StateFilter, OverdueFilter, FieldFilter, DistrictFilter, ClosingFilter,
        ProvincialFilter, *FIGURE_FILTERS,
    ]  # fmt: skip
    # The index is asked, not these; the admin shows no search without any.
    search_fields = ["name"]
    search_help_text = gettext_lazy(
        "Name, filing number, unit, credit code or any words of the filing; two characters or more."
    )
    # In these orders a page is read from an index, however many filings there are.
    sortable_by = ["action_due_on", "submitted_at"]
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
        page = super().changelist_view(request, context | (extra_context or {}))
        if found := getattr(page, "context_data", {}).get("cl"):
            page.context_data |= {
                "headers": list(result_headers(found)),
                "rows": rows(found.result_list),
                "choosing": "action_checkbox" in found.list_display,
            }
        return page

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
            reasons = format_html_join("", '<span class="reason">{}: {}</span>', report.refused)
            messages.warning(request, format_html("{} {}", heading, reasons))
