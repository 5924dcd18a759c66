from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Membership, Unit
from filings.as_of import as_of
from filings.ending import ending_of, successor_of
from filings.forms.start import StartForm
from filings.models import Change, ChangeDuty, Comment, Consortium, Policy
from filings.papers import papers_as_they_are
from filings.permissions import acts_for_unit, get_visible_or_404, is_of_unit
from filings.renaming import former_names
from filings.services import create_draft
from filings.snapshot import compare, present, take
from filings.standing import standing_of, with_missing
from filings.states import INTERNAL
from filings.views.closing import summary_of
from filings.views.register import asked_day
from filings.workdays import is_provisional, workdays_left

# So many earlier filings are offered as the beginning of a new one.
EARLIER = 10


@require_safe
def mine(request):
    """The filings my units lead, and those they take part in."""
    today = timezone.localdate()
    led = with_missing(Consortium.objects.led_by(request.user).for_list().distinct())
    page = Paginator(led, 20).get_page(request.GET.get("page"))
    joined = Consortium.objects.joined_by(request.user).for_list()[:50]
    places = list(Membership.objects.filter(user=request.user))
    return render(
        request,
        "filings/mine.html",
        {
            "page_obj": page,
            "rows": [standing_of(consortium, today) for consortium in page],
            "joined": [standing_of(consortium, today) for consortium in joined],
            "may_file": any(place.may_edit for place in places),
            "reads": bool(places),
        },
    )


def new(request):
    """Begin a filing: which unit leads, and what the consortium is called."""
    units = Unit.objects.edited_by(request.user)
    form = StartForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        unit = get_object_or_404(units, pk=form.cleaned_data["unit"].pk)
        consortium = create_draft(user=request.user, unit=unit, name=form.cleaned_data["name"])
        return redirect("filings:step", consortium.pk, "lead")
    earlier = Consortium.objects.edited_by(request.user).for_list()[:EARLIER]
    reads = Unit.objects.of(request.user).exists()
    context = {"form": form, "units": units, "earlier": earlier, "reads": reads}
    return render(request, "filings/new.html", context)


@require_safe
def detail(request, pk):
    """Where a filing stands, who has the ball, what was asked, and what happened."""
    consortium = get_visible_or_404(request.user, pk)
    today, editable = timezone.localdate(), consortium.is_editable
    submissions = list(consortium.submissions.all())
    changed = compare(submissions[-2].content, submissions[-1].content) if submissions[1:] else []
    standing = standing_of(consortium, today)
    day = asked_day(request) if consortium.is_filed else today
    view = as_of(consortium, day) if consortium.is_filed else consortium
    leads = is_of_unit(request.user, consortium.lead_unit_id)
    acting = acts_for_unit(request.user, consortium.lead_unit_id)
    comments = Comment.objects.filter(consortium=consortium, sent_at__isnull=False)
    if not leads:
        comments = comments.none()
    return render(
        request,
        "filings/detail.html",
        {
            "consortium": consortium,
            "standing": standing,
            "state": standing.state,
            "due": standing.due,
            "days": standing.days,
            "leads": leads,
            "acts": bool(acting),
            "why_not": acting.reason if leads else "",
            "content": present(take(view)) if leads and not (acting and editable) else None,
            "submissions": submissions,
            "comments": comments.order_by("-sent_at", "pk"),
            "events": consortium.events.exclude(action__in=INTERNAL).select_related("actor"),
            "members": view.members.all() if consortium.is_filed else consortium.members.all(),
            "renamings": _former_names(view),
            "papers": papers_as_they_are(consortium) if leads else [],
            "letters": consortium.letters.all() if leads else [],
            "changes": Change.objects.read_by(request.user, consortium).select_related("member"),
            "day": day,
            "is_today": day == today,
            "duties": _asked_changes(consortium, today) if leads else [],
            "changed": changed,
            "provisional": standing.due and is_provisional(standing.due),
            **_end_of(consortium, today, leads),
        },
    )


def _former_names(view: Consortium) -> list:
    """The names that its units had before, the latest first of each."""
    units = [view.lead_unit_id, *(member.unit_id for member in view.members.all())]
    return [renaming for names in former_names(units).values() for renaming in names]


def _end_of(consortium: Consortium, today, leads: bool) -> dict:
    """What the page says of the end of the term, of what came before and of what comes after."""
    successor = successor_of(consortium)
    return {
        "ending": ending_of(consortium, today, Policy.objects.in_force(today)) if leads else None,
        "summary": summary_of(consortium) if leads else None,
        # A draft is its lead unit's alone.
        "successor": successor if successor and (leads or successor.is_filed) else None,
        "granted": consortium.provincial_applications.granted(),
    }


def _asked_changes(consortium: Consortium, today) -> list[dict]:
    """What a record against a member asks of the lead unit, and by when (clause 5.3)."""
    asked = ChangeDuty.objects.open().filter(consortium=consortium)
    return [
        {"duty": duty, "days": workdays_left(today, duty.due_on)}
        for duty in asked.select_related("member", "case__record")
    ]
