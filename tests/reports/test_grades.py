"""Grades of accepted reports: asked where the policy has them, kept as they were called."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from filings.models import Policy, ReportGrade
from filings.refusals import Refused
from notices.models import Message
from reports.models import AnnualReport
from reports.states import Action, Status
from reports.statistics import reporting
from reports.statistics.panels.reported import graded
from reports.transitions import perform
from tests.people import as_
from tests.reports.factories import report_of

pytestmark = pytest.mark.django_db
EN = {"Accept-Language": "en"}
LIST = "admin:reports_annualreport_changelist"


@pytest.fixture
def grades():
    policy = Policy.objects.in_force()
    names = {"excellent": "优秀", "good": "良好"}
    return ReportGrade.objects.bulk_create(
        ReportGrade(policy=policy, order=order, code=code, name=name)
        for order, (code, name) in enumerate(names.items())
    )


@pytest.fixture
def report(lead_owner):
    return report_of(lead_owner, status=Status.SUBMITTED)


def accept_at(report) -> str:
    return reverse("admin:reports_annualreport_accept", args=[report.pk])


def accept(reviewer, report, **given):
    data = {"expected_version": report.version} | given
    return as_(reviewer).post(accept_at(report), data)


def test_a_policy_without_grades_asks_for_none(report, reviewer):
    assert "grade" not in as_(reviewer).get(accept_at(report)).context["form"].fields
    assert accept(reviewer, report, grade="good").status_code == 302
    report.refresh_from_db()
    assert (report.status, report.grade, report.grade_name) == (Status.ACCEPTED, "", "")
    page = as_(reviewer).get(reverse(LIST), {"queue": "all"})
    assert "grade=" not in page.text


@pytest.mark.parametrize("given", [{}, {"grade": ""}, {"grade": "splendid"}])
def test_an_acceptance_names_one_of_the_grades(given, grades, report, reviewer):
    page = accept(reviewer, report, **given)
    assert page.context["form"].errors["grade"]
    with pytest.raises(Refused):
        perform(report.pk, Action.ACCEPT, actor=reviewer, **given)
    report.refresh_from_db()
    assert report.status == Status.SUBMITTED


def test_a_grade_and_a_remark_reach_the_lead_unit(grades, report, reviewer, lead_owner):
    form = as_(reviewer).get(accept_at(report)).context["form"]
    assert form.fields["grade"].choices == [("excellent", "优秀"), ("good", "良好")]
    assert accept(reviewer, report, grade="good", reason="成果转化突出。").status_code == 302
    report.refresh_from_db()
    assert (report.grade, report.grade_name) == ("good", "良好")
    event = report.events.get(action=Action.ACCEPT)
    assert (event.data["grade"], event.reason) == ("良好", "成果转化突出。")
    told = Message.objects.get(recipient=lead_owner, kind="report_accept").body
    assert "良好" in told
    assert "成果转化突出。" in told
    page = as_(lead_owner).get(reverse("reports:detail", args=[report.pk]), headers=EN).text
    assert page.count("Grade: 良好") == 2
    assert "成果转化突出。" in page


def test_a_grade_stays_as_it_was_called(grades, report, reviewer, first_of_june):
    accept(reviewer, report, grade="excellent")
    first_of_june.move_to("2028-06-01T09:00:00+08:00")
    later = Policy.objects.create(effective_from=date(2028, 1, 1))
    ReportGrade.objects.create(policy=later, code="excellent", name="优")
    report.refresh_from_db()
    assert report.grade_name == "优秀"
    page = as_(reviewer).get(reverse("admin:reports_annualreport_change", args=[report.pk]))
    assert "优秀" in page.text


def test_only_what_was_accepted_has_a_grade(report):
    for values in (
        {"grade": "good", "grade_name": "良好"},
        {"grade": "good", "status": Status.ACCEPTED},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            AnnualReport.objects.filter(pk=report.pk).update(**values)


def test_the_list_and_the_statistics_tell_the_grades(grades, lead_owner, reviewer):
    good, better, plain = (report_of(lead_owner, status=Status.SUBMITTED) for _n in range(3))
    accept(reviewer, good, grade="good")
    accept(reviewer, better, grade="excellent")
    page = as_(reviewer).get(reverse(LIST), {"grade": "good"})
    assert list(page.context["cl"].result_list) == [good]
    counted = reporting.grades(AnnualReport.objects.all())
    assert [(row["year"], row["grade_name"], row["reports"]) for row in counted] == [
        (2026, "优秀", 1), (2026, "良好", 1),
    ]  # fmt: skip
    [panel] = graded({"grades": counted})
    client = as_(reviewer)
    for row in panel.rows:
        [figure] = row.figures
        assert client.get(figure.url).context["cl"].result_count == figure.value
    assert graded({}) == graded({"grades": []}) == []
    assert plain.grade == ""


def test_a_new_policy_starts_from_the_grades_in_force(grades, administrator):
    page = as_(administrator).get(reverse("admin:filings_policy_add"))
    [formset] = [
        inline.formset
        for inline in page.context["inline_admin_formsets"]
        if inline.formset.model is ReportGrade
    ]
    assert [row["code"] for row in formset.initial_extra] == ["excellent", "good"]
