"""What an officer can do with a report, as steps; `transitions`, `extensions` and `chasing` act."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import ASSIGNERS, Role, has_role
from filings.admin_steps import Step
from filings.correction import sent_back
from filings.forms.steps import VersionForm
from filings.holding import FREE, caution
from filings.models import Policy
from reports import claiming
from reports.call_forms import DueDayForm
from reports.chasing import remind
from reports.correction import to_send
from reports.desk_forms import AcceptForm
from reports.extensions import extend
from reports.models import AnnualReport
from reports.permissions import (
    EXTENDERS,
    REMINDERS,
    may_claim,
    may_extend,
    may_release,
    may_remind,
)
from reports.states import Action, Status
from reports.transitions import outlook, perform


class JudgementStep(Step):
    """Of the reviewing officer, while the report lies with the bureau."""

    action: Action
    read = ("consortium", "year", "submitted_at", "punctual")

    def concerns(self, user, obj: AnnualReport) -> bool:
        return has_role(user, Role.REVIEWER)

    def shown(self, user, obj: AnnualReport) -> bool:
        return self.concerns(user, obj) and obj.status == Status.SUBMITTED

    def answer(self, user, obj: AnnualReport):
        return outlook(user, self.action, obj)

    def caution(self, user, obj: AnnualReport) -> str:
        return caution(obj.holder, obj.claimed_at, user) if obj.holder else ""

    def run(self, obj: AnnualReport, user, data: dict) -> None:
        perform(obj.pk, self.action, actor=user, **data)


class AcceptStep(JudgementStep):
    name = "accept"
    label = _("Accept the report")
    action = Action.ACCEPT
    form_class = AcceptForm
    done = _("Accepted: the lead unit has been told.")

    def consequence(self, obj: AnnualReport) -> str:
        return _(
            "Accepting ends the duty for that year: the report stays as it is and counts in the "
            "statistics. The lead unit is told. This can't be taken back."
        )


class ReturnStep(JudgementStep):
    name = "return"
    label = _("Return the report")
    tone = "secondary"
    action = Action.RETURN
    form_class = VersionForm
    template = "workbench/unsent_comments.html"
    done = _("Returned for correction: the lead unit has been told.")

    def consequence(self, obj: AnnualReport) -> str:
        day = timezone.localdate()
        return sent_back(day, Policy.objects.in_force(day))

    def context(self, obj: AnnualReport) -> dict:
        return {"unsent": to_send(obj).select_related("author")}


class ExtendStep(Step):
    name = "extend"
    label = _("Give more time")
    tone = "quiet"
    form_class = DueDayForm
    read = ("consortium", "due_on")
    done = _("The due day has been moved and the lead unit has been told.")

    def concerns(self, user, obj: AnnualReport) -> bool:
        return has_role(user, *EXTENDERS)

    def shown(self, user, obj: AnnualReport) -> bool:
        return self.concerns(user, obj) and obj.first_submitted_at is None

    def answer(self, user, obj: AnnualReport):
        return may_extend(user, obj)

    def consequence(self, obj: AnnualReport) -> str:
        return _(
            "This consortium alone gets until the end of the new day, and its report counts as "
            "late only after that. Its lead unit reads your reason."
        )

    def run(self, obj: AnnualReport, user, data: dict) -> None:
        extend(obj.pk, actor=user, **data)


class RemindStep(Step):
    name = "remind"
    label = _("Remind the lead unit")
    tone = "quiet"
    read = ("consortium", "due_on")
    done = _("The lead unit has been reminded.")

    def concerns(self, user, obj: AnnualReport) -> bool:
        return has_role(user, *REMINDERS)

    def shown(self, user, obj: AnnualReport) -> bool:
        return bool(self.answer(user, obj))

    def answer(self, user, obj: AnnualReport):
        return may_remind(user, obj)

    def consequence(self, obj: AnnualReport) -> str:
        return _("Its people get a message and an e-mail today, besides those of the calendar.")

    def run(self, obj: AnnualReport, user, data: dict) -> None:
        remind(obj.pk, actor=user)


class ClaimStep(Step):
    name = "claim"
    label = _("Claim")
    at_once = True
    done = _("You have this report now; your colleagues see it.")

    def concerns(self, user, obj: AnnualReport) -> bool:
        return has_role(user, Role.REVIEWER)

    def shown(self, user, obj: AnnualReport) -> bool:
        return obj.holder is None and bool(may_claim(user, obj))

    def answer(self, user, obj: AnnualReport):
        return may_claim(user, obj)

    def consequence(self, obj: AnnualReport) -> str:
        return _("The list shows your colleagues that you are at it. You can release it any time.")

    def run(self, obj: AnnualReport, user, data: dict) -> None:
        claiming.claim(obj.pk, user=user)


class ReleaseStep(Step):
    name = "release"
    label = _("Release")
    at_once = True
    done = _("The report is free again.")

    def concerns(self, user, obj: AnnualReport) -> bool:
        return has_role(user, Role.REVIEWER, *ASSIGNERS)

    def shown(self, user, obj: AnnualReport) -> bool:
        return obj.holder is not None and bool(may_release(user, obj))

    def answer(self, user, obj: AnnualReport):
        return may_release(user, obj) if obj.holder else FREE

    def consequence(self, obj: AnnualReport) -> str:
        return _("Nobody has the report then; every reviewing officer sees it in the list.")

    def run(self, obj: AnnualReport, user, data: dict) -> None:
        claiming.release(obj.pk, user=user)


DESK_STEPS = (ClaimStep(), ReleaseStep())
REPORT_STEPS = (AcceptStep(), ReturnStep(), ExtendStep(), RemindStep(), *DESK_STEPS)
