"""A request, and the record of those concerned, as the plain values that the rules look at."""

from datetime import date

from django.db.models import Q
from django.utils import timezone

from accounts.models import Unit
from filings.models import Consortium, CreditCase, CreditRecord, Member
from filings.states import Status as ConsortiumStatus
from reports.models import AnnualReport, SupportRequest
from reports.states import Status as ReportStatus
from reports.support.kinds import CONTACT, Kind
from reports.support.rules import SupportFacts


def before_asking(consortium: Consortium, unit: Unit, kind: str, day: date) -> SupportFacts:
    """State and record as `unit` may know them before it begins a request."""
    concerned = [unit.pk, consortium.lead_unit_id]
    return _facts(consortium, kind, day, concerned, charged=[unit.pk], values={})


def facts_of(request: SupportRequest, day: date | None = None, *, desk: bool) -> SupportFacts:
    """Everything the rules ask. Of open credit cases the bureau's `desk` sees those of all units
    concerned, the unit that asks its own alone: nobody else knows of a case."""
    members = {member.pk: member.unit_id for member in request.members.all()}
    others = list(members.values())
    if request.kind == Kind.PROVINCIAL_CONSORTIUM:
        present = Member.objects.present_on(day or timezone.localdate())
        current = present.filter(consortium=request.consortium_id)
        others = list(current.values_list("unit", flat=True))
    concerned = [request.unit_id, request.consortium.lead_unit_id, *others]
    names = (*request.measure.fields, *CONTACT)
    values = {name: getattr(request, name) for name in names if name != "members"}
    return _facts(
        request.consortium,
        request.kind,
        day or timezone.localdate(),
        concerned,
        charged=concerned if desk else [request.unit_id],
        values=values | {"members": len(members)},
    )


def _facts(consortium, kind, day, concerned, *, charged, values) -> SupportFacts:
    reports = AnnualReport.objects.filter(consortium=consortium)
    missing = reports.missing_on(day).values_list("call__reporting_year", flat=True)
    waiting = reports.filter(status=ReportStatus.SUBMITTED)
    records = CreditRecord.objects.in_force(day).filter(unit__in=concerned)
    accused = Q(unit__in=charged, outcome=CreditCase.Outcome.OPEN)
    cases = CreditCase.objects.filter(accused).values_list("unit__name", flat=True)
    return SupportFacts(
        kind=kind,
        today=day,
        running=consortium.state_on(day) == ConsortiumStatus.ACTIVE,
        ends_on=consortium.ends_on,
        reports_missing=tuple(sorted(missing)),
        reports_waiting=tuple(sorted(waiting.values_list("call__reporting_year", flat=True))),
        records=tuple(records.values_list("unit__name", "decision_number")),
        cases=tuple(sorted(set(cases))),
        values=values,
    )
