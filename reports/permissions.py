"""Who at the bureau may do what with reports and statistics: one answer each, with its reason."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import ACTING, has_role
from filings.permissions import YES, Answer


def may_count(user) -> Answer:
    """Whether `user` may have the figures counted anew, or a yearly report of them made. Everybody
    at the bureau reads both; the auditor sets nothing going."""
    if has_role(user, *ACTING):
        return YES
    return Answer(False, _("The auditor reads and changes nothing."))
