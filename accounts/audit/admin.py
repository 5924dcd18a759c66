"""The trail for the auditor alone: who runs the portal does not watch itself, and who has no
business with everybody's doings does not see them (GB/T 22239, separation of duties)."""

from datetime import date

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import RoleAdmin
from accounts.audit import words
from accounts.audit.export import as_csv
from accounts.audit.filters import DaysFilter, SubjectFilter, TrailPaginator
from accounts.audit.reading import record_read
from accounts.models import AuditEntry, User
from accounts.roles import Role

PEOPLE_FOUND = 100


class AuditEntryAdmin(RoleAdmin):
    view_roles = (Role.AUDITOR,)
    list_display = ["moment", "who", "operation", "thing", "address", "origin"]
    list_filter = [DaysFilter, "operation", SubjectFilter]
    sortable_by = ()
    paginator = TrailPaginator
    search_fields = ["actor"]
    search_help_text = _("Name or user name of a person, number of an object, or network address.")
    actions = None

    def get_urls(self):
        prefix, view = "accounts_auditentry", self.admin_site.admin_view
        return [
            path("export/", view(self.export_view), name=f"{prefix}_export"),
            path("export/csv/", view(self.csv_view), name=f"{prefix}_csv"),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        # What was before and after can be long, and the list does not show it.
        entries = super().get_queryset(request).select_related("actor")
        return entries.defer("before", "after")

    def get_search_results(self, request, queryset, search_term):
        # People are looked up first, so that the trail is only asked along its indexes.
        term = search_term.strip()
        if not term:
            return queryset, False
        named = Q(full_name__icontains=term) | Q(username__icontains=term)
        people = list(User.objects.filter(named).values_list("pk", flat=True)[:PEOPLE_FOUND])
        found = Q(actor__in=people) | Q(subject_id=term) | Q(address=term)
        return queryset.filter(found), False

    @admin.display(description=_("who"))
    def who(self, obj):
        return words.person(obj)

    @admin.display(description=pgettext_lazy("of the audit trail", "object"))
    def thing(self, obj):
        return words.thing(obj)

    @admin.display(description=pgettext_lazy("of the audit trail", "time"))
    def moment(self, obj):
        return words.moment(obj.at)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        self._hide_from_others(request)
        entry = self.get_object(request, object_id)
        if entry is None:
            raise Http404
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        context = {
            "title": f"{entry.get_operation_display()} · {words.thing(entry)}",
            "entry": entry,
            "who": words.person(entry),
            "moment": words.moment(entry.at),
            "lines": words.lines(entry),
        }
        return self._page(request, "accounts/audit_entry.html", context)

    def export_view(self, request):
        """How many rows the file will have, before it is fetched."""
        rows = self._filtered(request).count()
        context = {"title": _("Export the audit trail"), "rows": rows}
        return self._page(request, "accounts/audit_export.html", context)

    def csv_view(self, request):
        entries = self._filtered(request)
        record_read(AuditEntry._meta.db_table, "", export=request.GET.dict())
        name = f"audit-{date.isoformat(timezone.localdate())}.csv"
        return StreamingHttpResponse(
            as_csv(entries, get_language()),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def _filtered(self, request):
        """What the list shows under the same filters."""
        self._hide_from_others(request)
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        return self.get_changelist_instance(request).get_queryset(request).defer(None)

    def _page(self, request, template: str, context: dict):
        site = self.admin_site.each_context(request)
        return TemplateResponse(request, template, site | {"opts": self.opts} | context)
