"""The front door. It knows nothing itself: it asks every room what it has to say to the visitor."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

import filings.duties
import reports.duties
import reports.support.duties
import reviews.duties
from accounts.models import JoinRequest, Membership
from filings.models import Consortium
from filings.standing import standing_of, with_missing
from filings.states import Status

SHOWN = 10


@login_not_required
@require_safe
def home(request):
    """For visitors what the portal is; for units what they have, owe, and what comes next."""
    today = timezone.localdate()
    if not request.user.is_authenticated:
        running = Consortium.objects.in_state(Status.ACTIVE, today).count()
        notices = Consortium.objects.noticed_on(today).count()
        return render(request, "home.html", {"running": running, "notices": notices})
    led = Consortium.objects.led_by(request.user).for_list().not_over_on(today)
    duties = [
        duty
        for room in (filings.duties, reports.duties, reports.support.duties, reviews.duties)
        for duty in room.duties_of(request.user, today)
    ]
    context = _places(request.user) | {
        "rows": [standing_of(consortium, today) for consortium in with_missing(led)[:SHOWN]],
        "duties": filings.duties.in_order(duties),
    }
    return render(request, "home_signed_in.html", context)


def _places(user) -> dict:
    """What somebody is in its units, who waits for its word, and for whose word it waits itself."""
    memberships = list(Membership.objects.filter(user=user).select_related("unit"))
    owns = any(membership.is_owner for membership in memberships)
    waiting = JoinRequest.objects.pending().filter(user=user).select_related("unit")
    to_decide = JoinRequest.objects.for_owner(user).select_related("unit", "user")
    return {
        "memberships": memberships,
        "may_file": any(membership.may_edit for membership in memberships),
        "waiting": waiting[:SHOWN],
        "to_decide": to_decide[:SHOWN] if owns else [],
    }
