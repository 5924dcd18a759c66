"""The deadlines of whoever asks: as a page, and as a calendar under a secret address."""

from itertools import groupby

from allauth.core.ratelimit import consume_or_429
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import feeds
from accounts.models import CalendarFeed, Unit
from accounts.roles import is_officer
from filings.deadlines import IN_DAYS, Deadline
from filings.models import Consortium
from filings.workdays import PROVISIONAL, is_provisional
from nanjing_consortia import agenda
from nanjing_consortia.feed import written


@require_safe
def calendar(request):
    """What is due, month by month. An officer may ask for one filing or one unit."""
    return _page(request)


def _page(request, address: str = ""):
    today = timezone.localdate()
    about, deadlines = _asked(request, today)
    context = {
        "months": _by_month(deadlines, today),
        "about": about,
        "provisional": PROVISIONAL if any(_is_provisional(d) for d in deadlines) else "",
        "feed": CalendarFeed.objects.filter(user=request.user).first(),
        "address": address,
    }
    response = render(request, "calendar.html", context)
    if address:
        response["Cache-Control"] = "no-store"
    return response


def _asked(request, today) -> tuple[str, list[Deadline]]:
    """Of what the page is, in words, and the deadlines. Raises Http404 for what there is not."""
    if is_officer(request.user):
        if filing := request.GET.get("filing"):
            filings = Consortium.objects.visible_to(request.user)
            found = get_object_or_404(filings, pk=_number(filing))
            return found.name, agenda.of_consortium(found.pk, today)
        if unit := request.GET.get("unit"):
            found = get_object_or_404(Unit, pk=_number(unit))
            return found.name, agenda.of_unit(found, today)
    return "", agenda.of_user(request.user, today)


def _number(given: str) -> int:
    if not given.isascii() or not given.isdigit() or len(given) > 18:
        raise Http404
    return int(given)


def _is_provisional(deadline: Deadline) -> bool:
    counted = deadline.kind not in IN_DAYS and deadline.day is not None
    return counted and is_provisional(deadline.day)


def _by_month(deadlines: list[Deadline], today) -> list[tuple]:
    """(first day of the month, or None for what has no day; its rows), in order."""
    rows = (
        {
            "deadline": found,
            "left": found.left(today) if found.day else None,
            "in_days": found.kind in IN_DAYS,
        }
        for found in deadlines
    )
    months = groupby(rows, lambda row: row["deadline"].day and row["deadline"].day.replace(day=1))
    return [(month, list(found)) for month, found in months]


@require_POST
def address(request):
    """Make the address of my calendar anew, which is shown this once, or revoke it."""
    if "revoke" in request.POST:
        feeds.revoke(request.user)
        return redirect("agenda:calendar")
    secret = feeds.make(request.user)
    return _page(request, settings.SITE_URL + reverse("agenda:feed", args=[secret]))


@login_not_required
@require_safe
def feed(request, secret):
    """The calendar behind an address, in its owner's language. Guessing addresses is braked."""
    if too_many := consume_or_429(request, action="calendar", limit_get=True):
        return too_many
    user = feeds.owner_of(secret)
    if user is None:
        raise Http404
    data = written(agenda.of_user(user, timezone.localdate()), user.language)
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "no-store"
    response["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response
