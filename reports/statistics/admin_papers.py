"""The yearly statistics reports in the workbench: asking for one, watching it come, taking it."""

from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.admin_base import RoleAdmin
from accounts.audit.reading import record_read
from filings.refusals import Refused
from reports.models import StatisticsReport
from reports.permissions import may_count
from reports.statistics import jobs
from reports.tasks import make_soon

TYPES = {
    "paper": ("pdf", "application/pdf"),
    "workbook": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@admin.register(StatisticsReport)
class StatisticsReportAdmin(RoleAdmin):
    list_display = ["year", "requested_at", "requested_by", "taken_at", "state"]
    list_filter = ["year"]
    list_select_related = ["requested_by"]
    change_list_template = "reports/statistics/papers.html"
    actions = None

    def get_urls(self):
        view, name = self.admin_site.admin_view, "reports_statisticsreport"
        take = require_safe(self.take_view)
        files = (
            path(f"<int:pk>/{kind}/", view(partial(take, kind=kind)), name=f"{name}_{kind}")
            for kind in TYPES
        )
        return [
            path("request/", view(self.request_view), name=f"{name}_request"),
            *files,
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("state"))
    def state(self, report):
        if report.finished_at:
            return _("Ready")
        return _("Failed") if report.error else _("Being made")

    def changelist_view(self, request, extra_context=None):
        offered = {"years": jobs.years(), "may_count": bool(may_count(request.user))}
        return super().changelist_view(request, offered | (extra_context or {}))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        report = self._found(request, object_id)
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(report),
            "report": report,
            "steps": [
                (_("Count the figures"), report.taken_at is not None),
                (_("Draw the charts and set the paper (PDF)"), bool(report.paper)),
                (_("Fill the workbook (Excel)"), bool(report.workbook)),
            ],
            "may_count": bool(may_count(request.user)),
        }
        return TemplateResponse(request, "reports/statistics/paper.html", context)

    def request_view(self, request):
        if request.method != "POST" or not may_count(request.user):
            raise Http404
        year = request.POST.get("year", "")
        try:
            report = jobs.request(request.user, int(year) if year.isdecimal() else 0)
        except Refused as refused:
            messages.error(request, refused.message)
            return HttpResponseRedirect(reverse("admin:reports_statisticsreport_changelist"))
        transaction.on_commit(partial(make_soon, report.pk))
        return HttpResponseRedirect(
            reverse("admin:reports_statisticsreport_change", args=[report.pk])
        )

    def take_view(self, request, pk, kind):
        """The file, to whoever may read the statistics; the trail tells who took it."""
        report = self._found(request, str(pk))
        file = getattr(report, kind)
        if not file:
            raise Http404
        ending, content_type = TYPES[kind]
        name = _("Statistics of %(year)s") % {"year": report.year} + f".{ending}"
        digest = getattr(report, f"{kind}_sha256")
        record_read(report._meta.db_table, report.pk, original_name=name, sha256=digest)
        return FileResponse(
            file.open("rb"), as_attachment=True, filename=name, content_type=content_type
        )

    def _found(self, request, object_id) -> StatisticsReport:
        self._hide_from_others(request)
        report = self.get_object(request, object_id)
        if report is None:
            raise Http404
        return report
