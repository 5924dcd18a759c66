"""The pages of one comment that was not sent yet: changed or deleted by the officers."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from filings.admin_steps import StepAdmin
from filings.permissions import may_change_comment
from filings.refusals import Refused


class RemarkPages(StepAdmin):
    """Adds the addresses of comments below those of what they are about."""

    # Its form, and the module that writes: rewrite_comment and delete_comment.
    remark_form = None
    writer = None

    def get_urls(self):
        prefix = f"{self.opts.app_label}_{self.opts.model_name}_comment"
        view, one = self.admin_site.admin_view, "<int:pk>/comments/<int:comment_pk>/"
        return [
            path("<int:pk>/comments/", view(self.comment_add), name=f"{prefix}_add"),
            path(one, view(self.comment_edit), name=f"{prefix}_edit"),
            path(f"{one}delete/", view(self.comment_delete), name=f"{prefix}_delete"),
            *super().get_urls(),
        ]

    def comments_at(self, pk: int) -> str:
        """Where the comments stand on the page of their object."""
        return f"{self.address('change', pk)}#comments"

    def form_on(self, subject, *args, **kwargs):
        """The form of a comment on it."""
        return self.remark_form(*args, **kwargs)

    def comment_add(self, request, pk):
        raise NotImplementedError

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
