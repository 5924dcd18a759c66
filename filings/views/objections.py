"""An objector follows its objection by the code of the receipt; nobody's name is shown."""

import re
import unicodedata

from allauth.core.ratelimit import consume_or_429
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from filings.models import Objection

_CODE = re.compile(r"([A-Z0-9]{4})-?([A-Z0-9]{4})-?([A-Z0-9]{4})")


@login_not_required
@require_safe
def objection_form(request):
    """For those who kept the code and not the address."""
    given = request.GET.get("code", "")
    typed = "".join(unicodedata.normalize("NFKC", given).upper().split())
    if match := _CODE.fullmatch(typed):
        return redirect("filings:objection", "-".join(match.groups()))
    context = {"given": given[:64], "wrong": bool(given)}
    return render(request, "filings/objection_form.html", context)


@login_not_required
@require_safe
def objection(request, code):
    """The receipt, then the state and the answer. Guessing codes is braked."""
    if too_many := consume_or_429(request, action="objection_state", limit_get=True):
        return too_many
    found = Objection.objects.filter(code=code).select_related("consortium").first()
    status = 200 if found else 404
    response = render(request, "filings/objection.html", {"objection": found}, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
