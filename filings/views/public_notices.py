from allauth.core.ratelimit import consume, consume_or_429
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from filings.as_of import as_of, views_of
from filings.forms.rows import ObjectionForm
from filings.models import Consortium, NoticeEntry, Objection, PublicNotice
from filings.operation import receive_objection
from filings.pdf import render as as_pdf
from filings.refusals import Refused
from filings.workdays import PROVISIONAL, is_provisional, workdays_left

PER_PAGE = 10


@login_not_required
@require_safe
def notices(request):
    """What is published for objections now; with `?past=1`, what was."""
    today, past = timezone.localdate(), "past" in request.GET
    if past:
        found = PublicNotice.objects.over_on(today).order_by("-ends_on", "-pk")
    else:
        found = PublicNotice.objects.running_on(today).order_by("ends_on", "pk")
    entries = NoticeEntry.objects.select_related("consortium__lead_unit")
    found = found.prefetch_related(Prefetch("entries", entries))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": [_row(notice, today) for notice in page],
        "past": past,
        "query": "past=1" if past else "",
    }
    return render(request, "filings/public_notices.html", context)


def _row(notice: PublicNotice, today) -> dict:
    """A notice with its filings, and whether each may still be objected to."""
    consortia = [entry.consortium for entry in notice.entries.all()]
    return {
        "notice": notice,
        "consortia": [(c, c.is_noticed_on(today)) for c in consortia],
        "runs": any(c.is_noticed_on(today) for c in consortia),
        "days": workdays_left(today, notice.ends_on),
        "provisional": PROVISIONAL if is_provisional(notice.ends_on) else "",
    }


@login_not_required
@require_safe
def notice_sheet(request, pk):
    """One notice as it was made public, with all its filings."""
    notice = _as_published_or_404(pk)
    return render(request, "filings/notice_sheet.html", _row(notice, timezone.localdate()))


@login_not_required
@require_safe
def notice_pdf(request, pk):
    """The notice in the form of an official document; making one is braked."""
    if too_many := consume_or_429(request, action="notice_pdf", limit_get=True):
        return too_many
    notice = _as_published_or_404(pk)
    data = as_pdf("sheets/notice.html", {"notice": notice})
    response = HttpResponse(data, content_type="application/pdf")
    name = f"{notice.title} {notice.starts_on.isoformat()}.pdf"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _as_published_or_404(pk) -> PublicNotice:
    """A notice with its filings as they were when it was published, whatever changed since."""
    entries = NoticeEntry.objects.select_related("consortium__lead_unit", "consortium__focus_field")
    notices = PublicNotice.objects.prefetch_related(Prefetch("entries", entries))
    notice = get_object_or_404(notices, pk=pk)
    found = list(notice.entries.all())
    views = views_of([entry.consortium for entry in found], notice.starts_on)
    for entry, view in zip(found, views, strict=True):
        entry.consortium = view
    return notice


@login_not_required
def notice(request, pk):
    """One published filing; while its notice runs anybody may object."""
    today = timezone.localdate()
    consortium = get_object_or_404(
        Consortium.objects.published().for_list().select_related("notice_entry__notice"), pk=pk
    )
    form = ObjectionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data.pop("website"):
            # A program filled in what people do not see; it learns nothing.
            return redirect("filings:public_notice", pk)
        if objection := _object(request, consortium, form):
            return redirect("filings:objection", objection.code)
    published = as_of(consortium, consortium.notice_starts_on)
    context = {
        "consortium": published,
        "runs": consortium.is_noticed_on(today),
        "days": workdays_left(today, consortium.notice_ends_on),
        "provisional": PROVISIONAL if is_provisional(consortium.notice_ends_on) else "",
        "form": form,
        "members": published.members.all(),
    }
    return render(request, "filings/public_notice.html", context)


def _object(request, consortium, form) -> Objection | None:
    if not consume(request, action="objection"):
        form.add_error(None, _("Too many objections from here: please try again in an hour."))
        return None
    try:
        objection = receive_objection(consortium, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, refused.message)
    except ValidationError as error:
        form.add_error("upload", error)
    else:
        messages.success(
            request, _("Your objection was received. The bureau answers before it decides.")
        )
        return objection
    return None
