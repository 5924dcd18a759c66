"""The list of reports: what waits, who has it, what is done to several at once."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR, ChangeList
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.roles import has_role
from filings.admin_filters import StandingFilter
from filings.admin_steps import StepAdmin
from filings.models import Policy, ReportGrade
from filings.refusals import Refused
from reports import claiming
from reports.chasing import remind
from reports.deadlines import answer_day
from reports.permissions import REMINDERS
from reports.querysets import due_day
from reports.queue import BY_ANSWER_DAY, IN_ORDER, claimed_by, has_queue, unclaimed, waiting_for
from reports.states import EDITABLE, Status
from reports.statistics.filters import CameFilter, ReportFieldFilter

# So many are claimed, or lead units reminded, at once.
MOST = 100


class QueueFilter(StandingFilter):
    """Opens on what waits for the reader; who searches or asks for anything means all reports."""

    title = _("queue")
    parameter_name = "queue"

    def __init__(self, request, params, model, model_admin):
        asked = set(request.GET) - {PAGE_VAR, ORDER_VAR}
        self.opening = "mine" if has_queue(request.user) and not asked else "all"
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        mine = [("mine", _("Waiting for me")), ("claimed", _("Claimed by me"))]
        rest = [("free", _("Nobody has it")), ("all", _("All reports"))]
        return mine + rest if has_queue(request.user) else rest

    def value(self):
        chosen = super().value()
        return chosen if chosen in ("mine", "claimed", "free", "all") else self.opening

    def queryset(self, request, queryset):
        if self.value() == "mine":
            return queryset.filter(waiting_for(request.user))
        if self.value() == "claimed":
            return queryset.filter(claimed_by(request.user))
        return queryset.filter(unclaimed()) if self.value() == "free" else queryset


class GradeFilter(admin.SimpleListFilter):
    """The grades of all policies; there is none to choose where no policy had any."""

    title = _("grade")
    parameter_name = "grade"

    def lookups(self, request, model_admin):
        grades = ReportGrade.objects.order_by("policy__effective_from", "order", "pk")
        return list(dict(grades.values_list("code", "name")).items())

    def queryset(self, request, queryset):
        return queryset.filter(grade=self.value()) if self.value() else queryset


class ReportChangeList(ChangeList):
    def get_results(self, request):
        """With the day until which the bureau answers what lies with it."""
        super().get_results(request)
        policy = Policy.objects.in_force()
        for report in self.result_list:
            waits = report.status == Status.SUBMITTED
            report.answer_by = answer_day(report, policy) if waits else None


class ReportList(StepAdmin):
    list_display = ["consortium", "lead", "state", "due", "came", "examined_by"]
    list_filter = [QueueFilter, "status", "call", CameFilter, GradeFilter, ReportFieldFilter]
    search_fields = [
        "consortium__name", "consortium__filing_number", "consortium__lead_unit__name",
    ]  # fmt: skip
    list_select_related = ["call", "consortium__lead_unit", "officer"]
    ordering = IN_ORDER
    actions = ["claim_selected", "release_selected", "remind_selected"]

    class Media:
        css = {"all": ["css/components.css", "css/workbench.css"]}
        js = ["js/workbench.js"]

    def get_changelist(self, request, **kwargs):
        return ReportChangeList

    @admin.display(description=_("lead unit"))
    def lead(self, report):
        year = format_html("{} {}", _("reporting year"), self.year(report))
        return _with_hint(report.consortium.lead_unit, year)

    @admin.display(description=_("reporting year"))
    def year(self, report):
        return str(report.call.reporting_year)

    @admin.display(description=_("status"), ordering="status")
    def state(self, report):
        return format_html(
            '<span class="pill pill-{}">{}</span> {}',
            report.status, report.get_status_display(), report.grade_name,
        )  # fmt: skip

    @admin.display(description=_("due on"), ordering=due_day())
    def due(self, report):
        return _with_hint(_day(report.due_on), self.punctual(report))

    @admin.display(description=_("due on"))
    def due_on(self, report):
        return report.due_on

    @admin.display(description=_("punctuality"))
    def punctual(self, report):
        if not report.is_late_on(timezone.localdate()):
            return _("on time")
        return _("missing") if report.status in EDITABLE and not report.submitted_at else _("late")

    @admin.display(description=_("submitted at"), ordering=BY_ANSWER_DAY)
    def came(self, report):
        if report.submitted_at is None:
            return "–"
        answer = ""
        if report.answer_by:
            answer = _("to be answered by %(day)s") % {"day": _day(report.answer_by)}
        return _with_hint(_day(timezone.localdate(report.submitted_at)), answer)

    @admin.display(description=_("officer"))
    def examined_by(self, report):
        return report.holder or "–"

    def has_examine_permission(self, request):
        return has_queue(request.user)

    def has_remind_permission(self, request):
        return has_role(request.user, *REMINDERS)

    @admin.action(description=_("Claim"), permissions=["examine"])
    def claim_selected(self, request, queryset):
        self._claimed(request, self._each(request, queryset, claiming.claim))

    @admin.action(description=_("Release"), permissions=["examine"])
    def release_selected(self, request, queryset):
        self._claimed(request, self._each(request, queryset, claiming.release))

    @admin.action(description=_("Remind the lead units"), permissions=["remind"])
    def remind_selected(self, request, queryset):
        done = self._each(request, queryset, lambda pk, user: remind(pk, actor=user))
        text = ngettext("%(count)s lead unit reminded.", "%(count)s lead units reminded.", done)
        messages.success(request, text % {"count": done})

    def _claimed(self, request, done: int) -> None:
        text = ngettext("%(count)s report: done.", "%(count)s reports: done.", done)
        messages.success(request, text % {"count": done})

    def _each(self, request, queryset, act) -> int:
        """Do something to every report that was chosen, tell why where it was not, and count."""
        done = 0
        for report in queryset[:MOST]:
            try:
                act(report.pk, user=request.user)
            except Refused as refused:
                messages.warning(request, f"{report}: {refused.message}")
            else:
                done += 1
        return done


def _day(day) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _with_hint(text, hint) -> str:
    return format_html('{}<br><span class="hint">{}</span>', text, hint)
