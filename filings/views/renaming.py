"""A unit reports its new name, and reads what became of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Unit
from filings.forms.changes import RenamingForm
from filings.permissions import get_renaming_or_404
from filings.refusals import Refused
from filings.renaming import report_renaming


def report(request, pk):
    """Report the new name of one's unit with the registry's document."""
    unit = get_object_or_404(Unit.objects.edited_by(request.user), pk=pk)
    form = RenamingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        renaming = _reported(unit, request.user, form)
        if renaming:
            messages.success(request, _("Reported: the bureau takes note of the new name."))
            return redirect("filings:renaming", renaming.pk)
    context = {"form": form, "unit": unit, "renamings": unit.renamings.all()}
    status = 422 if form.is_bound else 200
    return render(request, "filings/renaming_add.html", context, status=status)


def _reported(unit, user, form):
    try:
        return report_renaming(unit, user=user, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, refused.message)
    except ValidationError as error:
        form.add_error(None if hasattr(error, "error_dict") else "upload", error)
    return None


@require_safe
def show(request, pk):
    """A renaming of one's unit, and what the bureau said."""
    renaming = get_renaming_or_404(request.user, pk)
    return render(request, "filings/renaming.html", {"renaming": renaming})
