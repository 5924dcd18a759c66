from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.roles import Role, has_role
from filings.admin_steps import Step
from filings.refusals import Refused
from reports.admin.comments import ReportCommentPages
from reports.call_forms import DueDayForm
from reports.chasing import remind
from reports.checks import findings_of
from reports.extensions import extend
from reports.figures import compared
from reports.forms import JudgementForm
from reports.models import AnnualReport
from reports.parts import Part
from reports.permissions import EXTENDERS, REMINDERS, may_extend, may_remind
from reports.prefill import last_report
from reports.querysets import due_day
from reports.review import case_addresses, goals, judged
from reports.rows import ROWS
from reports.states import EDITABLE, Action, Status
from reports.statistics.filters import CameFilter, ReportFieldFilter
from reports.transitions import may_take, perform

# Whoever may open a credit case (`reviews.permissions`), for the link to it.
CASE_OPENERS = (Role.INTAKE, Role.REVIEWER)
# So many lead units are reminded at once.
MOST = 100


class ExtendStep(Step):
    name = "extend"
    label = _("Give more time")
    tone = "quiet"
    form_class = DueDayForm
    read = ("consortium", "due_on")
    done = _("The due day has been moved and the lead unit has been told.")

    def concerns(self, user, obj: AnnualReport) -> bool:
        return has_role(user, *EXTENDERS)

    def shown(self, user, obj: AnnualReport) -> bool:
        return self.concerns(user, obj) and obj.first_submitted_at is None

    def answer(self, user, obj: AnnualReport):
        return may_extend(user, obj)

    def consequence(self, obj: AnnualReport) -> str:
        return _(
            "This consortium alone gets until the end of the new day, and its report counts as "
            "late only after that. Its lead unit reads your reason."
        )

    def run(self, obj: AnnualReport, user, data: dict) -> None:
        extend(obj.pk, actor=user, **data)


class RemindStep(Step):
    name = "remind"
    label = _("Remind the lead unit")
    tone = "quiet"
    read = ("consortium", "due_on")
    done = _("The lead unit has been reminded.")

    def concerns(self, user, obj: AnnualReport) -> bool:
        return has_role(user, *REMINDERS)

    def shown(self, user, obj: AnnualReport) -> bool:
        return bool(self.answer(user, obj))

    def answer(self, user, obj: AnnualReport):
        return may_remind(user, obj)

    def consequence(self, obj: AnnualReport) -> str:
        return _("Its people get a message and an e-mail today, besides those of the calendar.")

    def run(self, obj: AnnualReport, user, data: dict) -> None:
        remind(obj.pk, actor=user)


@admin.register(AnnualReport)
class AnnualReportAdmin(ReportCommentPages):
    """A report is read here whole, with last year's figures beside, and accepted or returned."""

    steps = (ExtendStep(), RemindStep())
    list_display = ["consortium", "lead", "year", "status", "due", "submitted_at", "punctual"]
    list_filter = ["status", "call", CameFilter, ReportFieldFilter]
    search_fields = [
        "consortium__name", "consortium__filing_number", "consortium__lead_unit__name",
    ]  # fmt: skip
    list_select_related = ["call", "consortium__lead_unit"]
    actions = ["remind_selected"]

    class Media:
        css = {"all": ["css/components.css", "css/workbench.css"]}

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

    @admin.display(description=_("due on"), ordering=due_day())
    def due(self, report):
        return report.due_on

    @admin.display(description=_("due on"))
    def due_on(self, report):
        return report.due_on

    def has_remind_permission(self, request):
        return has_role(request.user, *REMINDERS)

    @admin.action(description=_("Remind the lead units"), permissions=["remind"])
    def remind_selected(self, request, queryset):
        done = 0
        for report in queryset[:MOST]:
            try:
                remind(report.pk, actor=request.user)
            except Refused as refused:
                messages.warning(request, f"{report}: {refused.message}")
            else:
                done += 1
        text = ngettext("%(count)s lead unit reminded.", "%(count)s lead units reminded.", done)
        messages.success(request, text % {"count": done})

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
        return self.report_page(request, report)

    def report_page(self, request, report, form=None, comment_form=None, status=200):
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
            "documents": report.documents.kept(),
            "events": report.events.select_related("actor"),
            "goals": goals(report),
            "findings": judged(report, findings_of(report)),
            "buttons": self.buttons(request.user, report),
            "cases": case_addresses(report) if has_role(request.user, *CASE_OPENERS) else [],
            "late": report.is_late_on(timezone.localdate()),
            "accept": buttons[Action.ACCEPT],
            "return_": buttons[Action.RETURN],
            "acts": request.user.is_active and self._acts(request),
            "form": form or JudgementForm(initial={"version": report.version}),
            "waits": report.status == Status.SUBMITTED,
            **self.comments_shown(request, report, comment_form),
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
        form = JudgementForm(request.POST)
        if not form.is_valid():
            return self.report_page(request, report, form, status=422)
        try:
            seen = form.cleaned_data["version"]
            perform(pk, action, actor=request.user, expected_version=seen)
        except Refused as refused:
            messages.error(request, refused.message)
            return self.report_page(request, report, form, status=409)
        messages.success(request, _("Done: %(action)s.") % {"action": action.label})
        return redirect(reverse("admin:reports_annualreport_change", args=[pk]))
