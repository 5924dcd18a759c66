from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Unit
from filings.forms.start import StartForm
from filings.models import ChangeDuty, Comment, Consortium
from filings.permissions import actions_for, get_visible_or_404, is_of_unit
from filings.services import create_draft
from filings.snapshot import compare
from filings.views.home import row_of
from filings.workdays import is_provisional, workdays_left


@require_safe
def mine(request):
    """The filings my units lead, and those they take part in."""
    today = timezone.localdate()
    led = Consortium.objects.led_by(request.user).for_list().distinct()
    page = Paginator(led, 20).get_page(request.GET.get("page"))
    joined = Consortium.objects.joined_by(request.user).for_list()[:50]
    return render(
        request,
        "filings/mine.html",
        {
            "page_obj": page,
            "rows": [row_of(consortium, today) for consortium in page],
            "joined": [row_of(consortium, today) for consortium in joined],
            "units": Unit.objects.filter(memberships__user=request.user).exists(),
        },
    )


def new(request):
    """Begin a filing: which unit leads, and what the consortium is called."""
    units = Unit.objects.filter(memberships__user=request.user)
    form = StartForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        unit = get_object_or_404(units, pk=form.cleaned_data["unit"].pk)
        consortium = create_draft(user=request.user, unit=unit, name=form.cleaned_data["name"])
        return redirect("filings:step", consortium.pk, "lead")
    return render(request, "filings/new.html", {"form": form, "units": units})


@require_safe
def detail(request, pk):
    """Where a filing stands, who has the ball, what was asked, and what happened."""
    consortium = get_visible_or_404(request.user, pk)
    today = timezone.localdate()
    submissions = list(consortium.submissions.all())
    changed = compare(submissions[-2].content, submissions[-1].content) if submissions[1:] else []
    row = row_of(consortium, today)
    leads = is_of_unit(request.user, consortium.lead_unit_id)
    comments = Comment.objects.filter(consortium=consortium, sent_at__isnull=False)
    if not leads:
        comments = comments.none()
    return render(
        request,
        "filings/detail.html",
        row
        | {
            "leads": leads,
            "moves": {
                move.action.value: answer for move, answer in actions_for(request.user, consortium)
            },
            "comments": comments.order_by("-sent_at", "pk"),
            "events": consortium.events.select_related("actor"),
            "members": consortium.members.select_related("unit"),
            "documents": consortium.documents.filter(replaced_at__isnull=True) if leads else [],
            "changes": consortium.changes.all(),
            "duties": duties_of(consortium, today) if leads else [],
            "changed": changed,
            "provisional": row["due"] and is_provisional(row["due"]),
        },
    )


def duties_of(consortium: Consortium, today) -> list[dict]:
    """What a record against a member asks of the lead unit, and by when (clause 5.3)."""
    asked = ChangeDuty.objects.open().filter(consortium=consortium)
    return [
        {"duty": duty, "days": workdays_left(today, duty.due_on)}
        for duty in asked.select_related("member", "case__record")
    ]
