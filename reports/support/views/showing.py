"""Support measures on the portal: what a unit may ask for, what it asks, and what came of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.audit.reading import record_read
from accounts.models import Unit
from filings.eligibility.engine import blocking
from filings.models import Consortium
from filings.pdf import render as render_pdf
from filings.permissions import acts_for_unit
from filings.refusals import Refused
from filings.serving import pdf as serve
from filings.states import Status as ConsortiumStatus
from filings.workdays import workdays_left
from reports.models import SupportEvent, SupportFile, SupportRequest
from reports.support import permissions
from reports.support.content import rows_of
from reports.support.eligibility import basis_of, before, to_submit
from reports.support.forms import BeginForm
from reports.support.kinds import MEASURES, Kind
from reports.support.services import begin
from reports.support.states import APPLICANT_WORDS, INTERNAL, SUPPORTED, Action


@require_safe
def mine(request):
    """What my units ask for, of one consortium or of all, and where they may ask."""
    today = timezone.localdate()
    asked = SupportRequest.objects.of_units(request.user).for_list().order_by("-year", "-pk")
    consortium = _chosen(request)
    if consortium:
        asked = asked.filter(consortium=consortium)
    page = Paginator(asked, 20).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": [_row(found, today) for found in page],
        "consortium": consortium,
        "running": _running(request.user, today),
        "query": f"consortium={consortium.pk}" if consortium else "",
    }
    return render(request, "support/mine.html", context)


def _chosen(request) -> Consortium | None:
    value = request.GET.get("consortium", "")
    return permissions.get_asked_in_or_404(request.user, int(value)) if value.isdecimal() else None


def _running(user, today):
    """The running consortia of the user's units, in which something can be asked."""
    led = Consortium.objects.led_by(user)
    joined = Consortium.objects.present_in(user, today)
    running = (led | joined).in_state(ConsortiumStatus.ACTIVE, today)
    return running.for_list().distinct().order_by("name")[:50]


def _row(found: SupportRequest, today) -> dict:
    due = found.correction_due_on
    return {
        "request_": found,
        "words": APPLICANT_WORDS[found.status],
        "after": found.measure.after_text if found.status in SUPPORTED[:2] else "",
        "due": due,
        "days": workdays_left(today, due) if due else None,
    }


def new(request, pk):
    """What there is to ask for, who may ask it, and what stands in the way; then a draft."""
    consortium = permissions.get_asked_in_or_404(request.user, pk)
    units = permissions.units_of(request.user, consortium)
    form = BeginForm(
        request.POST or None, units=Unit.objects.filter(pk__in=[unit.pk for unit in units])
    )
    if request.method == "POST" and form.is_valid():
        try:
            found = begin(user=request.user, consortium=consortium, **form.cleaned_data)
        except Refused as refused:
            messages.error(request, refused.message)
        else:
            return redirect("support:edit", found.pk)
    context = {
        "consortium": consortium,
        "offers": [_offer(request.user, consortium, u) for u in units],
    }
    return render(request, "support/new.html", context)


def _offer(user, consortium: Consortium, unit: Unit) -> dict:
    """What one unit may ask for. State and record are the same for every kind."""
    findings = before(consortium, unit, Kind.TASK)
    return {
        "unit": unit,
        "findings": findings,
        "hindered": bool(blocking(findings)),
        "measures": [
            (kind, MEASURES[kind], permissions.may_begin(user, consortium, unit, kind))
            for kind in Kind
        ],
    }


@require_safe
def detail(request, pk):
    """Where a request stands, what was decided, what comes next, and what happened."""
    found = permissions.get_own_or_404(request.user, pk)
    acting = acts_for_unit(request.user, found.unit_id)
    findings = to_submit(found) if found.is_editable else ()
    context = _row(found, timezone.localdate()) | {
        "acts": bool(acting),
        "why_not": acting.reason,
        "findings": findings,
        "open": len(blocking(findings)),
        "lines": rows_of(found),
        "files": found.files.filter(removed_at__isnull=True),
        "events": _for_the_unit(found),
        "returned": found.events.filter(action=Action.RETURN).last() if found.is_editable else None,
        "consents": permissions.may_consent(request.user, found),
        "may_withdraw": permissions.may_take(request.user, Action.WITHDRAW, found),
    }
    return render(request, "support/detail.html", context)


def _for_the_unit(found: SupportRequest) -> list[SupportEvent]:
    """The history without what the officers wrote for each other."""
    events = list(found.events.select_related("actor"))
    for event in events:
        if event.action in INTERNAL:
            event.reason = ""
    return events


@require_safe
def file(request, pk, file_pk):
    """A paper of a request, for its unit and the officers, never run by a browser."""
    papers = SupportFile.objects.select_related("request")
    found = get_object_or_404(papers, pk=file_pk, request=pk)
    if not permissions.may_read_file(request.user, found):
        raise Http404
    about = {"request_id": pk, "original_name": found.original_name, "sha256": found.sha256}
    record_read(found._meta.db_table, found.pk, **about)
    return serve(found)


@require_safe
def pdf(request, pk):
    """The request as an official print, for its unit and the officers."""
    visible = SupportRequest.objects.visible_to(request.user).for_list()
    found = get_object_or_404(visible.distinct(), pk=pk)
    context = {
        "request_": found,
        "lines": rows_of(found),
        "basis": basis_of(found),
        "files": found.files.filter(removed_at__isnull=True),
    }
    response = HttpResponse(
        render_pdf("sheets/support_request.html", context), content_type="application/pdf"
    )
    name = f"{found.year} {found}.pdf".replace("/", " ")
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
