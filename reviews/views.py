from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from filings.models import CreditCase
from filings.permissions import acts_for_unit, is_of_unit
from filings.reading import credit_file_opened
from filings.refusals import Refused
from filings.serving import pdf
from filings.workdays import workdays_left
from reviews import credit
from reviews.credit_forms import StatementForm
from reviews.permissions import may_read_case


@require_safe
def cases(request):
    """The cases and records of my units; nobody else's are ever listed on the portal."""
    today = timezone.localdate()
    found = CreditCase.objects.filter(unit__memberships__user=request.user)
    found = found.select_related("unit", "consortium", "record")
    page = Paginator(found, 20).get_page(request.GET.get("page"))
    rows = [{"case": case, "record": _record(case), **_owed(case, today)} for case in page]
    return render(request, "reviews/cases.html", {"page_obj": page, "rows": rows, "today": today})


def case(request, pk):
    """The unit reads what it is charged with, and states its side (clause 5.3)."""
    found = CreditCase.objects.select_related("unit", "consortium", "record").filter(pk=pk).first()
    if found is None or not is_of_unit(request.user, found.unit_id):
        raise Http404
    form = StatementForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            credit.record_statement(found, user=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        except ValidationError as unfit:
            form.add_error(None, unfit)
        else:
            messages.success(request, _("Your statement has been handed in. The bureau reads it."))
            return redirect("reviews:case", pk)
    today = timezone.localdate()
    record = _record(found)
    acting = acts_for_unit(request.user, found.unit_id)
    context = {
        "case": found,
        "record": record,
        "in_force": record and record.is_in_force_on(today),
        "papers": list(found.files.all()),
        "events": found.events.select_related("actor"),
        "form": form if (acting and _may_state(found)) or form.errors else None,
        "why_not": acting.reason,
        "days": workdays_left(today, found.statement_due_on),
    }
    return render(request, "reviews/case.html", context)


@require_safe
def file(request, pk, file_pk):
    """A paper of a case, for the officers and the people of the unit, never run by a browser."""
    found = get_object_or_404(CreditCase, pk=pk)
    if not may_read_case(request.user, found):
        raise Http404
    paper = get_object_or_404(found.files, pk=file_pk)
    credit_file_opened(paper)
    return pdf(paper)


def _record(case: CreditCase):
    return getattr(case, "record", None)


def _may_state(case: CreditCase) -> bool:
    return case.is_open and not case.stated_at


def _owed(case: CreditCase, today) -> dict:
    if not _may_state(case):
        return {}
    return {"due": case.statement_due_on, "days": workdays_left(today, case.statement_due_on)}
