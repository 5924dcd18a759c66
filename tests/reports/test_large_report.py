"""A report of 40 projects, 12 members and 60 milestones: what its pages and saves cost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.models import AnnualReport, PlanMilestone
from reports.parts import Part
from reports.prefill import complete
from tests.counted import queries
from tests.factories import MemberFactory
from tests.people import as_
from tests.reports.factories import fill, report_of
from tests.reports.test_part_views import HTMX, plan_row, posted, url
from tests.sent import untouched

pytestmark = pytest.mark.django_db


@pytest.fixture
def large(lead_owner) -> AnnualReport:
    """A report of 40 projects, 12 members and 60 milestones, with as many planned ones."""
    report = report_of(lead_owner)
    consortium = report.consortium
    for _member in range(12 - consortium.members.count()):
        MemberFactory(consortium=consortium)
    task = consortium.tasks.first()
    task.milestones.bulk_create(
        task.milestones.model(task=task, month=n % 36 + 1, title=f"里程碑{n}")
        for n in range(60 - task.milestones.count())
    )
    complete(report)
    fill(report)
    units = list(report.units.values_list("unit_id", flat=True))
    for number in range(40 - report.projects.count()):
        unit = units[number % len(units)]
        project = report.projects.create(title=f"项目{number}", unit_id=unit, stage="running")
        project.partners.set(units)
    report.plan_milestones.bulk_create(
        PlanMilestone(report=report, title=f"计划{n}", due_on=date(2027, n % 12 + 1, 1))
        for n in range(59)
    )
    assert (report.units.count(), report.milestones.count()) == (13, 60)
    return AnnualReport.objects.get()


@pytest.mark.parametrize("part", Part.values)
def test_a_large_report_saves_each_part_within_twelve_queries(part, large, lead_owner):
    client = as_(lead_owner)
    data = posted(client, large, part) | {part: "改过的文字"}
    data |= {name: "delayed" for name in data if name.endswith("-state") and name[0] == "m"}
    for place in range(60 if part == "plan" else 0):
        data |= plan_row(place, f"改过{place}", "2027-12-01")
    for extra in ({}, {"autosave": "1"}):
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(url("part", large, part), data | extra, headers=HTMX)
        assert answer.status_code in (200, 302)
        assert len(queries(asked)) <= 12, "\n".join(queries(asked))
    large.refresh_from_db()
    assert getattr(large, part) == "改过的文字"
    if part == "tasks":
        assert set(large.milestones.values_list("state", flat=True)) == {"delayed"}
    if part == "plan":
        assert large.plan_milestones.filter(title__startswith="改过").count() == 60


def test_a_project_of_a_large_report_saves_within_twelve_queries(large, lead_owner):
    client = as_(lead_owner)
    project = large.projects.last()
    address = url("project", large, project.pk)
    # The first change takes the sign-off of its unit back, and the history says so.
    for spent, partners, most in ((12, [], 15), (13, [], 12)):
        form = client.get(address).context["form"]
        data = untouched(form) | {"spent": spent, "partners": partners}
        with CaptureQueriesContext(connection) as asked:
            assert client.post(address, data).status_code == 302
        assert len(queries(asked)) <= most, "\n".join(queries(asked))
        project.refresh_from_db()
        assert project.spent == spent
        assert [unit.pk for unit in project.partners.all()] == partners


@pytest.mark.parametrize("part", Part.values)
def test_the_page_of_a_part_takes_the_same_queries_however_large(
    part, large, lead_owner, django_assert_max_num_queries
):
    client = as_(lead_owner)
    with django_assert_max_num_queries(40):
        assert client.get(url("part", large, part)).status_code == 200
    with django_assert_max_num_queries(24):
        assert client.get(url("findings", large, part)).status_code == 200
