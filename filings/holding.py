"""What is told of who has something on the bureau's desk: a filing, or a report."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from filings.permissions import Answer

FREE = Answer(False, _("Nobody has claimed it."))


def held(officer, since: datetime, user) -> str:
    """Who has it and since when, to somebody who would like to have it."""
    when = date_format(timezone.localtime(since), "SHORT_DATETIME_FORMAT")
    if officer.pk == user.pk:
        return _("You have had it since %(when)s.") % {"when": when}
    return _("%(who)s has had it since %(when)s.") % {"who": officer, "when": when}


def caution(officer, since: datetime, user) -> str:
    """What an officer is told before it acts on what a colleague has."""
    if officer.pk == user.pk:
        return ""
    told = {"who": held(officer, since, user)}
    return _("%(who)s Agree with your colleague before you act.") % told
