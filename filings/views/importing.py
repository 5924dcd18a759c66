"""Members and key tasks from an Excel workbook: handed out, checked, shown, confirmed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from filings.exchange import importing, template
from filings.exchange.sheets import SHEETS
from filings.exchange.workbook import read
from filings.forms.files import WorkbookForm
from filings.permissions import get_editable_or_404
from filings.refusals import Conflict
from filings.sections import Section
from filings.views.sending import attachment


def _of(request, pk, section):
    if section not in SHEETS:
        raise Http404
    return get_editable_or_404(request.user, pk)


@require_safe
def workbook(request, pk, section):
    """The template, with what the filing has already."""
    consortium = _of(request, pk, section)
    name = f"{consortium.name} {Section(section).label}"
    return attachment(template.write(consortium, section), template.CONTENT_TYPE, name, ".xlsx")


def import_rows(request, pk, section):
    """Take a filled template and say what it would do, or what is wrong with it."""
    consortium = _of(request, pk, section)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    context = {"form": form, "consortium": consortium, "section": Section(section)}
    if request.method == "POST" and form.is_valid():
        try:
            rows = read(form.cleaned_data["file"], SHEETS[section])
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return _shown(request, context, rows)
    status = 422 if form.errors else 200
    return render(request, "filings/import.html", context, status=status)


def _shown(request, context, rows):
    consortium, section = context["consortium"], context["section"].value
    outcome = importing.preview(consortium.pk, section, rows, user=request.user)
    context["outcome"] = outcome
    if outcome.problems:
        return render(request, "filings/import.html", context, status=422)
    context["sealed"] = importing.sealed(
        consortium.pk, section, rows, user=request.user, version=outcome.version
    )
    return render(request, "filings/import_preview.html", context)


@require_POST
def import_confirm(request, pk, section):
    """Save what was shown, all of it or nothing."""
    consortium = _of(request, pk, section)
    sent = request.POST.get("sealed", "")
    found = importing.opened(sent, pk, section, user=request.user)
    if found is None:
        messages.error(request, _("The check of this file is over an hour old: upload it again."))
        return redirect("filings:import", pk, section)
    rows, version = found
    try:
        outcome = importing.carry_out(pk, section, rows, user=request.user, version=version)
    except Conflict as conflict:
        messages.warning(request, conflict.message)
        context = {"form": WorkbookForm(), "consortium": consortium, "section": Section(section)}
        return _shown(request, context, rows)
    done = len(outcome.new) + len(outcome.changed)
    text = ngettext("%(n)s row was imported.", "%(n)s rows were imported.", done)
    messages.success(request, text % {"n": done})
    return redirect("filings:step", pk, section)
