"""Reports on the bureau's desk: found in a list, read whole beside what goes with them, judged."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from accounts.roles import Role, has_role
from filings.admin_panel import chosen
from filings.holding import held
from filings.models import Policy
from filings.workdays import workdays_left
from reports.admin.comments import ReportCommentPages
from reports.admin.listing import ReportList
from reports.admin.panel import Tab, contents, tabs
from reports.admin.steps import DESK_STEPS, REPORT_STEPS
from reports.checks import findings_of
from reports.deadlines import answer_day
from reports.dossier import Chapter, chapters, papers_of
from reports.models import AnnualReport
from reports.prefill import last_report
from reports.queue import has_queue, next_for
from reports.review import case_addresses, goals
from reports.rows import ROWS
from reports.snapshot import present
from reports.states import OFFICER_WORDS, Status

# Whoever may open a credit case (`reviews.permissions`), for the link to it.
CASE_OPENERS = (Role.INTAKE, Role.REVIEWER)


@admin.register(AnnualReport)
class AnnualReportAdmin(ReportList, ReportCommentPages):
    """A report is read here whole, with last year's figures beside, and accepted or returned."""

    steps = REPORT_STEPS

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
        waits, buttons = report.status == Status.SUBMITTED, self.buttons(user, report)
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
            "buttons": [b for b in buttons if b.step not in DESK_STEPS],
            "desk_buttons": [b for b in buttons if b.step in DESK_STEPS],
            "held": held(report.holder, report.claimed_at, user) if report.holder else "",
            "next": next_for(user, after=report) if has_queue(user) else None,
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
