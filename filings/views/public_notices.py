from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from filings.forms.rows import ObjectionForm
from filings.models import Consortium
from filings.operation import receive_objection
from filings.refusals import Refused
from filings.workdays import workdays_left


@login_not_required
@require_safe
def notices(request):
    """What is published for objections now; with `?past=1`, what was."""
    today, past = timezone.localdate(), "past" in request.GET
    if past:
        found = Consortium.objects.noticed_before(today).order_by("-notice_ends_on", "-pk")
    else:
        found = Consortium.objects.noticed_on(today).order_by("notice_ends_on", "pk")
    page = Paginator(found.for_list(), 20).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": [(c, workdays_left(today, c.notice_ends_on)) for c in page],
        "past": past,
        "query": "past=1" if past else "",
    }
    return render(request, "filings/public_notices.html", context)


@login_not_required
def notice(request, pk):
    """One published filing; while its notice runs anybody may object."""
    today = timezone.localdate()
    consortium = get_object_or_404(Consortium.objects.published().for_list(), pk=pk)
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _object(request, consortium, form):
        return redirect("filings:public_notice", pk)
    context = {
        "consortium": consortium,
        "runs": consortium.is_noticed_on(today),
        "days": workdays_left(today, consortium.notice_ends_on),
        "form": form,
        "members": consortium.members.filter(left_on__isnull=True),
    }
    return render(request, "filings/public_notice.html", context)


def _object(request, consortium, form) -> bool:
    given = dict(form.cleaned_data)
    if given.pop("website"):
        return True  # a program filled in what people do not see; it learns nothing
    if not consume(request, action="objection"):
        form.add_error(None, _("Too many objections from here: please try again in an hour."))
        return False
    try:
        receive_objection(consortium, **given)
    except Refused as refused:
        form.add_error(None, refused.message)
        return False
    messages.success(
        request, _("Your objection was received. The bureau answers before it decides.")
    )
    return True
