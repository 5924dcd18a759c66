"""Reports on the bureau's desk: found in a list, read whole beside what goes with them, judged."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.roles import Role, has_role
from filings.admin_panel import chosen
from filings.models import Policy
from filings.refusals import Refused
from filings.workdays import workdays_left
from reports.admin.comments import ReportCommentPages
from reports.admin.panel import Tab, contents, tabs
from reports.admin.steps import REPORT_STEPS
from reports.chasing import remind
from reports.checks import findings_of
from reports.deadlines import answer_day
from reports.dossier import Chapter, chapters, papers_of
from reports.models import AnnualReport
from reports.permissions import REMINDERS
from reports.prefill import last_report
from reports.querysets import due_day
from reports.review import case_addresses, goals
from reports.rows import ROWS
from reports.snapshot import present
from reports.states import EDITABLE, OFFICER_WORDS, Status
from reports.statistics.filters import CameFilter, ReportFieldFilter

# Whoever may open a credit case (`reviews.permissions`), for the link to it.
CASE_OPENERS = (Role.INTAKE, Role.REVIEWER)
# So many lead units are reminded at once.
MOST = 100


@admin.register(AnnualReport)
class AnnualReportAdmin(ReportCommentPages):
    """A report is read here whole, with last year's figures beside, and accepted or returned."""

    steps = REPORT_STEPS
    list_display = ["consortium", "lead", "year", "status", "due", "submitted_at", "punctual"]
    list_filter = ["status", "call", CameFilter, ReportFieldFilter]
    search_fields = [
        "consortium__name", "consortium__filing_number", "consortium__lead_unit__name",
    ]  # fmt: skip
    list_select_related = ["call", "consortium__lead_unit"]
    actions = ["remind_selected"]

    class Media:
        css = {"all": ["css/components.css", "css/workbench.css"]}

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

    def report_page(self, request, report, comment_form=None, status=200):
        """The report with what there is to know and to do; a comment came back unfit."""
        user, day = request.user, timezone.localdate()
        submission = report.submissions.select_related("submitted_by").last()
        papers = papers_of(report, submission)
        said = self.comments_shown(request, report, comment_form)
        read = () if report.is_editable else self._chapters(report, papers, said["comments"])
        offered = tabs(papers, read, said["replies"], said["comments"])
        asked = Tab.COMMENTS if comment_form else ""
        tab = chosen(request, [tab for tab, _count in offered], "report_tab", asked)
        waits = report.status == Status.SUBMITTED
        due = answer_day(report, Policy.objects.in_force(day)) if waits else None
        context = {
            **self.admin_site.each_context(request),
            "title": str(report),
            "opts": self.opts,
            "report": report,
            "words": OFFICER_WORDS[report.status],
            "due": due,
            "days": workdays_left(day, due) if due else None,
            "late": report.is_late_on(day),
            "buttons": self.buttons(user, report),
            "cases": case_addresses(report) if has_role(user, *CASE_OPENERS) else [],
            "submission": submission,
            "chapters": read,
            "goals": goals(report) if read else [],
            "found": sum(len(chapter.judged) for chapter in read),
            "signed": sum(part.signed_at is not None for part in report.units.all()),
            "others": sum(not part.is_lead for part in report.units.all()),
            "handed_in": present(submission.content) if submission and not read else [],
            "tab": tab,
            "tabs": offered,
            **said,
            **contents(tab, report, papers, request.GET),
        }
        return render(request, "reports/desk/report.html", context, status=status)

    def _chapters(self, report, papers, comments) -> list[Chapter]:
        before = last_report(report)
        read = [report, before] if before else [report]
        prefetch_related_objects(read, *ROWS)
        findings = findings_of(report)
        return chapters(report, before, findings, papers, [one["comment"] for one in comments])
