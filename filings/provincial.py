"""Whether consortia reach and are granted the provincial level, their building's aim (clause 2).

One entry per application. What the lead unit reports counts once the bureau has confirmed it; what
an officer records is confirmed. Every word that was changed stands in the consortium's history.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import is_officer
from filings.attachments import file_under, taken_in
from filings.database import lock
from filings.history import record
from filings.models import Consortium, Document, DocumentKind, ProvincialApplication
from filings.notifications import announce_entry, provincial_was_checked
from filings.permissions import may_report_provincial
from filings.refusals import Conflict, NotPermitted, Refused
from filings.states import Entry

Outcome, Standing = ProvincialApplication.Outcome, ProvincialApplication.Standing


@dataclass(frozen=True, slots=True)
class Counted:
    """Applications of a year, or of all: what was confirmed, and what is still to be checked."""

    applied: int
    granted: int
    not_granted: int
    reported: int


def counted(year: int | None = None) -> Counted:
    """How many applications were made in `year` (in all years without one), and their outcomes.

    `applied` are all that the bureau stands for, decided or not.
    """
    applications = ProvincialApplication.objects.all()
    if year is not None:
        applications = applications.filter(year=year)
    confirmed = Q(standing=Standing.CONFIRMED)
    return Counted(
        **applications.aggregate(
            applied=Count("pk", confirmed),
            granted=Count("pk", confirmed & Q(outcome=Outcome.GRANTED)),
            not_granted=Count("pk", confirmed & Q(outcome=Outcome.NOT_GRANTED)),
            reported=Count("pk", Q(standing=Standing.REPORTED)),
        )
    )


def report(
    consortium: Consortium,
    *,
    user,
    said: dict[str, Any],
    upload: File | None = None,
    application: ProvincialApplication | None = None,
) -> ProvincialApplication:
    """Report an application, or with `application` what became of it; an officer's word is
    confirmed at once.

    `said` has year, outcome, decided_on, title and number. Raises NotPermitted, Refused for what
    was settled, ValidationError for what does not fit together or an unfit file.
    """
    with _evidence(upload) as document:
        consortium = lock(Consortium.objects).get(pk=consortium.pk)
        answer = may_report_provincial(user, consortium)
        if not answer:
            raise NotPermitted(answer.reason)
        row = application and ProvincialApplication.objects.get(pk=application.pk)
        row = row or ProvincialApplication(consortium=consortium)
        if row.is_settled and not is_officer(user):
            raise Refused(_("The bureau has confirmed how this application came out."))
        if document:
            file_under(document, consortium, user=user, kind=DocumentKind.PROVINCIAL)
            row.document = document
        for name, value in said.items():
            setattr(row, name, value)
        _refuse_unfit(row, proven=is_officer(user))
        _stand(row, user)
        _tell(row, user)
        return row


@contextmanager
def _evidence(upload: File | None) -> Iterator[Document | None]:
    if upload is None:
        with transaction.atomic():
            yield None
    else:
        with taken_in(upload) as document:
            yield document


def _refuse_unfit(row: ProvincialApplication, *, proven: bool) -> None:
    """What an outcome needs: a day that has come, a name for what was granted, and evidence where
    the lead unit says so."""
    errors, decided = {}, row.outcome != Outcome.APPLIED
    if not decided:
        row.decided_on = None
    elif row.decided_on is None:
        errors["decided_on"] = _("Give the day of the province's decision.")
    elif row.decided_on > timezone.localdate() or row.decided_on.year < row.year:
        errors["decided_on"] = _("The day lies between the year of the application and today.")
    if row.year > timezone.localdate().year:
        errors["year"] = _("The year has not begun yet.")
    if row.outcome == Outcome.GRANTED and not row.title:
        errors["title"] = _("Give the name of the provincial consortium.")
    if decided and not proven and row.document is None:
        errors["upload"] = _("Attach the province's document as evidence.")
    twins = row.consortium.provincial_applications.filter(year=row.year).exclude(pk=row.pk)
    if not errors and twins.exists():
        errors["year"] = _("There is an application of this year already.")
    if errors:
        raise ValidationError(errors)


def _stand(row: ProvincialApplication, user) -> None:
    row.answer = ""
    if is_officer(user):
        row.standing, row.checked_by, row.checked_at = Standing.CONFIRMED, user, timezone.now()
    else:
        row.standing, row.checked_by, row.checked_at = Standing.REPORTED, None, None
    if row.pk is None or not is_officer(user):
        row.reported_by, row.reported_at = user, timezone.now()
    row.save()


def _tell(row: ProvincialApplication, user) -> None:
    event = _record(row, user)
    if row.standing == Standing.REPORTED:
        announce_entry(event, Entry.PROVINCIAL)
    else:
        provincial_was_checked(row, event)


@transaction.atomic
def check(
    application: ProvincialApplication, *, user, confirmed: bool, reason: str = ""
) -> ProvincialApplication:
    """The bureau confirms what was reported, or says why it does not; once.

    Raises Conflict when somebody else did, Refused without a reason for not confirming it.
    """
    lock(Consortium.objects).get(pk=application.consortium_id)
    row = ProvincialApplication.objects.select_related("consortium__lead_unit").get(
        pk=application.pk
    )
    if row.standing != Standing.REPORTED:
        raise Conflict(_("%(who)s has checked it already.") % {"who": row.checked_by})
    if not confirmed and not reason.strip():
        raise Refused(_("Say why it is not confirmed."))
    row.standing = Standing.CONFIRMED if confirmed else Standing.REFUSED
    row.answer = "" if confirmed else reason.strip()
    row.checked_by, row.checked_at = user, timezone.now()
    row.save()
    provincial_was_checked(row, _record(row, user))
    return row


def _record(row: ProvincialApplication, user):
    return record(row.consortium, Entry.PROVINCIAL, user, application=row.pk, **row.as_dict())
