import re
import unicodedata

from allauth.core.ratelimit import consume_or_429
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from filings.models import Consortium, Submission
from filings.receipt import is_latest
from filings.verification import verified
from filings.views.register import entry_of

_CODE = re.compile(r"[A-Za-z0-9_-]{1,32}")


@login_not_required
@require_safe
def verify_form(request):
    """For those who type a code instead of scanning it."""
    given = request.GET.get("code", "")
    code = "".join(unicodedata.normalize("NFKC", given).split())
    if _CODE.fullmatch(code):
        return redirect("filings:verify", code)
    return render(request, "filings/verify_form.html", {"given": given[:64], "wrong": bool(given)})


@login_not_required
@require_safe
def verify(request, code):
    """Whether a certificate or receipt is real, and what holds today. Guessing codes is braked."""
    # limit_get: by default allauth counts what is posted, and this is only ever asked for.
    if too_many := consume_or_429(request, action="verify", limit_get=True):
        return too_many
    filed = Consortium.objects.registered().for_list()
    known = bool(_CODE.fullmatch(code))
    consortium = filed.filter(verification_code=code).first() if known else None
    submission = Submission.objects.filter(receipt_code=code).first() if known else None
    above = verified(code) if known and not (consortium or submission) else None
    if submission and not consortium:
        context = {"submission": submission, "is_latest": is_latest(submission)}
        response = render(request, "filings/verify_receipt.html", context)
    elif above:
        response = render(request, above.template, above.context)
    else:
        context, status = (entry_of(consortium), 200) if consortium else ({}, 404)
        response = render(request, "filings/verify.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
