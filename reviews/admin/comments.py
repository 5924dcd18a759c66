"""Comments on a filing, and notes, as its page shows them."""

from django.utils.translation import gettext_lazy as _

from filings.admin_remarks import RemarkPages
from filings.permissions import may_comment
from reviews import services
from reviews.dossier import fields_of
from reviews.forms import CommentForm
from reviews.models import CommentTemplate
from reviews.panel import Tab


class CommentPages(RemarkPages):
    remark_form = CommentForm
    writer = services
    noted = _("Noted. It is sent when you return the filing.")
    anchor = "section-"

    def may_remark(self, user, subject) -> bool:
        return may_comment(user, subject)

    def about(self, entry) -> str:
        return dict(fields_of(entry.section)).get(entry.field, "")

    def comments_at(self, pk: int) -> str:
        return f"{self.address('change', pk)}?tab={Tab.COMMENTS}#comments"

    def came_back(self, request, subject, form):
        return self.filing_page(request, subject, tab=Tab.COMMENTS, comment_form=form)

    def comment_form(self, request, consortium) -> CommentForm:
        """The form, about the part of the filing that the reader came from, or begun from the
        template that was chosen."""
        wanted = request.GET.get("template", "")
        chosen = self.templates().filter(pk=wanted).first() if wanted.isdecimal() else None
        if chosen:
            return CommentForm(initial={"about": chosen.section, "text": chosen.text})
        return CommentForm(initial={"about": request.GET.get("about", "")})

    def templates(self):
        return CommentTemplate.objects.filter(is_active=True)
