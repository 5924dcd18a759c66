"""A call is drafted, looked at by a second officer, and published; then only its due day moves."""

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.roles import has_role
from filings.admin_steps import Step
from filings.refusals import Refused
from reports import papers
from reports.admin.bundle import BundlePages
from reports.call_forms import AttachForm, PostponeForm
from reports.calls import day_of, publish
from reports.extensions import postpone
from reports.models import CallPaper, ReportCall
from reports.owing import exempt, owing, reason
from reports.permissions import (
    DRAFTERS,
    PUBLISHERS,
    may_draft,
    may_postpone,
    may_publish,
)

PER_PAGE = 25


class AttachStep(Step):
    name = "attach"
    label = _("Attach papers")
    tone = "secondary"
    form_class = AttachForm
    done = _("The papers go with the notice.")

    def concerns(self, user, obj: ReportCall) -> bool:
        return has_role(user, *DRAFTERS)

    def shown(self, user, obj: ReportCall) -> bool:
        return bool(self.answer(user, obj))

    def answer(self, user, obj: ReportCall):
        return may_draft(user, obj)

    def consequence(self, obj: ReportCall) -> str:
        return _("Everybody can read them from the day the call is published.")

    def run(self, obj: ReportCall, user, data: dict) -> None:
        papers.attach(obj.pk, user=user, uploads=data["files"])


class PublishStep(Step):
    name = "publish"
    label = _("Publish the call")
    template = "reports/call_preview.html"
    read = ("reporting_year", "plan_year", "title", "text", "opens_on", "due_on")
    done = _("Published. It opens by itself on its opening day.")

    def concerns(self, user, obj: ReportCall) -> bool:
        return has_role(user, *PUBLISHERS)

    def shown(self, user, obj: ReportCall) -> bool:
        return obj.published_at is None

    def answer(self, user, obj: ReportCall):
        return may_publish(user, obj)

    def consequence(self, obj: ReportCall) -> str:
        count = owing(obj).count()
        return ngettext(
            "The notice becomes public, and on %(day)s the report of %(count)s consortium opens "
            "by itself; its lead unit is told and reminded. After that only the due day can "
            "be changed, and only to a later one.",
            "The notice becomes public, and on %(day)s the reports of %(count)s consortia open by "
            "themselves; their lead units are told and reminded. After that only the due day can "
            "be changed, and only to a later one.",
            count,
        ) % {"count": count, "day": date_format(day_of(obj))}

    def context(self, obj: ReportCall) -> dict:
        return {
            "papers": obj.papers.all(),
            "owed": owing(obj)[:5],
            "owed_count": owing(obj).count(),
        }

    def run(self, obj: ReportCall, user, data: dict) -> None:
        publish(obj.pk, actor=user)


class PostponeStep(Step):
    name = "postpone"
    label = _("Move the due day")
    tone = "secondary"
    form_class = PostponeForm
    read = ("title", "opens_on", "due_on")
    done = _("The due day has been moved and the lead units have been told.")

    def concerns(self, user, obj: ReportCall) -> bool:
        return has_role(user, *PUBLISHERS)

    def shown(self, user, obj: ReportCall) -> bool:
        return obj.published_at is not None and self.concerns(user, obj)

    def answer(self, user, obj: ReportCall):
        return may_postpone(user, obj)

    def consequence(self, obj: ReportCall) -> str:
        return _(
            "Every consortium whose report is not in yet gets until the new day; its lead unit is "
            "told with your reason, and the notice shows both days. It can't be moved back."
        )

    def run(self, obj: ReportCall, user, data: dict) -> None:
        postpone(obj.pk, actor=user, **data)


@admin.register(ReportCall)
class ReportCallAdmin(BundlePages):
    """The bureau drafts a call, sees who will owe a report, and publishes it."""

    add_roles = change_roles = DRAFTERS
    steps = (PublishStep(), AttachStep(), PostponeStep())
    change_form_template = "reports/admin_call.html"
    list_display = [
        "title", "reporting_year", "opens_on", "due_on", "published_at", "reports_in",
    ]  # fmt: skip
    fields = ["reporting_year", "plan_year", "title", "text", "opens_on", "due_on"]
    actions = None

    def has_change_permission(self, request, obj=None):
        drafted = obj is None or obj.published_at is None
        return drafted and super().has_change_permission(request, obj)

    def get_queryset(self, request):
        came = Count("reports", filter=Q(reports__first_submitted_at__isnull=False))
        return super().get_queryset(request).annotate(owed=Count("reports"), came=came)

    @admin.display(description=_("reports in"))
    def reports_in(self, call):
        return f"{call.came} / {call.owed}" if call.owed else "–"

    def get_urls(self):
        view = self.admin_site.admin_view
        prefix = "reports_reportcall"
        return [
            path("<int:pk>/owing/", view(require_safe(self.owing)), name=f"{prefix}_owing"),
            path(
                "<int:pk>/papers/<int:paper_pk>/remove/",
                view(self.remove_paper),
                name=f"{prefix}_remove_paper",
            ),
            *super().get_urls(),
        ]

    def details(self, obj):
        return {
            "call": obj,
            "owed_count": owing(obj).count(),
            "exempt_count": exempt(obj).count(),
            "papers": obj.papers.all(),
            "extensions": obj.extensions.filter(report=None).select_related("granted_by"),
        }

    def change_view(self, request, object_id, form_url="", extra_context=None):
        call = self.get_object(request, object_id)
        context = {"drafts": bool(call and may_draft(request.user, call))}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def owing(self, request, pk):
        """Who owes the report and who does not, each with the reason."""
        call = self.call_or_404(request, pk)
        owes = request.GET.get("owes") != "no"
        page = Paginator(owing(call) if owes else exempt(call), PER_PAGE).get_page(
            request.GET.get("page")
        )
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _t("Who owes this report"),
            "call": call,
            "owes": owes,
            "day": day_of(call),
            "page_obj": page,
            "rows": [(consortium, reason(consortium, call)) for consortium in page],
            "query": "" if owes else "owes=no",
            "owed_count": page.paginator.count if owes else owing(call).count(),
            "exempt_count": exempt(call).count() if owes else page.paginator.count,
            "back": self.address("change", pk),
        }
        return TemplateResponse(request, "reports/owing.html", context)

    def remove_paper(self, request, pk, paper_pk):
        if request.method != "POST" or not has_role(request.user, *DRAFTERS):
            raise Http404
        paper = CallPaper.objects.filter(call=pk, pk=paper_pk).first()
        if paper is None:
            raise Http404
        try:
            papers.remove(paper, user=request.user)
        except Refused as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, _t("Removed: %(name)s") % {"name": paper.original_name})
        return redirect(self.address("change", pk))
