"""The R&D projects of a report: each unit's own, and all of them for the lead."""

from decimal import Decimal

import pytest
from django.urls import reverse

from filings.merging import Seen
from filings.refusals import NotPermitted
from reports.models import ReportProject
from reports.unit_services import delete_project, save_project
from tests.factories import UnitFactory
from tests.people import as_
from tests.reports.factories import signed
from tests.sent import untouched

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def url(name: str, part, *args) -> str:
    return reverse(f"reports:{name}", args=[part.report_id, part.pk, *args])


def project_url(name: str, project) -> str:
    return reverse(f"reports:{name}", args=[project.report_id, project.pk])


def test_a_member_adds_changes_and_removes_its_projects(part, member_user):
    client = as_(member_user)
    data = untouched(client.get(url("project_add", part)).context["form"])
    data |= {"title": "联合试制", "budget": "300", "stage": "running",
             "partners": [part.report.consortium.lead_unit_id]}  # fmt: skip
    assert client.post(url("project_add", part), data).url == url("unit", part)
    project = part.report.projects.get(unit=part.unit)
    assert (project.title, project.budget) == ("联合试制", Decimal(300))
    assert [unit.pk for unit in project.partners.all()] == [part.report.consortium.lead_unit_id]

    form = client.get(project_url("project", project)).context["form"]
    assert "unit_id" not in form.fields
    changed = untouched(form) | {"autosave": "1", "done_percent": "40", "spent": "12.5"}
    assert client.post(project_url("project", project), changed, headers=HTMX).status_code == 200
    project.refresh_from_db()
    assert (project.done_percent, project.spent) == (40, Decimal("12.50"))

    client.post(project_url("project_delete", project))
    assert not ReportProject.objects.filter(pk=project.pk).exists()


def test_two_people_at_one_project_overwrite_nothing(part, member_user, lead_owner):
    lead = part.report.consortium.lead_unit_id
    project = part.report.projects.create(title="试制", unit=part.unit, stage="running")
    client = as_(member_user)
    data = untouched(client.get(project_url("project", project)).context["form"])
    data |= {"title": "我的名称", "spent": "7", "partners": [lead]}
    theirs = {"title": "牵头的名称", "done_percent": 30}
    save_project(
        project, user=lead_owner, fields=theirs, seen=Seen({"title": "试制", "done_percent": None})
    )
    page = client.post(project_url("project", project), data)
    assert [clash.name for clash in page.context["clashes"]] == ["title"]
    project.refresh_from_db()
    assert (project.title, project.spent, project.done_percent) == ("牵头的名称", Decimal(7), 30)
    assert [unit.pk for unit in project.partners.all()] == [lead]
    delete_project(project, user=lead_owner)
    gone = client.post(project_url("project", project), data)
    assert gone.status_code == 404


def test_the_lead_gives_a_project_to_another_unit(part, member_user, lead_owner):
    part = signed(part, member_user)
    lead = part.report.units.get(member=None)
    client = as_(lead_owner)
    data = untouched(client.get(url("project_add", lead)).context["form"])
    data |= {"title": "攻关", "unit_id": part.unit_id, "partners": [part.unit_id, lead.unit_id]}
    answer = client.post(url("project_add", lead), data)
    assert answer.url.startswith(reverse("reports:part", args=[part.report_id, "cooperation"]))
    project = part.report.projects.get(title="攻关")
    assert project.unit == part.unit
    # Who is in charge is no partner of itself, and signs again.
    assert [unit.pk for unit in project.partners.all()] == [lead.unit_id]
    part.refresh_from_db()
    assert part.signed_at is None
    assert "攻关" in client.get(answer.url).text
    page = as_(member_user).get(url("unit", part))
    assert "攻关" in page.text
    wrong = data | {"unit_id": UnitFactory().pk}
    assert client.post(url("project_add", lead), wrong).status_code == 200


def test_no_member_opens_the_project_of_another(part, member_user):
    other = part.report.projects.create(
        title="他人", unit=part.report.consortium.lead_unit, stage="running"
    )
    client = as_(member_user)
    assert client.get(project_url("project", other)).status_code == 404
    assert client.post(project_url("project_delete", other)).status_code == 404
    with pytest.raises(NotPermitted):
        save_project(other, user=member_user, fields={"title": "x"})
    assert ReportProject.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize(
    ("field", "bad"), [("done_percent", "101"), ("spent", "-1"), ("title", "")]
)
def test_a_project_that_cannot_be_stays_typed(field, bad, part, member_user):
    client = as_(member_user)
    data = untouched(client.get(url("project_add", part)).context["form"]) | {
        "title": "x",
        field: bad,
    }
    page = client.post(url("project_add", part), data)
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {field}


def test_a_change_of_its_projects_takes_the_sign_off_back_too(part, member_user):
    part = signed(part, member_user)
    row = ReportProject(report=part.report, unit=part.unit)
    save_project(row, user=member_user, fields={"title": "x", "stage": "running"})
    part.refresh_from_db()
    assert part.signed_at is None


def test_a_project_that_changed_since_the_page_was_made_is_signed_by_nobody(part, member_user):
    project = part.report.projects.create(title="试制", unit=part.unit, stage="running")
    client = as_(member_user)
    data = untouched(client.get(url("unit", part)).context["sign"]) | {"signed_name": "乙示例"}
    for fields in ({"spent": Decimal(9)}, {"partners": [part.report.consortium.lead_unit_id]}):
        save_project(project, user=member_user, fields=fields)
        client.post(url("sign", part), data)
        part.refresh_from_db()
        assert part.signed_at is None
        data["shown"] = client.get(url("unit", part)).context["sign"]["shown"].value()
    client.post(url("sign", part), data)
    part.refresh_from_db()
    assert part.signed_name == "乙示例"
