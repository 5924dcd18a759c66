from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import RoleAdmin
from filings.refusals import Refused
from reports.checks import findings_of
from reports.figures import compared
from reports.forms import ReturnForm
from reports.models import AnnualReport
from reports.parts import Part
from reports.prefill import last_report
from reports.rows import ROWS
from reports.states import EDITABLE, Action, Status
from reports.statistics.filters import CameFilter, ReportFieldFilter
from reports.transitions import may_take, perform


@admin.register(AnnualReport)
class AnnualReportAdmin(RoleAdmin):
    """A report is read here whole, with last year's figures beside, and accepted or returned."""

    list_display = ["consortium", "lead", "year", "status", "submitted_at", "punctual"]
    list_filter = ["status", "call", CameFilter, ReportFieldFilter]
    search_fields = [
        "consortium__name", "consortium__filing_number", "consortium__lead_unit__name",
    ]  # fmt: skip
    list_select_related = ["call", "consortium__lead_unit"]
    actions = None

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/accept/", view(self.accept_view), name="reports_annualreport_accept"),
            path("<int:pk>/return/", view(self.return_view), name="reports_annualreport_return"),
            *super().get_urls(),
        ]

    @admin.display(description=_("lead unit"))
    def lead(self, report):
        return report.consortium.lead_unit

    @admin.display(description=_("reporting year"), ordering="call__reporting_year")
    def year(self, report):
        return str(report.call.reporting_year)

    @admin.display(description=_("punctuality"))
    def punctual(self, report):
        if not report.is_late_on(timezone.localdate()):
            return _("on time")
        return _("missing") if report.status in EDITABLE and not report.submitted_at else _("late")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        report = self.get_object(request, object_id)
        if report is None or not self.has_view_permission(request, report):
            raise Http404
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        return self._page(request, report)

    def _page(self, request, report, form=None, status=200):
        buttons = {
            action: may_take(request.user, action, report)
            for action in (Action.ACCEPT, Action.RETURN)
        }
        prefetch_related_objects([report], *ROWS)
        context = {
            **self.admin_site.each_context(request),
            "title": str(report),
            "opts": self.opts,
            "report": report,
            "parts": [(part, getattr(report, part.value)) for part in Part],
            "figures": compared(report, last_report(report)),
            "projects": report.projects.all(),
            "milestones": report.milestones.all(),
            "explanations": report.change_explanations.all(),
            "comments": report.comments.all(),
            "events": report.events.select_related("actor"),
            "findings": findings_of(report),
            "late": report.is_late_on(timezone.localdate()),
            "accept": buttons[Action.ACCEPT],
            "return_": buttons[Action.RETURN],
            "acts": request.user.is_active and self._acts(request),
            "form": form or ReturnForm(initial={"version": report.version}),
            "waits": report.status == Status.SUBMITTED,
        }
        return render(request, "reports/admin_report.html", context, status=status)

    def _acts(self, request) -> bool:
        report = AnnualReport(status=Status.SUBMITTED)
        return bool(may_take(request.user, Action.ACCEPT, report))

    def accept_view(self, request, pk):
        return self._take(request, pk, Action.ACCEPT)

    def return_view(self, request, pk):
        return self._take(request, pk, Action.RETURN)

    def _take(self, request, pk, action):
        report = self.get_object(request, str(pk))
        if report is None or request.method != "POST" or not self._acts(request):
            raise Http404
        form = ReturnForm(request.POST)
        if not form.is_valid():
            return self._page(request, report, form, status=422)
        comments = {part: form.cleaned_data[part] for part in Part.values}
        try:
            perform(
                pk,
                action,
                actor=request.user,
                expected_version=form.cleaned_data["version"],
                comments=comments,
            )
        except Refused as refused:
            messages.error(request, refused.message)
            return self._page(request, report, form, status=409)
        messages.success(request, _("Done: %(action)s.") % {"action": action.label})
        return redirect(reverse("admin:reports_annualreport_change", args=[pk]))
