"""What was filed and what was done, to be read by everybody and changed by nobody."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import RoleAdmin
from filings.models import Event, Submission
from reviews import dossier
from reviews.admin.links import FilingLink
from reviews.figure_filters import LeftStageFilter


@admin.register(Submission)
class SubmissionAdmin(RoleAdmin):
    list_display = ["consortium", "number", "submitted_at", "submitted_by", "short_digest"]
    list_select_related = ["consortium", "submitted_by"]
    list_display_links = ["number"]
    search_fields = ["consortium__name", "consortium__filing_number", "digest"]
    ordering = ["-submitted_at", "-pk"]
    actions = None

    @admin.display(description=_("digest"))
    def short_digest(self, obj):
        return obj.digest[:12]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The filing in words as of that submission, beside what it was before."""
        self._hide_from_others(request)
        submission = self.get_object(request, object_id)
        if submission is None:
            raise Http404
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        before = submission.consortium.submissions.filter(number__lt=submission.number).last()
        found = dossier.read(submission, before)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"{submission.consortium} · {submission}",
            "consortium": submission.consortium,
            "dossier": found,
            "chapters": dossier.chapters_of(found),
        }
        return TemplateResponse(request, "reviews/submission.html", context)


@admin.register(Event)
class EventAdmin(FilingLink, RoleAdmin):
    list_display = ["at", "action", "consortium", "actor", "from_status", "to_status"]
    list_filter = ["action", LeftStageFilter, "at"]
    list_select_related = ["consortium", "actor"]
    search_fields = ["consortium__name", "consortium__filing_number", "actor__full_name"]
    ordering = ["-at", "-pk"]
    actions = None
    fields = ["filing", "action", "actor", "at", "from_status", "to_status", "said", "data"]
    readonly_fields = fields

    @admin.display(description=_("reason"))
    def said(self, obj):
        return obj.said
