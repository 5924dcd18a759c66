"""Taking out all reports of a call: first a page that says how much it is, then the archive."""

from django.http import Http404, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.audit.reading import record_read
from filings.admin_steps import StepAdmin
from reports import bundle
from reports.models import ReportCall


class BundlePages(StepAdmin):
    def get_urls(self):
        view, prefix = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        pages = {"": self.bundle, "reports.zip": self.bundle_zip}
        names = {"": f"{prefix}_bundle", "reports.zip": f"{prefix}_bundle_zip"}
        return [
            *(
                path(f"<int:pk>/bundle/{end}", view(require_safe(page)), name=names[end])
                for end, page in pages.items()
            ),
            *super().get_urls(),
        ]

    def bundle(self, request, pk):
        call = self.call_or_404(request, pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("All reports as one archive"),
            "call": call,
            "count": bundle.papers_of(call).count(),
            "listed": call.reports.count(),
            "back": self.address("change", pk),
        }
        return TemplateResponse(request, "reports/bundle.html", context)

    def bundle_zip(self, request, pk):
        call = self.call_or_404(request, pk)
        found = bundle.archive(call)
        # The index is one of the files.
        record_read(ReportCall._meta.db_table, pk, bundle=call.title, papers=found.num_queued() - 1)
        response = StreamingHttpResponse(found, content_type="application/zip")
        name = _("Reports on %(year)s") % {"year": call.reporting_year}
        response["Content-Disposition"] = content_disposition_header(True, f"{name}.zip")
        return response

    def call_or_404(self, request, pk) -> ReportCall:
        call = self.get_object(request, str(pk))
        if call is None or not self.has_view_permission(request, call):
            raise Http404
        return call
