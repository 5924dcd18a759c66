"""Experts, what they were asked, and what they scored once it may be read."""

from django.contrib import admin
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.admin_base import RoleAdmin
from accounts.roles import Role, has_role
from filings.admin_steps import Step, StepAdmin
from filings.forms.steps import ReasonForm
from filings.pdf import render
from reviews import experts
from reviews.admin.links import FilingLink
from reviews.models import Expert, ExpertInvitation, ExpertRound
from reviews.permissions import may_close_round, may_renew


class ReviewerStep(Step):
    """What reviewing officers do with experts."""

    def concerns(self, user, obj):
        return has_role(user, Role.REVIEWER)


class CloseRoundStep(ReviewerStep):
    name = "close"
    label = _("Close the expert review")
    tone = "secondary"
    form_class = ReasonForm
    done = _("Closed: the scores handed in so far can be read.")

    def answer(self, user, obj):
        return may_close_round(user, obj)

    def consequence(self, obj):
        return _("No more scores are taken, and those handed in so far can be read by officers.")

    def run(self, obj, user, data):
        experts.close_round(obj, user=user, reason=data["reason"])


class RenewStep(ReviewerStep):
    name = "renew"
    label = _("Send a new link")
    done = _("A new link is on its way; the one before opens nothing any more.")

    def answer(self, user, obj):
        return may_renew(user, obj)

    def consequence(self, obj):
        return _("The expert gets a new link with a new term. What was saved is kept.")

    def run(self, obj, user, data):
        experts.renew(obj, user=user)


class WithdrawStep(RenewStep):
    name = "withdraw"
    label = _("Withdraw the invitation")
    tone = "danger"
    done = _("Withdrawn: the link opens nothing any more.")

    def consequence(self, obj):
        return _("The link opens nothing any more, and what the expert has begun is not counted.")

    def run(self, obj, user, data):
        experts.withdraw(obj, user=user)


@admin.register(Expert)
class ExpertAdmin(RoleAdmin):
    change_roles = add_roles = (Role.REVIEWER, Role.ADMINISTRATOR)
    list_display = ["name", "unit", "title", "email", "active"]
    list_filter = ["active", "fields"]
    search_fields = ["name", "unit", "uscc", "email"]
    filter_horizontal = ["fields"]
    actions = None
    fields = ["name", "unit", "uscc", "title", "fields", "email", "active"]


@admin.register(ExpertInvitation)
class ExpertInvitationAdmin(StepAdmin):
    """One expert in one review. Scores are never shown here, only with the whole round."""

    steps = (RenewStep(), WithdrawStep())
    list_display = ["expert", "round", "sent_at", "state", "expires_on"]
    list_select_related = ["expert", "round__consortium", "round__submission"]
    search_fields = ["expert__name", "round__consortium__name"]
    ordering = ["-pk"]
    actions = None
    fields = [
        "round", "expert", "state", "sent_at", "mailed_at", "expires_on", "declared_at", "conflict",
        "submitted_at", "withdrawn_at",
    ]  # fmt: skip
    readonly_fields = fields

    @admin.display(description=_("state"))
    def state(self, obj):
        return obj.state


@admin.register(ExpertRound)
class ExpertRoundAdmin(FilingLink, StepAdmin):
    steps = (CloseRoundStep(),)
    change_form_template = "reviews/expert_round.html"
    list_display = ["consortium", "submission", "opened_at", "opened_by", "closed_at"]
    list_select_related = ["consortium", "submission", "opened_by"]
    search_fields = ["consortium__name"]
    actions = None
    fields = [
        "filing", "submission", "policy", "opened_by", "opened_at", "closed_at", "closed_by",
        "closed_reason",
    ]  # fmt: skip
    readonly_fields = fields

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.summary_view))
        return [
            path("<int:pk>/summary/", view, name="reviews_expertround_summary"),
            *super().get_urls(),
        ]

    def details(self, obj):
        found = {"invitations": obj.invitations.select_related("expert", "round__consortium")}
        return found | results_of(obj)

    def summary_view(self, request, pk):
        """The scores as a sheet to print, once they may be read."""
        rounds = ExpertRound.objects.select_related("consortium__lead_unit", "submission")
        found = get_object_or_404(rounds, pk=pk)
        context = results_of(found)
        if context["results"] is None:
            raise Http404
        sheet = render("sheets/experts.html", {"round": found} | context)
        return HttpResponse(
            sheet,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="experts-{pk}.pdf"'},
        )


def results_of(found: ExpertRound) -> dict:
    """The results with a row per criterion, as the table has them; none while it is blind."""
    results = experts.results(found)
    sheets = results.sheets if results else ()
    criteria = results.criteria if results else ()
    rows = [
        (criterion, [sheet.scores[place].points for sheet in sheets])
        for place, criterion in enumerate(criteria)
    ]
    return {"results": results, "rows": rows}
