"""The pages of what officers write about a filing or a report: comments, which the return sends all
at once, changed or deleted until then, and notes, which never leave the bureau."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from filings.admin_steps import StepAdmin
from filings.permissions import may_change_comment, may_delete_note, may_write_note
from filings.refusals import Refused
from filings.remarks import delete_note, write_note


class RemarkPages(StepAdmin):
    """Adds the addresses of comments and notes below those of what they are about."""

    # The form, the module that writes (write_comment, rewrite_comment and delete_comment), what it
    # says when it has, and how the page names its places.
    remark_form = None
    writer = None
    noted = ""
    anchor = ""

    def get_urls(self):
        prefix, view = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        comment, note = "<int:pk>/comments/<int:comment_pk>/", "<int:pk>/notes/<int:note_pk>/"
        pages = {
            "comment_add": ("<int:pk>/comments/", self.comment_add),
            "comment_edit": (comment, self.comment_edit),
            "comment_delete": (f"{comment}delete/", self.comment_delete),
            "note_add": ("<int:pk>/notes/", self.note_add),
            "note_delete": (f"{note}delete/", self.note_delete),
        }
        return [
            *(path(at, view(page), name=f"{prefix}_{name}") for name, (at, page) in pages.items()),
            *super().get_urls(),
        ]

    def may_remark(self, user, subject) -> bool:
        """Whether it is this person's turn to ask for something to be mended."""
        raise NotImplementedError

    def about(self, entry) -> str:
        """The field that a comment or a note is about, by its name."""
        raise NotImplementedError

    def comments_at(self, pk: int) -> str:
        """Where the comments stand on the page of their object."""
        raise NotImplementedError

    def came_back(self, request, subject, form):
        """The page of the object, with a form that could not be kept."""
        raise NotImplementedError

    def remarks(self, user, subject, comments, notes=()) -> dict:
        """What `workbench/comments.html` shows besides the form."""
        return {
            "comments": [
                {
                    "comment": comment,
                    "about": self.about(comment),
                    "at": self._place(comment),
                    "may_change": may_change_comment(user, comment),
                    "edit": self.address("comment_edit", subject.pk, comment.pk),
                    "delete": self.address("comment_delete", subject.pk, comment.pk),
                }
                for comment in comments
            ],
            "notes": [
                {
                    "note": note,
                    "about": self.about(note),
                    "at": self._place(note),
                    "may_delete": may_delete_note(user, note),
                    "delete": self.address("note_delete", subject.pk, note.pk),
                }
                for note in notes
            ],
            "unsent": sum(comment.sent_at is None for comment in comments),
            "may_comment": self.may_remark(user, subject),
            "may_note": may_write_note(user),
            "comment_at": self.address("comment_add", subject.pk),
            "note_at": self.address("note_add", subject.pk),
        }

    def _place(self, entry) -> str:
        return f"#{self.anchor}{getattr(entry, self.remark_form.column)}"

    def form_on(self, subject, *args, **kwargs):
        """The form of a comment or a note on it."""
        return self.remark_form(*args, **kwargs)

    def write_note(self, subject, **given) -> None:
        write_note(subject.notes, **given)

    def comment_add(self, request, pk):
        subject = self.subject_or_404(request, pk)
        if request.method != "POST" or not self.may_remark(request.user, subject):
            raise Http404

        def write(**given):
            self.writer.write_comment(pk, **given)

        return self._add(request, subject, write, self.noted)

    def note_add(self, request, pk):
        subject = self.subject_or_404(request, pk)
        if request.method != "POST" or not may_write_note(request.user):
            raise Http404

        def write(**given):
            self.write_note(subject, **given)

        return self._add(request, subject, write, _("Noted. Only the bureau sees it."))

    def _add(self, request, subject, write, done: str):
        form = self.form_on(subject, request.POST)
        if form.is_valid():
            try:
                write(user=request.user, text=form.cleaned_data["text"], **form.place)
            except Refused as refused:
                form.add_error(None, refused.message)
            else:
                messages.success(request, done)
                return HttpResponseRedirect(self.comments_at(subject.pk))
        return self.came_back(request, subject, form)

    def note_delete(self, request, pk, note_pk):
        note = self.subject_or_404(request, pk).notes.filter(pk=note_pk).first()
        if request.method != "POST" or note is None or not may_delete_note(request.user, note):
            raise Http404
        delete_note(note, user=request.user)
        messages.success(request, _("The note has been deleted."))
        return HttpResponseRedirect(self.comments_at(pk))

    def comment_edit(self, request, pk, comment_pk):
        subject, comment = self._comment(request, pk, comment_pk)
        form = self.form_on(
            subject, request.POST or None, initial=self.remark_form.filled_from(comment)
        )
        if request.method == "POST" and form.is_valid():
            text = form.cleaned_data["text"]
            try:
                self.writer.rewrite_comment(comment.pk, user=request.user, text=text, **form.place)
            except Refused as refused:
                form.add_error(None, refused.message)
            else:
                return HttpResponseRedirect(self.comments_at(pk))
        return self._comment_page(request, subject, comment, _("Change the comment"), form=form)

    def comment_delete(self, request, pk, comment_pk):
        subject, comment = self._comment(request, pk, comment_pk)
        refusal = ""
        if request.method == "POST":
            try:
                self.writer.delete_comment(comment.pk, user=request.user)
            except Refused as refused:
                refusal = refused.message
            else:
                messages.success(request, _("The comment has been deleted."))
                return HttpResponseRedirect(self.comments_at(pk))
        title = _("Delete the comment")
        return self._comment_page(request, subject, comment, title, refusal=refusal)

    def subject_or_404(self, request, pk):
        subject = self.get_object(request, str(pk))
        if subject is None:
            raise Http404
        return subject

    def _comment(self, request, pk, comment_pk):
        subject = self.subject_or_404(request, pk)
        comment = subject.comments.filter(pk=comment_pk).first()
        if comment is None or not may_change_comment(request.user, comment):
            raise Http404
        return subject, comment

    def _comment_page(self, request, subject, comment, title, **context):
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "comment": comment,
            "object": subject,
            "back": self.comments_at(subject.pk),
        }
        return TemplateResponse(request, "workbench/comment.html", context)
