"""What accepted yearly reports know already when a closing summary is begun."""

from decimal import Decimal

import pytest
import time_machine

from filings.closing import writing
from reports.models import AnnualReport
from reports.states import Status
from tests.reports.factories import report_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("status", "expected", "states"),
    [
        (Status.ACCEPTED, (7, 3, None, Decimal("50.00")), ["", "reached", "dropped", ""]),
        (Status.SUBMITTED, (None, None, None, None), ["", "", "", ""]),
    ],
)
def test_what_the_bureau_accepted_is_filled_in(status, expected, states, lead_owner):
    with time_machine.travel("2027-06-01T09:00:00+08:00", tick=False):
        report = report_of(lead_owner, status=status)
    AnnualReport.objects.update(patents_granted=7, standards_national=1, standards_group=2)
    first, second, third = report.milestones.order_by("milestone__month")
    for row, state in ((first, "reached"), (second, "dropped"), (third, "delayed")):
        row.state, row.evidence = state, "验收报告"
        row.save()
    with time_machine.travel("2029-01-04T09:00:00+08:00", tick=False):
        summary = writing.begin(report.consortium, user=lead_owner)
    figures = (summary.patents, summary.standards, summary.papers, summary.income)
    assert figures == expected
    rows = sorted(
        summary.results.all(), key=lambda row: row.milestone.month if row.milestone else 0
    )
    assert [row.state for row in rows] == states
    assert [row.evidence for row in rows] == ["验收报告" if state else "" for state in states]
