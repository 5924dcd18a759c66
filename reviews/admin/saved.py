"""The addresses below the queue where an officer keeps a filter and throws it away."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _

from filings.refusals import Refused
from reviews import saved_filters
from reviews.admin.queue import QueueList


class SavedFilterPages(QueueList):
    def get_urls(self):
        prefix = f"{self.opts.app_label}_{self.opts.model_name}_filter"
        view = self.admin_site.admin_view
        return [
            path("filters/", view(self.filter_save), name=f"{prefix}_save"),
            path(
                "filters/<int:filter_pk>/delete/", view(self.filter_delete), name=f"{prefix}_delete"
            ),
            *super().get_urls(),
        ]

    def filter_save(self, request):
        if request.method != "POST" or not self.has_claim_permission(request):
            raise Http404
        query = request.POST.get("query", "")
        try:
            kept = saved_filters.save(request.user, request.POST.get("name", ""), query)
        except Refused as refused:
            messages.error(request, refused.message)
            kept = None
        else:
            messages.success(request, _("The filter is saved: %(name)s") % {"name": kept.name})
        back = kept.query if kept else saved_filters.essence(query)
        return HttpResponseRedirect(f"{self.address('changelist')}?{back}")

    def filter_delete(self, request, filter_pk):
        saved = request.user.saved_filters.filter(pk=filter_pk).first()
        if request.method != "POST" or saved is None:
            raise Http404
        saved.delete()
        messages.success(request, _("The filter is deleted: %(name)s") % {"name": saved.name})
        return HttpResponseRedirect(self.address("changelist"))
