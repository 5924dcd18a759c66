"""Who at the bureau may do what with calls, reports and statistics: one answer each, with its
reason."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import ACTING, CASE_OFFICERS, LABELS, Role, has_role
from filings.permissions import YES, Answer
from reports.models import AnnualReport, ReportCall

# A call is drafted by one role and published by another: it binds every consortium.
DRAFTERS = (Role.REVIEWER,)
PUBLISHERS = (Role.DECIDER,)
EXTENDERS = (Role.REVIEWER, Role.DECIDER)
REMINDERS = CASE_OFFICERS
LAST_DAY = _("It is due on the last day that the guideline leaves: 31 December (clause 5.2).")


def _for_role(user, *roles: Role) -> Answer:
    if has_role(user, *roles):
        return YES
    return Answer(False, _("This is for the role: %(role)s.") % {"role": LABELS[roles[0]]})


def may_draft(user, call: ReportCall) -> Answer:
    """Whether `user` may change the call; published, it stays as it is."""
    if call.published_at:
        return Answer(False, _("The call has been published already."))
    return _for_role(user, *DRAFTERS)


def may_publish(user, call: ReportCall) -> Answer:
    if call.published_at:
        return Answer(False, _("The call has been published already."))
    return _for_role(user, *PUBLISHERS)


def may_postpone(user, call: ReportCall) -> Answer:
    """Whether `user` may move the due day of a published call later."""
    if call.published_at is None:
        return Answer(False, _("The call is a draft: its days are set there."))
    if call.due_on >= call.last_due_day:
        return Answer(False, LAST_DAY)
    return _for_role(user, *PUBLISHERS)


def may_extend(user, report: AnnualReport) -> Answer:
    """Whether `user` may give one consortium more time; what has come in needs none."""
    if report.first_submitted_at:
        return Answer(False, _("The report has come in already."))
    if report.due_on >= report.call.last_due_day:
        return Answer(False, LAST_DAY)
    return _for_role(user, *EXTENDERS)


def may_count(user) -> Answer:
    """Whether `user` may have the figures counted anew, or a yearly report of them made. Everybody
    at the bureau reads both; the auditor sets nothing going."""
    if has_role(user, *ACTING):
        return YES
    return Answer(False, _("The auditor reads and changes nothing."))
