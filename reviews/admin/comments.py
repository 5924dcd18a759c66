"""Comments on a filing, written while it is examined and sent all at once by the return."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from filings.models import Comment, Consortium
from filings.permissions import may_comment
from filings.refusals import Refused
from filings.sections import Section
from reviews import services
from reviews.admin.steps import StepAdmin
from reviews.forms import CommentForm
from reviews.permissions import may_change_comment


class CommentPages(StepAdmin):
    """Adds the addresses of comments below those of a filing."""

    def get_urls(self):
        prefix = f"{self.opts.app_label}_{self.opts.model_name}_comment"
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/comments/", view(self.comment_add), name=f"{prefix}_add"),
            path(
                "<int:pk>/comments/<int:comment_pk>/",
                view(self.comment_edit),
                name=f"{prefix}_edit",
            ),
            path(
                "<int:pk>/comments/<int:comment_pk>/delete/",
                view(self.comment_delete),
                name=f"{prefix}_delete",
            ),
            *super().get_urls(),
        ]

    def comment_add(self, request, pk):
        consortium = self._consortium(request, pk)
        section = request.POST.get("section")
        if not may_comment(request.user, consortium) or section not in Section.values:
            raise Http404
        form = CommentForm(request.POST, section=section)
        if form.is_valid():
            try:
                services.write_comment(pk, user=request.user, **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, refused.message)
            else:
                messages.success(request, _("Noted. It is sent when you return the filing."))
                return HttpResponseRedirect(self._at(pk, section))
        return self.filing_page(request, consortium, comment_form=form)

    def comment_edit(self, request, pk, comment_pk):
        comment = self._comment(request, pk, comment_pk)
        given = {"field": comment.field, "text": comment.text}
        form = CommentForm(request.POST or None, section=comment.section, initial=given)
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            try:
                services.rewrite_comment(
                    comment.pk, user=request.user, field=data["field"], text=data["text"]
                )
            except Refused as refused:
                form.add_error(None, refused.message)
            else:
                return HttpResponseRedirect(self._at(pk, comment.section))
        return self._comment_page(request, comment, _("Change the comment"), form=form)

    def comment_delete(self, request, pk, comment_pk):
        comment = self._comment(request, pk, comment_pk)
        refusal = ""
        if request.method == "POST":
            try:
                services.delete_comment(comment.pk, user=request.user)
            except Refused as refused:
                refusal = refused.message
            else:
                messages.success(request, _("The comment has been deleted."))
                return HttpResponseRedirect(self._at(pk, comment.section))
        return self._comment_page(request, comment, _("Delete the comment"), refusal=refusal)

    def _consortium(self, request, pk) -> Consortium:
        consortium = self.get_object(request, str(pk))
        if consortium is None:
            raise Http404
        return consortium

    def _comment(self, request, pk, comment_pk) -> Comment:
        consortium = self._consortium(request, pk)
        comment = consortium.comments.filter(pk=comment_pk).first()
        if comment is None or not may_change_comment(request.user, comment):
            raise Http404
        return comment

    def _comment_page(self, request, comment, title, **context):
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "comment": comment,
            "object": comment.consortium,
            "back": self._at(comment.consortium_id, comment.section),
        }
        return TemplateResponse(request, "reviews/comment.html", context)

    def _at(self, pk: int, section: str) -> str:
        return f"{self.address('change', pk)}#section-{section}"
