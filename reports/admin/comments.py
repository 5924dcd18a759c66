"""Comments on a report, and notes, as its page shows them; and the answers to the last return."""

from django.utils.translation import gettext_lazy as _

from filings.admin_remarks import RemarkPages
from reports import comments as writer
from reports.admin.panel import Tab
from reports.comment_forms import ReportCommentForm
from reports.correction import Reply, replies
from reports.permissions import may_comment
from reports.places import about


class ReportCommentPages(RemarkPages):
    remark_form = ReportCommentForm
    writer = writer
    noted = _("Noted. It is sent when you return the report.")
    anchor = "part-"

    def may_remark(self, user, subject) -> bool:
        return may_comment(user, subject)

    def about(self, entry) -> str:
        return about(entry)

    def form_on(self, report, *args, **kwargs):
        return ReportCommentForm(*args, report=report, **kwargs)

    def write_note(self, report, **given):
        writer.write_note(report, **given)

    def comments_at(self, pk: int) -> str:
        return f"{self.address('change', pk)}?tab={Tab.COMMENTS}#comments"

    def came_back(self, request, subject, form):
        return self.report_page(request, subject, comment_form=form, status=422)

    def comments_shown(self, request, report, form: ReportCommentForm | None = None) -> dict:
        """What the page shows of comments and notes, and of the answers to the last return."""
        comments = list(report.comments.select_related("author"))
        notes = report.notes.select_related("author")
        chosen = {"about": request.GET.get("about", "")}
        return {
            **self.remarks(request.user, report, comments, notes),
            "comment_form": form or self.form_on(report, initial=chosen),
            "replies": _named(replies(report)),
        }


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
