"""The front door. It knows nothing itself: it asks every room what it has to say to the visitor."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone

import filings.duties
import reports.duties
import reviews.duties
from filings.models import Consortium
from filings.standing import standing_of, with_missing
from filings.states import ENDED, Status

SHOWN = 10


@login_not_required
def home(request):
    """For visitors what the portal is; for units what they have, owe, and what comes next."""
    today = timezone.localdate()
    if not request.user.is_authenticated:
        running = Consortium.objects.in_state(Status.ACTIVE, today).count()
        notices = Consortium.objects.noticed_on(today).count()
        return render(request, "home.html", {"running": running, "notices": notices})
    led = Consortium.objects.led_by(request.user).for_list().exclude(status__in=ENDED)
    duties = [
        duty
        for room in (filings.duties, reports.duties, reviews.duties)
        for duty in room.duties_of(request.user, today)
    ]
    context = {
        "rows": [standing_of(consortium, today) for consortium in with_missing(led)[:SHOWN]],
        "duties": filings.duties.in_order(duties),
    }
    return render(request, "home_signed_in.html", context)
