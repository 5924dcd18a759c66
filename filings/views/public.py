from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from filings.certificate import certificate as certificate_of
from filings.eligibility.rules import FILING_RULES
from filings.filters import RegisterFilter
from filings.forms.rows import ObjectionForm
from filings.models import Consortium
from filings.numbering import read
from filings.operation import receive_objection
from filings.permissions import get_visible_or_404
from filings.refusals import Refused
from filings.states import Status


@login_not_required
@require_safe
def register(request):
    """What is filed, and its state as of today."""
    today = timezone.localdate()
    filed = (
        Consortium.objects.registered()
        .for_list()
        .with_state_on(today)
        .order_by("-filing_year", "-filing_serial")
    )
    found = RegisterFilter(request.GET or None, queryset=filed)
    page = Paginator(found.qs, 20).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {"filter": found, "page_obj": page, "query": query.urlencode(), "today": today}
    return render(request, "filings/register.html", context)


@login_not_required
@require_safe
def register_entry(request, number):
    """One entry: no personal data, the state as of today."""
    parsed = read(number)
    if parsed is None:
        raise Http404
    consortium = get_object_or_404(
        Consortium.objects.registered().for_list(), filing_year=parsed[0], filing_serial=parsed[1]
    )
    return render(request, "filings/register_entry.html", _entry(consortium))


def _entry(consortium) -> dict:
    return {
        "consortium": consortium,
        "state": consortium.state,
        "today": timezone.localdate(),
        "members": consortium.members.filter(left_on__isnull=True),
        "changes": consortium.changes.filter(noted_at__isnull=False),
    }


@login_not_required
@require_safe
def verify_form(request):
    code = request.GET.get("code", "").strip()
    if code:
        return redirect("filings:verify", code[:64])
    return render(request, "filings/verify_form.html")


@login_not_required
@require_safe
def verify(request, code):
    """Whether a certificate is real, and what holds today. Guessing codes is braked."""
    if not consume(request, action="verify"):
        return render(request, "filings/verify_form.html", {"too_many": True}, status=429)
    consortium = Consortium.objects.registered().for_list().filter(verification_code=code).first()
    context = _entry(consortium) if consortium else {}
    response = render(
        request, "filings/verify.html", context | {"code": code}, status=200 if consortium else 404
    )
    response["X-Robots-Tag"] = "noindex"
    return response


@login_not_required
@require_safe
def notices(request):
    """What is published for objections now, and what was."""
    today = timezone.localdate()
    published = Consortium.objects.filter(notice_starts_on__isnull=False).for_list()
    running = published.filter(status=Status.PUBLIC_NOTICE, notice_ends_on__gte=today)
    past = published.exclude(pk__in=running).order_by("-notice_ends_on", "-pk")
    page = Paginator(past, 20).get_page(request.GET.get("page"))
    context = {"running": running.order_by("notice_ends_on", "pk")[:100], "page_obj": page}
    return render(request, "filings/public_notices.html", context)


@login_not_required
def notice(request, pk):
    """One published filing; while its notice runs anybody may object."""
    published = Consortium.objects.filter(notice_starts_on__isnull=False).for_list()
    consortium = get_object_or_404(published, pk=pk)
    runs = (
        consortium.status == Status.PUBLIC_NOTICE
        and timezone.localdate() <= consortium.notice_ends_on
    )
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _object(request, consortium, form):
        return redirect("filings:public_notice", pk)
    return render(
        request,
        "filings/public_notice.html",
        {
            "consortium": consortium,
            "runs": runs,
            "form": form,
            "members": consortium.members.filter(left_on__isnull=True),
        },
    )


def _object(request, consortium, form) -> bool:
    given = form.cleaned_data
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


@login_not_required
@require_safe
def guideline(request):
    """What the guideline asks, clause by clause, as the portal's own rules say it."""
    rules = [rule for rule in FILING_RULES if rule.clause]
    rules.sort(key=lambda rule: [int(part) for part in rule.clause.split(".")])
    return render(request, "filings/guideline.html", {"rules": rules})


@require_safe
def certificate(request, pk):
    """The certificate, for the units of a filed consortium and the officers."""
    consortium = get_visible_or_404(request.user, pk)
    if not consortium.is_filed:
        raise Http404
    response = HttpResponse(certificate_of(consortium), content_type="application/pdf")
    name = f"certificate-{consortium.filing_year}-{consortium.filing_serial}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
