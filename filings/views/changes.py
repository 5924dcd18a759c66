from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from filings.forms.documents import ChangeForm
from filings.operation import report_change
from filings.permissions import get_of_lead_or_404
from filings.views.attaching import attach


def change_add(request, pk):
    """Report a change during operation."""
    consortium = get_of_lead_or_404(request.user, pk)
    asked = {name: request.GET[name] for name in ("kind", "member") if name in request.GET}
    form = ChangeForm(
        request.POST or None,
        request.FILES or None,
        consortium=consortium,
        user=request.user,
        initial=asked,
    )

    def write(file):
        told = {name: form.cleaned_data[name] for name in ChangeForm.Meta.fields}
        report_change(consortium, user=request.user, upload=file, **told)

    if form.is_bound and attach(form, write):
        messages.success(request, _("Change reported. Explain it in the next yearly report."))
        return redirect("filings:detail", pk)
    return render(request, "filings/change.html", {"form": form, "consortium": consortium})
