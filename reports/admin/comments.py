"""Comments on a report, written while it is judged and sent all at once by the return."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.utils.translation import gettext as _

from filings.admin_remarks import RemarkPages
from filings.permissions import may_change_comment
from filings.refusals import Refused
from reports import comments as writer
from reports.admin.panel import Tab
from reports.comment_forms import ReportCommentForm
from reports.correction import Reply, replies
from reports.permissions import may_comment
from reports.places import about


class ReportCommentPages(RemarkPages):
    """Adds the addresses of comments below those of a report."""

    remark_form = ReportCommentForm
    writer = writer

    def comment_add(self, request, pk):
        report = self.subject_or_404(request, pk)
        if request.method != "POST" or not may_comment(request.user, report):
            raise Http404
        form = ReportCommentForm(request.POST, report=report)
        if form.is_valid():
            text = form.cleaned_data["text"]
            try:
                writer.write_comment(pk, user=request.user, text=text, **form.place)
            except Refused as refused:
                form.add_error(None, refused.message)
            else:
                messages.success(request, _("Noted. It is sent when you return the report."))
                return HttpResponseRedirect(self.comments_at(pk))
        return self.report_page(request, report, comment_form=form, status=422)

    def form_on(self, report, *args, **kwargs):
        return ReportCommentForm(*args, report=report, **kwargs)

    def comments_at(self, pk: int) -> str:
        return f"{self.address('change', pk)}?tab={Tab.COMMENTS}#comments"

    def comments_shown(self, request, report, form: ReportCommentForm | None = None) -> dict:
        """What the page of a report shows of its comments, and of the answers to the last ones."""
        entries = [
            {
                "comment": comment,
                "about": about(comment),
                "may_change": may_change_comment(request.user, comment),
            }
            for comment in report.comments.select_related("author")
        ]
        chosen = {"about": request.GET.get("about", "")}
        return {
            "comments": entries,
            "unsent": sum(entry["comment"].sent_at is None for entry in entries),
            "may_comment": may_comment(request.user, report),
            "comment_form": form or ReportCommentForm(report=report, initial=chosen),
            "replies": _named(replies(report)),
        }

    def report_page(self, request, report, **given):
        """The page of the report, with a form that could not be kept."""
        raise NotImplementedError


def _named(found: list[Reply] | None) -> list[dict] | None:
    """The replies, with the name of the field that each comment is about."""
    return found and [
        {
            "part": reply.part,
            "comments": [
                {"comment": comment, "about": about(comment), "changes": changes}
                for comment, changes in reply.comments
            ],
            "changes": reply.changes,
            "is_untouched": reply.is_untouched,
        }
        for reply in found
    ]
