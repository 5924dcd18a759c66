"""Taking out what the list shows: first a page that says how much it is, then the file."""

from django.http import HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from filings.admin_sheets import XLSX, SheetPages, as_file
from reviews import export
from reviews.admin.queue import QueueList


class ExportPages(SheetPages, QueueList):
    def get_urls(self):
        prefix = f"{self.opts.app_label}_{self.opts.model_name}_export"
        pages = {"": self.export, "filings.xlsx": self.export_sheet, "register.pdf": self.print}
        names = {"": prefix, "filings.xlsx": f"{prefix}_sheet", "register.pdf": f"{prefix}_print"}
        return [
            *(
                path(f"export/{end}", self.filtered(view), name=names[end])
                for end, view in pages.items()
            ),
            *super().get_urls(),
        ]

    def export(self, request, found):
        filed = export.register_of(found).order_by().count()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Export"),
            "count": found.order_by().count(),
            "filed": filed,
            "printed": min(filed, export.MOST_PRINTED),
            "most": export.MOST_PRINTED,
            "headings": export.headings(),
            "query": request.GET.urlencode(),
            "back": f"{self.address('changelist')}?{request.GET.urlencode()}",
        }
        return TemplateResponse(request, "reviews/export.html", context)

    def export_sheet(self, request, found):
        response = StreamingHttpResponse(export.spreadsheet(found), content_type=XLSX)
        return as_file(response, f"创新联合体备案 {timezone.localdate()}.xlsx")

    def print(self, request, found):
        response = HttpResponse(export.register_list(found), content_type="application/pdf")
        return as_file(response, f"创新联合体备案登记册 {timezone.localdate()}.pdf")
