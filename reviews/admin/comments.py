"""Comments on a filing, written while it is examined and sent all at once by the return, and
notes, which never leave the bureau."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _

from filings.admin_remarks import RemarkPages
from filings.models import Comment
from filings.permissions import may_change_comment, may_comment
from filings.refusals import Refused
from reviews import services
from reviews.dossier import fields_of
from reviews.forms import CommentForm
from reviews.models import CommentTemplate, Note
from reviews.panel import Tab
from reviews.permissions import may_delete_note, may_write_note


class CommentPages(RemarkPages):
    """Adds the addresses of comments and notes below those of a filing."""

    remark_form = CommentForm
    writer = services

    def get_urls(self):
        notes = f"{self.opts.app_label}_{self.opts.model_name}_note"
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/notes/", view(self.note_add), name=f"{notes}_add"),
            path(
                "<int:pk>/notes/<int:note_pk>/delete/",
                view(self.note_delete),
                name=f"{notes}_delete",
            ),
            *super().get_urls(),
        ]

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

    def note_entries(self, user, consortium) -> list[dict]:
        return [
            {"note": note, "about": _about(note), "may_delete": may_delete_note(user, note)}
            for note in consortium.notes.select_related("author")
        ]

    def comment_entries(self, user, comments) -> list[dict]:
        """Comments as the page lists them: what each is about, and whether it can be changed."""
        return [
            {
                "comment": comment,
                "about": _about(comment),
                "may_change": may_change_comment(user, comment),
            }
            for comment in comments
        ]

    def note_add(self, request, pk):
        consortium = self.subject_or_404(request, pk)
        if request.method != "POST" or not may_write_note(request.user):
            raise Http404
        form = CommentForm(request.POST)
        if form.is_valid():
            text = form.cleaned_data["text"]
            try:
                services.write_note(consortium, user=request.user, text=text, **form.place)
            except Refused as refused:
                form.add_error(None, refused.message)
            else:
                messages.success(request, _("Noted. Only the bureau sees it."))
                return HttpResponseRedirect(self.comments_at(pk))
        return self.filing_page(request, consortium, tab=Tab.COMMENTS, comment_form=form)

    def note_delete(self, request, pk, note_pk):
        note = self.subject_or_404(request, pk).notes.filter(pk=note_pk).first()
        if request.method != "POST" or note is None or not may_delete_note(request.user, note):
            raise Http404
        services.delete_note(note, user=request.user)
        messages.success(request, _("The note has been deleted."))
        return HttpResponseRedirect(self.comments_at(pk))

    def comment_add(self, request, pk):
        consortium = self.subject_or_404(request, pk)
        if request.method != "POST" or not may_comment(request.user, consortium):
            raise Http404
        form = CommentForm(request.POST)
        if form.is_valid():
            text = form.cleaned_data["text"]
            try:
                services.write_comment(pk, user=request.user, text=text, **form.place)
            except Refused as refused:
                form.add_error(None, refused.message)
            else:
                messages.success(request, _("Noted. It is sent when you return the filing."))
                return HttpResponseRedirect(self.comments_at(pk))
        return self.filing_page(request, consortium, tab=Tab.COMMENTS, comment_form=form)

    def comments_at(self, pk: int) -> str:
        return f"{self.address('change', pk)}?tab={Tab.COMMENTS}#comments"


def _about(entry: Comment | Note) -> str:
    """The field that it is about, by its name."""
    return dict(fields_of(entry.section)).get(entry.field, "")
