from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from filings.models import CreditCase
from filings.permissions import acts_for_unit, is_of_unit
from filings.refusals import Refused
from filings.workdays import workdays_left
from reviews import credit
from reviews.forms import StatementForm


def case(request, pk):
    """The unit reads what it is charged with, and states its side (clause 5.3)."""
    found = CreditCase.objects.select_related("unit", "consortium").filter(pk=pk).first()
    if found is None or not is_of_unit(request.user, found.unit_id):
        raise Http404
    form = StatementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            credit.record_statement(found, user=request.user, text=form.cleaned_data["text"])
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Your statement has been handed in. The bureau reads it."))
            return redirect("reviews:case", pk)
    acting = acts_for_unit(request.user, found.unit_id)
    may_state = acting and found.outcome == CreditCase.Outcome.OPEN and not found.stated_at
    context = {
        "case": found,
        "record": getattr(found, "record", None),
        "form": form if may_state or form.errors else None,
        "why_not": acting.reason,
        "days": workdays_left(timezone.localdate(), found.statement_due_on),
    }
    return render(request, "reviews/case.html", context)
