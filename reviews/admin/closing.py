"""Closing summaries as they were handed in. What is only being written is its lead unit's."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, has_role
from filings.admin_steps import Step, StepAdmin
from filings.closing.content import figures_of, tasks_of, texts_of
from filings.closing.writing import take_note
from filings.models import ClosingSummary
from reviews.admin.links import FilingLink
from reviews.filters import OpenClosingFilter
from reviews.permissions import may_note_summary


class NoteSummaryStep(Step):
    name = "note"
    label = _("Take note")
    done = _("The bureau has taken note of the closing summary.")

    def concerns(self, user, obj):
        return has_role(user, Role.REVIEWER)

    def answer(self, user, obj):
        return may_note_summary(user, obj)

    def consequence(self, obj):
        return _(
            "You state that the bureau has read it. It is no decision, and nothing depends on it; "
            "a newer one has to be noted again."
        )

    def run(self, obj, user, data):
        take_note(obj, user=user)


@admin.register(ClosingSummary)
class ClosingSummaryAdmin(FilingLink, StepAdmin):
    steps = (NoteSummaryStep(),)
    change_form_template = "reviews/closing.html"
    list_display = ["consortium", "ends_on", "submitted_at", "noted_at", "noted_by"]
    list_filter = [OpenClosingFilter]
    list_select_related = ["consortium", "noted_by"]
    search_fields = [
        "consortium__name", "consortium__filing_number", "consortium__lead_unit__name",
    ]  # fmt: skip
    actions = None
    fields = ["filing", "ends_on", "handed_in", "noted_by", "noted_at"]
    readonly_fields = fields

    def get_queryset(self, request):
        handed_in = super().get_queryset(request).filter(submitted_at__isnull=False)
        return handed_in.select_related("consortium__lead_unit")

    @admin.display(description=_("end of the term"), ordering="consortium__ends_on")
    def ends_on(self, obj):
        return obj.consortium.ended_on or obj.consortium.ends_on

    @admin.display(description=_("as handed in"))
    def handed_in(self, obj):
        rows = (
            (
                reverse("filings:closing_pdf", args=[obj.consortium_id, submission.number]),
                submission,
                submission.signed_name,
            )
            for submission in obj.submissions.all()
        )
        return format_html_join("\n", '<a href="{}">{} (PDF)</a> {}', rows)

    def details(self, obj):
        content = obj.submissions.last().content
        return {
            "content": content,
            "tasks": tasks_of(content),
            "texts": texts_of(content),
            "figures": figures_of(content),
            "consortium": obj.consortium,
        }
