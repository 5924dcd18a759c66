"""Requests for support on the bureau's desk: ranked, moved by steps, taken out as lists."""

from functools import wraps

from django.contrib import admin, messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from filings.admin_sheets import XLSX, SheetPages, as_file
from filings.admin_steps import StepAdmin
from filings.refusals import Refused
from reports.models import SupportRequest
from reports.support import export, services
from reports.support.content import changed_since, rows_of
from reports.support.desk_forms import ShareForm
from reports.support.eligibility import basis_of, to_decide
from reports.support.permissions import may_share
from reports.support.states import SETTLED, Action
from reports.support.steps import SUPPORT_STEPS
from reports.support.turns import waiting_for, whose


class TurnFilter(admin.SimpleListFilter):
    title = _("whose turn")
    parameter_name = "turn"

    def lookups(self, request, model_admin):
        return [("mine", _("Waiting for me"))]

    def queryset(self, request, queryset):
        return queryset.filter(waiting_for(request.user)) if self.value() else queryset


def _posted_by_sharers(view):
    """For all others the address does not exist."""

    @wraps(view)
    def guarded(request):
        if not may_share(request.user):
            raise Http404
        return require_POST(view)(request)

    return guarded


@admin.register(SupportRequest)
class SupportRequestAdmin(SheetPages, StepAdmin):
    steps = SUPPORT_STEPS
    change_form_template = "support/admin_request.html"
    change_list_template = "support/admin_list.html"
    list_display = ["name", "year", "state", "index", "asker", "sent_on"]
    list_display_links = ["name"]
    list_filter = [TurnFilter, "kind", "year", "status"]
    search_fields = ["title", "unit__name", "consortium__name", "consortium__filing_number"]
    ordering = ["-year", "-priority", "pk"]
    actions = None
    fields = [
        "consortium", "unit", "kind", "year", "status", "submitted_at", "submitted_by",
        "correction_due_on", "decided_at", "decided_by", "result_year", "result_number",
        "result_amount", "result_institution", "consented_at", "consented_by",
    ]  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).sent().for_list()

    def get_fields(self, request, obj=None):
        """What is not there yet, like a decision or a result, takes no line."""
        given = (name for name in self.fields if getattr(obj, name, None) not in (None, ""))
        return list(given) or self.fields

    @admin.display(description=_("support request"), ordering="title")
    def name(self, found):
        return format_html(
            '{}<br><span class="hint">{}</span>', found.title or "—", found.get_kind_display()
        )

    @admin.display(description=_("asked by"), ordering="unit__name")
    def asker(self, found):
        return format_html(
            '{}<br><span class="hint">{}</span>', found.unit.name, found.consortium.name
        )

    @admin.display(description=_("submitted at"), ordering="submitted_at")
    def sent_on(self, found):
        return date_format(timezone.localtime(found.submitted_at))

    @admin.display(description=_("status"), ordering="status")
    def state(self, found):
        return format_html(
            '<span class="pill pill-{}">{}</span>', found.status, found.get_status_display()
        )

    @admin.display(description=_("priority index"), ordering="priority")
    def index(self, found):
        """The index, and beneath it what it is made of."""
        parts = " · ".join(f"{p.label} {p.points}/{p.most}" for p in basis_of(found))
        return format_html('{}<br><span class="hint">{}</span>', found.priority, parts or "—")

    def details(self, obj):
        sent = list(obj.events.filter(action=Action.SUBMIT).order_by("-pk")[1:2])
        return {
            "request_": obj,
            "notice": whose(obj),
            "lines": rows_of(obj),
            "changes": changed_since(obj, sent[0].data["content"]) if sent else [],
            "files": obj.files.filter(removed_at__isnull=True),
            "basis": basis_of(obj),
            "findings": () if obj.status in SETTLED else to_decide(obj),
            "settled": obj.status in SETTLED,
            "events": obj.events.select_related("actor"),
        }

    def get_urls(self):
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"
        pages = [
            ("export/", self.filtered(self.export), "export"),
            ("export/recommended.xlsx", self.filtered(self.export_sheet), "export_sheet"),
            ("export/recommended.pdf", self.filtered(self.export_print), "export_print"),
            ("export/share/", self.filtered(self.share, _posted_by_sharers), "share"),
        ]
        return [
            *(path(address, view, name=f"{prefix}_{name}") for address, view, name in pages),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        context = {"query": request.GET.urlencode()}
        return super().changelist_view(request, context | (extra_context or {}))

    def export(self, request, found, form=None, status=200):
        count = found.supported().order_by().count()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Export"),
            "count": count,
            "printed": min(count, export.MOST_PRINTED),
            "most": export.MOST_PRINTED,
            "headings": export.headings(),
            "shared": found.to_share().order_by().count(),
            "shared_headings": export.shared_headings(),
            "share_form": (form or ShareForm()) if may_share(request.user) else None,
            "query": request.GET.urlencode(),
            "back": f"{self.address('changelist')}?{request.GET.urlencode()}",
        }
        return TemplateResponse(request, "support/admin_export.html", context, status=status)

    def export_sheet(self, request, found):
        response = StreamingHttpResponse(export.recommended(found), content_type=XLSX)
        return as_file(response, f"创新联合体支持措施推荐名单 {timezone.localdate()}.xlsx")

    def export_print(self, request, found):
        response = HttpResponse(export.paper(found), content_type="application/pdf")
        return as_file(response, f"创新联合体支持措施推荐名单 {timezone.localdate()}.pdf")

    def share(self, request, found):
        """Pass the financing needs of the list on: the file, and in each history to whom."""
        form = ShareForm(request.POST)
        if not form.is_valid():
            return self.export(request, found, form, status=422)
        try:
            needs = services.share(found, user=request.user, **form.cleaned_data)
        except Refused as refused:
            messages.error(request, refused.message)
            return HttpResponseRedirect(f"{self.address('export')}?{request.GET.urlencode()}")
        response = StreamingHttpResponse(export.shared(needs), content_type=XLSX)
        return as_file(response, f"创新联合体融资需求 {timezone.localdate()}.xlsx")
