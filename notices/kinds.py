"""What each kind of message is: its group in the preferences, and whether it may go by SMS.

The inbox gets every message. A group whose e-mails can't be switched off is `fixed`: periods run
from what it tells, or somebody's rights hang on it. A kind that has no row here is treated as
`OTHERS`: in the inbox and by e-mail, as its group's preference says, never by SMS.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Group(models.TextChoices):
    DECISIONS = "decisions", _("Decisions of the bureau")
    DEADLINES = "deadlines", _("Reminders of due days")
    PROGRESS = "progress", _("Progress of filings and reports")
    UNITS = "units", _("Answers and requests between units")
    DESK = "desk", _("Work that waits at the bureau")

    @property
    def fixed(self) -> bool:
        """Whether its e-mails are sent at once, whatever a person would like."""
        return self == Group.DECISIONS

    @property
    def words(self):
        return WORDS[self]


WORDS = {
    Group.DECISIONS: _(
        "Returned for correction, filed, rejected, lapsed, ended, cancelled; the yearly call for "
        "reports; credit cases."
    ),
    Group.DEADLINES: _("What is due soon, and what is overdue."),
    Group.PROGRESS: _("Submitted, accepted, recommended, published, withdrawn."),
    Group.UNITS: _("Who is asked to confirm its part, and who confirmed or disputes it."),
    Group.DESK: _("Filings, reports, objections, changes and credit cases that wait for you."),
}


class When(models.TextChoices):
    """How fast a person wants the e-mails of a group."""

    AT_ONCE = "at_once", pgettext_lazy("of an e-mail", "At once")
    DAILY = "daily", _("Together, in one e-mail each morning")
    INBOX = "inbox", _("No e-mail: I read the inbox")


@dataclass(frozen=True, slots=True)
class Kind:
    group: Group
    # What is urgent enough for a telephone: a period begins, or ends in a few days.
    urgent: bool = False


OTHERS = Kind(Group.PROGRESS)

_URGENT = {
    Group.DECISIONS: (
        "credit_case_opened", "credit_case_upheld", "duty_asked", "filing_lapse", "filing_return",
        "filing_revoke", "report_return", "support_returned",
    ),
    Group.DEADLINES: (
        "duty_reminder", "reminder_correction", "reminder_statement",
        "report_correction_reminder", "report_overdue", "report_reminder", "support_reminder",
    ),
}  # fmt: skip
_QUIET = {
    Group.DECISIONS: (
        "credit_case_dismissed", "credit_case_evidence", "credit_record_corrected",
        "credit_record_lifted", "duty_closed", "filing_expire", "filing_file", "filing_recall",
        "filing_reject", "filing_terminate", "report_extended", "report_open",
        "support_decided", "support_shared",
    ),
    Group.DEADLINES: ("reminder_expiry",),
    Group.PROGRESS: (
        "filing_accept", "filing_publish", "filing_recommend", "filing_submit", "filing_withdraw",
        "provincial_checked", "report_accept", "report_submit", "report_withdraw", "support_moved",
    ),
    Group.UNITS: ("filing_confirm", "filing_dispute", "member_confirm", "report_unit"),
    Group.DESK: (
        "bureau_due", "bureau_late", "bureau_work_late", "credit_case_proposed",
        "credit_case_stated", "duty_overdue", "expert_conflict", "expert_due", "expert_late",
        "expert_submitted", "filing_assigned", "filing_change", "filing_closing",
        "filing_objection", "filing_provincial", "filing_waits", "report_waits", "reports_missing",
        "statement_over", "support_waits",
    ),
}  # fmt: skip
KINDS = {name: Kind(group) for group, names in _QUIET.items() for name in names} | {
    name: Kind(group, urgent=True) for group, names in _URGENT.items() for name in names
}
# Told to people who have no inbox: these leave by mail alone, beside the ledger.
OUTSIDE = frozenset({"expert_invitation", "member_invitation"})

# The daily e-mail itself; it is no message that anybody would look for in the inbox.
DIGEST = "digest"


def kind_of(name: str) -> Kind:
    return KINDS.get(name, OTHERS)


def names_of(group: Group) -> list[str]:
    return [name for name, kind in KINDS.items() if kind.group == group]


def has_urgent(group: Group) -> bool:
    return group in _URGENT
