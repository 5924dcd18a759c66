"""What was handed in stays as it was, and what changed since then is told in words."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import translation

from filings.snapshot import digest
from reports.models import AnnualReport, ReportComment
from reports.services import save_part
from reports.states import Action, Status
from reports.submissions import changed_since
from reports.transitions import perform
from tests.people import as_
from tests.reports.factories import answer_all, report_of

pytestmark = pytest.mark.django_db


def fresh() -> AnnualReport:
    return AnnualReport.objects.for_list().get()


def test_a_submission_freezes_the_whole_report(lead_owner):
    report = report_of(lead_owner, complete=True)
    perform(report.pk, Action.SUBMIT, actor=lead_owner, signed_name=" 甲示例 ")
    kept = report.submissions.get()
    assert (kept.number, kept.submitted_by, kept.signed_name) == (1, lead_owner, "甲示例")
    assert kept.digest == digest(kept.content)
    assert kept.content["plan"]["plan_funds"] == "500.00"
    assert [row["title"] for row in kept.content["plan"]["plan_milestones"]] == ["完成中试"]
    assert len(kept.content["funds"]["units"]) == report.units.count()
    report.units.update(own_funds=Decimal(1))
    kept.refresh_from_db()
    assert kept.content["funds"]["units"][0]["own_funds"] == "900.00"


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_keeps_it(change, lead_owner):
    report = report_of(lead_owner, status=Status.SUBMITTED)
    rows = report.submissions.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(signed_name="x") if change == "update" else rows._raw_delete(rows.db)
    assert rows.get().signed_name == "甲示例"


def test_what_changed_since_a_return_is_told_in_words(lead_owner, reviewer):
    report = report_of(lead_owner, status=Status.RETURNED)
    assert ReportComment.objects.get().submission == report.submissions.get()
    assert changed_since(fresh()) == []
    save_part(report.pk, user=lead_owner, part="plan", fields={"plan_funds": Decimal("1600.5")})
    report.milestones.filter(milestone__month=6).update(state="delayed", reason="设备推迟。")
    with translation.override("en"):
        found = {(d.section_label, d.label): (d.before, d.after) for d in changed_since(fresh())}
    assert found[("Plan for next year", "funds planned for next year")] == (
        "500.00 × 10,000 CNY", "1,600.50 × 10,000 CNY",
    )  # fmt: skip
    assert found[("Progress of the key tasks", "完成齿形设计 · state")] == ("Reached", "Delayed")
    assert len(found) == 3
    page = as_(lead_owner).get(reverse("reports:detail", args=[report.pk]))
    assert "1,600.50" in page.text
    answer_all(report)
    perform(report.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    assert len(changed_since(fresh())) == 3
    page = as_(reviewer).get(reverse("reports:detail", args=[report.pk]))
    assert "1,600.50" in page.text


def test_a_removed_row_is_told_too(lead_owner):
    report = report_of(lead_owner, status=Status.RETURNED)
    report.plan_milestones.all().delete()
    gone = [d for d in changed_since(fresh()) if d.before == "完成中试"]
    assert [(d.section, d.after) for d in gone] == [("plan", "")]


def test_nothing_is_signed_that_the_page_did_not_show(lead_owner):
    report = report_of(lead_owner, complete=True)
    client = as_(lead_owner)
    shown = (
        client.get(reverse("reports:detail", args=[report.pk])).context["sign"]["version"].value()
    )
    AnnualReport.objects.filter(pk=report.pk).update(version=shown + 1)
    data = {"truth": "1", "signed_name": "甲示例", "version": shown}
    client.post(reverse("reports:submit", args=[report.pk]), data)
    assert fresh().status == Status.DRAFT
    assert not report.submissions.exists()
