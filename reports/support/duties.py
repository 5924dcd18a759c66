"""Requests for support that came back and wait for their unit."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from filings.duties import MOST, Duty
from filings.workdays import workdays_left
from reports.models import SupportRequest
from reports.support.states import Status


def duties_of(user, today: date) -> Iterator[Duty]:
    returned = SupportRequest.objects.edited_by(user).filter(status=Status.RETURNED)
    for request in returned.for_list().order_by("correction_due_on", "pk")[:MOST]:
        yield Duty(
            request.consortium.name,
            _("The bureau asks for more: %(request)s.") % {"request": request},
            _("Complete it"),
            reverse("support:detail", args=[request.pk]),
            request.correction_due_on,
            workdays_left(today, request.correction_due_on),
        )
