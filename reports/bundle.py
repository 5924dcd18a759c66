"""All reports of a call in one archive, sent while it is being made: each paper is rendered when
its turn comes and forgotten when it is sent, so that memory stays the same for any number.

Names are Chinese and fit for every system; the archive marks them as UTF-8.
"""

import re
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from zipstream import ZipStream

from filings.documents import clean_name
from filings.spreadsheet import Heading, Value, stream
from reports.models import AnnualReport, ReportCall
from reports.paper import pdf
from reports.states import Status

INDEX = "目录.xlsx"
# What a file's name may not have on Windows; the rest `clean_name` takes away.
_UNFIT = re.compile(r'[<>:"/\\|?*]')


def papers_of(call: ReportCall) -> QuerySet[AnnualReport]:
    """The reports that lie with the bureau or were accepted: one that is still being written, or
    written anew, is no paper yet."""
    kept = (Status.SUBMITTED, Status.ACCEPTED)
    return _listed(call).filter(status__in=kept)


def archive(call: ReportCall) -> ZipStream:
    """The archive, to be iterated over in pieces. PDFs are packed already: they are only stored."""
    bundle = ZipStream()
    bundle.add(_index(call), INDEX)
    for report in papers_of(call).iterator(chunk_size=1000):
        bundle.add(_paper(report.pk), file_name(report))
    return bundle


def file_name(report: AnnualReport) -> str:
    """The filing number and the name of the consortium: unique, since the number is."""
    consortium = report.consortium
    return clean_name(_UNFIT.sub("_", f"{consortium.filing_number} {consortium.name}.pdf"))


def _paper(pk: int) -> Iterator[bytes]:
    yield pdf(AnnualReport.objects.for_list().get(pk=pk))


def _index(call: ReportCall) -> Iterator[bytes]:
    with translation.override("zh-hans"):
        title, heads = str(call.reporting_year), headings()
        states = {status: str(status.label) for status in Status}
        yes, no = _("yes"), _("no")
    today, kept = timezone.localdate(), (Status.SUBMITTED, Status.ACCEPTED)

    def row(report: AnnualReport) -> list[Value]:
        consortium, came = report.consortium, report.first_submitted_at
        return [
            consortium.filing_number,
            consortium.name,
            consortium.lead_unit.name,
            consortium.lead_unit.uscc,
            states[report.status],
            report.due_on,
            timezone.localdate(came) if came else None,
            yes if report.is_late_on(today) else no,
            timezone.localdate(report.accepted_at) if report.accepted_at else None,
            file_name(report) if report.status in kept else None,
        ]

    found = _listed(call).iterator(chunk_size=1000)
    return stream(title, heads, (row(report) for report in found))


def headings() -> list[Heading]:
    return [
        Heading(_("Filing number"), 22),
        Heading(_("Consortium"), 36),
        Heading(_("Lead unit"), 32),
        Heading(_("Credit code"), 22),
        Heading(_("State"), 12),
        Heading(_("Due day"), 12),
        Heading(_("First submitted on"), 14),
        Heading(_("Late"), 8),
        Heading(_("Accepted on"), 12),
        Heading(_("File"), 50),
    ]


def _listed(call: ReportCall) -> QuerySet[AnnualReport]:
    order = ("consortium__filing_year", "consortium__filing_serial", "pk")
    return call.reports.for_list().order_by(*order)
