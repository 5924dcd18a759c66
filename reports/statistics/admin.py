"""The pages of the statistics in the workbench: the dashboard, what it warns of, the papers."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.admin_base import RoleAdmin
from accounts.paging import CappedPaginator
from filings.workdays import PROVISIONAL
from reports.models import Picture
from reports.permissions import may_count
from reports.statistics import board, concerns, picture
from reports.statistics.concerns import Concern
from reports.tasks import count_soon

ROWS = 25


@admin.register(Picture)
class PictureAdmin(RoleAdmin):
    """The dashboard stands where the list of pictures would: there is one that matters."""

    def get_urls(self):
        view = self.admin_site.admin_view
        name = "reports_picture"
        return [
            path("count/", view(self.count_view), name=f"{name}_count"),
            path(
                "<slug:kind>/list/", view(require_safe(self.concern_view)), name=f"{name}_concern"
            ),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        self._hide_from_others(request)
        return self._board(request, picture.current)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """An earlier picture, for as long as it is kept."""
        self._hide_from_others(request)
        earlier = self.get_object(request, object_id)
        if earlier is None:
            raise Http404
        return self._board(request, lambda: earlier)

    def _board(self, request, chosen):
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        shown = chosen()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Picture of the programme"),
            "picture": shown,
            "tallies": board.tallies(shown),
            "panels": board.panels(shown),
            "provisional": PROVISIONAL if board.provisional(shown) else "",
            "may_count": bool(may_count(request.user)),
        }
        return TemplateResponse(request, "reports/statistics/board.html", context)

    def count_view(self, request):
        if request.method != "POST" or not may_count(request.user):
            raise Http404
        if count_soon():
            messages.success(request, _("It is being counted anew: look again in a moment."))
        else:
            messages.error(request, _("No worker can be reached; the figures stay as they are."))
        return HttpResponseRedirect(reverse("admin:reports_picture_changelist"))

    def concern_view(self, request, kind):
        """The consortia that a warning is about, as they are now."""
        self._hide_from_others(request)
        if kind not in Concern.values:
            raise Http404
        concern, day = Concern(kind), timezone.localdate()
        found = concerns.concerned(concern, day).for_list().order_by("ends_on", "pk")
        page = CappedPaginator(found, ROWS).get_page(request.GET.get("page"))
        page.object_list = concerns.with_numbers(page.object_list, concern, day)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": concern.label,
            "number_head": concerns.NUMBERS[concern],
            "page_obj": page,
        }
        return TemplateResponse(request, "reports/statistics/concern.html", context)
