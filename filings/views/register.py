from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from filings.as_of import as_of, views_of
from filings.change_content import differences, hidden_labels
from filings.filters import RegisterFilter
from filings.forms.fields import DayField
from filings.models import Consortium, GoalKind
from filings.numbering import read
from filings.renaming import former_names
from filings.states import Status
from filings.views.closing import summary_of


@login_not_required
@require_safe
def register(request):
    """What is filed, and its state as of today; with `?as_of=` as of another day."""
    today = timezone.localdate()
    day = asked_day(request)
    filed = Consortium.objects.registered().for_list().order_by("-filing_year", "-filing_serial")
    if day != today:
        filed = filed.filter(starts_on__lte=day)
    found = RegisterFilter(request.GET or None, queryset=filed, day=day)
    page = Paginator(found.qs, 20).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filter": found,
        "page_obj": page,
        "rows": [(view, state_on(view, day)) for view in views_of(list(page), day)],
        "query": query.urlencode(),
        "day": day,
        "is_today": day == today,
    }
    return render(request, "filings/register.html", context)


def asked_day(request) -> date:
    """The day of `?as_of=`; today where none is asked for, or none that there is."""
    try:
        asked = DayField(required=False).clean(request.GET.get("as_of"))
    except ValidationError:
        asked = None
    return asked or timezone.localdate()


def state_on(consortium: Consortium, day: date) -> Status:
    """The state that the register shows: today's as recorded, another day's as its days tell."""
    return consortium.state if day == timezone.localdate() else consortium.state_then(day)


@login_not_required
@require_safe
def register_entry(request, number):
    """One entry, under its number in any of the ways people write it."""
    parsed = read(number)
    if parsed is None:
        raise Http404
    consortium = get_object_or_404(
        Consortium.objects.registered().for_list(), filing_year=parsed[0], filing_serial=parsed[1]
    )
    if number != consortium.filing_number:
        return redirect("filings:register_entry", consortium.filing_number, permanent=True)
    context = entry_of(consortium, asked_day(request)) | {"may_ask": True}
    return render(request, "filings/register_entry.html", context)


def entry_of(consortium: Consortium, day: date | None = None) -> dict:
    """What the public may know of a filed consortium on a day of its term: units, field, goals,
    term, and each change with what was before; no person."""
    today = timezone.localdate()
    day = max(day or today, consortium.starts_on)
    view = as_of(consortium, day)
    changes = consortium.changes.in_effect().select_related("member")
    lead, members = view.lead_unit, list(view.members.all())
    return {
        "consortium": view,
        "state": state_on(consortium, day),
        "today": today,
        "day": day,
        "is_today": day == today,
        "members": members,
        "goal_kinds": [GoalKind(k).label for k in view.goal_kinds if k in GoalKind],
        "changes": [
            {
                "change": change,
                "lines": differences(change, public=True),
                "hidden": hidden_labels(change),
            }
            for change in changes.order_by("effective_on", "pk")
        ],
        "renamings": former_names([lead.pk, *(member.unit_id for member in members)]).values(),
        "granted": consortium.provincial_applications.granted(),
        "summary": summary_of(consortium),
        "successor": consortium.successors.registered().last(),
    }
