from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone

from accounts.models import JoinRequest, Membership
from filings.models import Consortium, Member
from filings.states import APPLICANT_WORDS, ENDED, Status
from filings.workdays import workdays_left

SHOWN = 10


@login_not_required
def home(request):
    """For visitors what the portal is; for units what they have, owe, and what comes next."""
    today = timezone.localdate()
    if not request.user.is_authenticated:
        running = Consortium.objects.in_state(Status.ACTIVE, today).count()
        notices = Consortium.objects.noticed_on(today).count()
        return render(request, "home.html", {"running": running, "notices": notices})
    led = Consortium.objects.led_by(request.user).for_list().exclude(status__in=ENDED)[:SHOWN]
    asked = (
        Member.objects.edited_by(request.user)
        .waiting_for()
        .select_related("consortium__lead_unit")[:SHOWN]
    )
    rows = [row_of(consortium, today) for consortium in led]
    context = {"rows": rows, "asked": asked} | _places(request.user)
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


def row_of(consortium: Consortium, today) -> dict:
    """A consortium as its people see it: the state in plain words, what is owed and by when."""
    state = consortium.state_on(today)
    due = consortium.correction_due_on if state == Status.RETURNED else None
    return {
        "consortium": consortium,
        "state": state,
        "words": APPLICANT_WORDS[state],
        "due": due,
        "days": workdays_left(today, due) if due else None,
    }
