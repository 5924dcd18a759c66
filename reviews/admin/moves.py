"""An officer's moves of a filing as steps; `filings.transitions` takes them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import CASE_OFFICERS, Role, has_role
from filings.admin_steps import Step
from filings.forms.steps import MoveForm, RemarkForm
from filings.holding import caution
from filings.models import Consortium, Policy
from filings.permissions import actions_for
from filings.states import Action
from filings.transitions import perform
from reviews import credit, experts
from reviews.admin.desk import DESK_STEPS
from reviews.admin.provincial import RecordStep
from reviews.credit_forms import OpenCaseForm
from reviews.decision_forms import PublishForm, RejectForm
from reviews.expert_forms import InviteForm
from reviews.forms import RevokeForm, TerminateForm
from reviews.moves import OFFICER_MOVES, concerns, consequence, outlook
from reviews.permissions import may_invite, may_open_case
from reviews.sharing import holder_of

_FORMS = {
    Action.PUBLISH: PublishForm,
    Action.REJECT: RejectForm,
    Action.TERMINATE: TerminateForm,
    Action.REVOKE: RevokeForm,
}
_TONES = {
    Action.RETURN: "secondary",
    Action.RECALL: "quiet",
    Action.REJECT: "danger",
    Action.TERMINATE: "danger",
    Action.REVOKE: "danger",
}
_TEMPLATES = {
    Action.RETURN: "workbench/unsent_comments.html",
    Action.RECOMMEND: "reviews/expert_standing.html",
}
_DONE = {
    Action.ACCEPT: _("Accepted: the filing is with the reviewing officers."),
    Action.RETURN: _("Returned for correction: the lead unit has been told."),
    Action.RECALL: _("The return is cancelled: the filing waits at intake again."),
    Action.RECOMMEND: _("Recommended: the filing is with the deciding officers."),
    Action.PUBLISH: _("Published: objections are taken until the notice ends."),
    Action.FILE: _("Filed: the number has been given and the certificate can be downloaded."),
    Action.REJECT: _("Rejected: the lead unit has been told."),
    Action.TERMINATE: _("Ended early: the units have been told."),
    Action.REVOKE: _("Revoked: the units have been told."),
}


class MoveStep(Step):
    def __init__(self, move):
        self.action = move.action
        self.name = str(move.action)
        self.label = move.action.label
        self.done = _DONE[move.action]
        usual = MoveForm if move.needs_reason else RemarkForm
        self.form_class = _FORMS.get(move.action, usual)
        self.tone = _TONES.get(move.action, "")
        self.template = _TEMPLATES.get(move.action, "")

    def concerns(self, user, obj: Consortium) -> bool:
        return concerns(user, self.action)

    def shown(self, user, obj: Consortium) -> bool:
        return has_role(user, *CASE_OFFICERS) and any(
            move.action == self.action for move, _answer in actions_for(user, obj)
        )

    def answer(self, user, obj: Consortium):
        return outlook(user, self.action, obj)

    def consequence(self, obj: Consortium) -> str:
        return consequence(self.action, obj)

    def caution(self, user, obj: Consortium) -> str:
        holder = holder_of(obj)
        return caution(holder.officer, holder.assigned_at, user) if holder else ""

    def context(self, obj: Consortium) -> dict:
        if self.action == Action.RETURN:
            return {"unsent": obj.comments.filter(sent_at__isnull=True).select_related("author")}
        if self.action != Action.RECOMMEND:
            return {}
        standing = experts.standing(obj, Policy.objects.in_force())
        return {"standing": standing, "words": experts.missing_words(standing) if standing else ""}

    def run(self, obj: Consortium, user, data: dict) -> None:
        perform(obj.pk, self.action, actor=user, **data)


class OpenCaseStep(Step):
    name = "open-case"
    label = _("Open a credit case")
    tone = "quiet"
    form_class = OpenCaseForm
    prefilled = ("unit", "stage", "facts", "evidence", "legal_basis")
    done = _("The case is open: the unit has been asked to state its side.")

    def concerns(self, user, obj: Consortium) -> bool:
        return bool(may_open_case(user, obj))

    def answer(self, user, obj: Consortium):
        return may_open_case(user, obj)

    def consequence(self, obj: Consortium) -> str:
        return _(
            "The unit reads the facts and the evidence and may state its side within the days that "
            "the policy gives. Nothing is recorded before a second person has decided."
        )

    def run(self, obj: Consortium, user, data: dict) -> None:
        credit.open_case(user=user, consortium=obj, **data)


class InviteExpertsStep(Step):
    """Offered where the policy in force uses experts, and the filing is under review."""

    name = "experts"
    label = _("Ask experts")
    tone = "secondary"
    form_class = InviteForm
    template = "reviews/expert_excluded.html"
    done = _("The experts have been asked: each gets a link of its own by e-mail.")

    def concerns(self, user, obj: Consortium) -> bool:
        return has_role(user, Role.REVIEWER)

    def shown(self, user, obj: Consortium) -> bool:
        return self.concerns(user, obj) and bool(self.answer(user, obj))

    def answer(self, user, obj: Consortium):
        return may_invite(user, obj, Policy.objects.in_force())

    def consequence(self, obj: Consortium) -> str:
        return _(
            "Each expert first declares a conflict of interest or none, then scores the filing as "
            "submitted. Nobody sees scores before all have handed in, or you close the review."
        )

    def run(self, obj: Consortium, user, data: dict) -> None:
        experts.invite(obj, user=user, experts=data["experts"])

    def after(self, user, obj: Consortium) -> str:
        found = obj.expert_rounds.first()
        return reverse("admin:reviews_expertround_change", args=[found.pk])


CONSORTIUM_STEPS = (
    *(MoveStep(move) for move in OFFICER_MOVES),
    InviteExpertsStep(),
    OpenCaseStep(),
    RecordStep(),
    *DESK_STEPS,
)
