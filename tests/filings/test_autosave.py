"""Steps and rows that save themselves: what is written, what comes back, what is left to choose."""

import json
import re

import pytest
from django.urls import reverse

from filings.models import Consortium
from filings.services import save_content, save_member, save_task
from tests.factories import ConsortiumFactory
from tests.people import as_
from tests.sent import untouched

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def consortium(lead_owner) -> Consortium:
    unit = lead_owner.memberships.get().unit
    return ConsortiumFactory(complete=True, lead_unit=unit, created_by=lead_owner)


def url(name: str, consortium, *args) -> str:
    return reverse(f"filings:{name}", args=[consortium.pk, *args])


def typed(client, address: str, **fields) -> dict:
    form = client.get(address).context["form"]
    milestones = getattr(form, "rows", None)
    return untouched(form, milestones) | fields | {"autosave": "1"}


def remembered(page) -> dict:
    """What the answer tells the page to remember from now on."""
    found = re.findall(r'id="seen-(\w+)" name="[^"]+" value="([^"]*)" data-hx-swap-oob', page)
    return {name: json.loads(value.replace("&quot;", '"')) for name, value in found}


def test_what_was_typed_is_saved_and_remembered(consortium, lead_owner):
    client = as_(lead_owner)
    address = url("step", consortium, "sharing")
    answer = client.post(address, typed(client, address, results_sharing="共有"), headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in page
    assert Consortium.objects.get().results_sharing == "共有"
    assert remembered(page)["results_sharing"] == "共有"
    # The rail and the findings follow.
    assert 'id="rail"' in page
    assert 'id="panel"' in page


def test_what_cannot_be_saved_does_not_hold_up_the_rest(consortium, lead_owner):
    client = as_(lead_owner)
    address = url("step", consortium, "lead")
    data = typed(client, address, lead_revenue="很多", standing="行业前三")
    page = client.post(address, data, headers=HTMX).content.decode()
    stored = Consortium.objects.get()
    assert stored.standing == "行业前三"
    assert stored.lead_revenue == consortium.lead_revenue
    assert "#id_lead_revenue" in page
    assert "lead_revenue" not in remembered(page)


def test_somebody_else_s_text_comes_into_a_field_that_was_not_touched(consortium, lead_owner):
    client = as_(lead_owner)
    address = url("step", consortium, "sharing")
    data = typed(client, address, income_sharing="我的收益")
    save_content(consortium.pk, user=lead_owner, fields={"results_sharing": "他人的文字"})
    page = client.post(address, data, headers=HTMX).content.decode()
    assert re.search(r'id="field-results_sharing" data-hx-swap-oob="true"', page)
    assert "他人的文字" in page
    assert "results_sharing" not in remembered(page)
    assert Consortium.objects.get().income_sharing == "我的收益"


def test_a_clash_is_shown_and_ends_with_the_choice(consortium, lead_owner):
    client = as_(lead_owner)
    address = url("step", consortium, "sharing")
    data = typed(client, address, results_sharing="我的文字")
    save_content(consortium.pk, user=lead_owner, fields={"results_sharing": "他人的文字"})
    answer = client.post(address, data, headers=HTMX)
    (clash,) = answer.context["clashes"]
    assert clash.theirs == "他人的文字"
    assert Consortium.objects.get().results_sharing == "他人的文字"
    data |= {"clash-results_sharing": clash.shown, "choice-results_sharing": "mine"}
    answer = client.post(address, data, headers=HTMX)
    assert not answer.context["clashes"]
    assert Consortium.objects.get().results_sharing == "我的文字"


def test_a_member_saves_itself_once_it_is_stored(consortium, lead_owner):
    member = consortium.members.first()
    client = as_(lead_owner)
    address = url("member_edit", consortium, member.pk)
    data = typed(client, address, division_of_work="我的分工")
    save_member(member, user=lead_owner, fields={"rd_staff": 77})
    client.post(address, data, headers=HTMX)
    member.refresh_from_db()
    assert (member.division_of_work, member.rd_staff) == ("我的分工", 77)
    assert member.confirmation == "pending"


def test_two_people_at_the_milestones_of_a_task_choose(consortium, lead_owner):
    task = consortium.tasks.get()
    client = as_(lead_owner)
    address = url("task_edit", consortium, task.pk)
    data = typed(client, address, **{"milestones-0-title": "我的里程碑"})
    save_task(task, user=lead_owner, fields={"milestones": [[12, "他人的里程碑"]]})
    (clash,) = client.post(address, data, headers=HTMX).context["clashes"]
    assert clash.name == "milestones"
    assert "他人的里程碑" in clash.theirs
    assert [m.title for m in task.milestones.all()] == ["他人的里程碑"]
    data |= {"clash-milestones": clash.shown, "choice-milestones": "theirs"}
    page = client.post(address, data, headers=HTMX).content.decode()
    assert 'id="field-milestones"' in page
    assert [m.title for m in task.milestones.all()] == ["他人的里程碑"]


def test_the_last_milestone_may_go(consortium, lead_owner):
    task = consortium.tasks.get()
    client = as_(lead_owner)
    address = url("task_edit", consortium, task.pk)
    form = client.get(address).context["form"]
    rows = {f"milestones-{n}-{name}": "" for n in range(10) for name in ("month", "title")}
    assert client.post(address, untouched(form, form.rows) | rows).status_code == 302
    assert not task.milestones.exists()


@pytest.mark.parametrize("status", ["submitted", "active"])
def test_nothing_saves_itself_after_it_was_submitted(status, lead_owner):
    unit = lead_owner.memberships.get().unit
    consortium = ConsortiumFactory(lead_unit=unit, created_by=lead_owner, **{status: True})
    data = {"autosave": "1", "results_sharing": "太晚"}
    address = url("step", consortium, "sharing")
    assert as_(lead_owner).post(address, data, headers=HTMX).status_code == 404
    assert Consortium.objects.get().results_sharing != "太晚"
