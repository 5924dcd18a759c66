"""The one file that belongs to what an officer looks at, as a link and behind an address."""

from django.http import Http404
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from filings.admin_steps import StepAdmin
from filings.serving import pdf


class EvidencePage(StepAdmin):
    """Adds the file of an object, for officers alone, never run by a browser; `opened` tells the
    trail that it was read."""

    opened = None

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_file"
        view = self.admin_site.admin_view(require_safe(self.file_view))
        return [path("<int:pk>/file/", view, name=name), *super().get_urls()]

    def evidence(self, obj):
        if not obj.file:
            return "–"
        address = self.address("file", obj.pk)
        return format_html('<a href="{}">{}</a>', address, obj.original_name)

    evidence.short_description = _("attached file")

    def file_view(self, request, pk):
        obj = self.get_object(request, str(pk))
        if obj is None or not obj.file or not self.has_view_permission(request):
            raise Http404
        self.opened(obj)
        return pdf(obj)
