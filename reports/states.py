"""The life of an annual report as a table. Only `reports.transitions` writes a report's status."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Role


class Status(TextChoices):
    DRAFT = "draft", pgettext_lazy("report", "In work")
    SUBMITTED = "submitted", pgettext_lazy("report", "Submitted")
    RETURNED = "returned", pgettext_lazy("report", "Returned for correction")
    ACCEPTED = "accepted", pgettext_lazy("report", "Accepted")


class Action(TextChoices):
    SUBMIT = "submit", pgettext_lazy("report", "Submit")
    WITHDRAW = "withdraw", pgettext_lazy("report", "Withdraw")
    ACCEPT = "accept", pgettext_lazy("report", "Accept")
    RETURN = "return", pgettext_lazy("report", "Return for correction")


class Entry(TextChoices):
    """What else a report's history has to tell; none of it moves the report."""

    EXTENDED = "extended", _("Due day extended")
    REMINDED = "reminded", _("Reminded by the bureau")
    SIGNED = "signed", _("Part of a unit signed off")
    REOPENED = "reopened", _("Sign-off taken back by an edit")
    SKIPPED = "skipped", _("Goes on without a unit's sign-off")


LEAD = "lead"

# action: (from, to, who)
MOVES = {
    Action.SUBMIT: ((Status.DRAFT, Status.RETURNED), Status.SUBMITTED, LEAD),
    Action.WITHDRAW: ((Status.SUBMITTED,), Status.DRAFT, LEAD),
    Action.ACCEPT: ((Status.SUBMITTED,), Status.ACCEPTED, Role.REVIEWER),
    Action.RETURN: ((Status.SUBMITTED,), Status.RETURNED, Role.REVIEWER),
}

EDITABLE = (Status.DRAFT, Status.RETURNED)

APPLICANT_WORDS = {
    Status.DRAFT: _("You are still writing it; the bureau does not see it yet."),
    Status.SUBMITTED: _("It lies with the bureau; you need do nothing."),
    Status.RETURNED: _("Your turn: mend what the bureau asks for and submit again."),
    Status.ACCEPTED: _("The bureau accepted it; nothing more is due for this year."),
}

OFFICER_WORDS = {
    Status.DRAFT: _("The lead unit is writing it; what it writes is not the bureau's to see yet."),
    Status.SUBMITTED: _("Examine it, then accept it or return it with comments."),
    Status.RETURNED: _(
        "The lead unit corrects it; what it changes is not the bureau's to see yet."
    ),
    Status.ACCEPTED: _("It has been accepted; nothing more is due for this year."),
}
