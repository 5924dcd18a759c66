"""Members and key tasks of a filing, added and removed through its pages."""

import pytest
from django.urls import reverse

from accounts.models import Unit
from filings.models import Consortium, KeyTask, Member
from tests.factories import TEXT, ConsortiumFactory, code_of
from tests.people import as_
from tests.sent import untouched

pytestmark = pytest.mark.django_db


@pytest.fixture
def consortium(lead_owner) -> Consortium:
    """A complete draft with two members, one task and the agreement."""
    unit = lead_owner.memberships.get().unit
    return ConsortiumFactory(complete=True, lead_unit=unit, created_by=lead_owner)


def url(name: str, consortium, *args) -> str:
    return reverse(f"filings:{name}", args=[consortium.pk, *args])


def member_data(**fields) -> dict:
    return {
        "uscc": code_of(1), "name": "南京示例新成员有限公司", "kind": "enterprise",
        "place": "320115", "contact_name": "乙演示", "contact_email": "new@example.com",
    } | fields  # fmt: skip


def test_a_member_is_added_by_its_code_however_it_is_typed(consortium, lead_owner):
    code = code_of(1)
    typed = f" {code[:4]} {code[4:10]} {code[10:].lower()}"
    client = as_(lead_owner)
    answer = client.post(url("member_add", consortium), member_data(uscc=typed))
    assert answer.url == url("step", consortium, "members")
    member = consortium.members.get(unit__uscc=code)
    assert member.order == 2
    assert member.confirmation == "pending"
    assert member.unit.name == "南京示例新成员有限公司"


def test_a_known_unit_is_found_and_not_renamed(consortium, lead_owner, member_user):
    unit = member_user.memberships.get().unit
    data = member_data(uscc=unit.uscc, name="别的名字")
    as_(lead_owner).post(url("member_add", consortium), data)
    assert consortium.members.filter(unit=unit).exists()
    assert Unit.objects.get(pk=unit.pk).name == unit.name


def test_a_unit_is_a_member_once_and_never_of_its_own_consortium(consortium, lead_owner):
    client = as_(lead_owner)
    for unit in (consortium.members.first().unit, consortium.lead_unit):
        page = client.post(url("member_add", consortium), member_data(uscc=unit.uscc))
        assert page.context["form"].errors.keys() == {"uscc"}
    assert consortium.members.count() == 2


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("uscc", "91320115MA0000000A"), ("uscc", "<script>"), ("name", "名" * 301),
        ("rd_staff", "-5"), ("contact_email", "not an address"),
        ("contact_name", "名" * 100),
    ],
)  # fmt: skip
def test_what_cannot_be_stays_typed_and_adds_nobody(field, typed, consortium, lead_owner):
    page = as_(lead_owner).post(url("member_add", consortium), member_data(**{field: typed}))
    assert field in page.context["form"].errors
    assert page.context["form"][field].value() == typed
    assert "<script>" not in page.content.decode().partition("<main")[2]
    assert consortium.members.count() == 2
    assert not Unit.objects.filter(name=member_data()["name"]).exists()


def test_a_member_is_edited_and_keeps_its_place(consortium, lead_owner):
    member = consortium.members.first()
    client = as_(lead_owner)
    address = url("member_edit", consortium, member.pk)
    data = untouched(client.get(address).context["form"])
    assert client.post(address, data | {"rd_staff": "４１"}).status_code == 302
    member.refresh_from_db()
    assert (member.rd_staff, member.order) == (41, 1)


def test_members_change_places(consortium, lead_owner):
    first, second = consortium.members.all()
    client = as_(lead_owner)
    client.post(url("member_move", consortium, second.pk), {"way": "up"})
    assert list(consortium.members.all()) == [second, first]
    client.post(url("member_move", consortium, second.pk), {"way": "up"})
    assert list(consortium.members.all()) == [second, first]
    client.post(url("member_move", consortium, second.pk), {"way": "down"})
    assert list(consortium.members.all()) == [first, second]


def test_a_member_leaves_after_a_question(consortium, lead_owner):
    member = consortium.members.last()
    client = as_(lead_owner)
    address = url("member_delete", consortium, member.pk)
    assert client.get(address).status_code == 200
    assert Member.objects.filter(pk=member.pk).exists()
    assert client.post(address).url == url("step", consortium, "members")
    assert not Member.objects.filter(pk=member.pk).exists()


def task_data(**fields) -> dict:
    return {
        "title": "新任务", "goal": TEXT, "budget": "1,000", "own_funds": "６００",
        "milestones-TOTAL_FORMS": "2", "milestones-INITIAL_FORMS": "0",
        "milestones-0-month": "6", "milestones-0-title": "完成设计",
    } | fields  # fmt: skip


def test_a_task_comes_with_its_milestones(consortium, lead_owner):
    members = [m.pk for m in consortium.members.all()]
    data = task_data(members=members)
    assert as_(lead_owner).post(url("task_add", consortium), data).status_code == 302
    task = consortium.tasks.get(title="新任务")
    assert (task.budget, task.own_funds, task.order) == (1000, 600, 1)
    assert [(m.month, m.title) for m in task.milestones.all()] == [(6, "完成设计")]
    assert {m.pk for m in task.members.all()} == set(members)


def test_rows_are_added_without_a_script_and_nothing_is_saved_by_it(consortium, lead_owner):
    page = as_(lead_owner).post(url("task_add", consortium), task_data(add_row="1"))
    assert page.status_code == 200
    assert len(page.context["form"].rows.forms) == 5
    assert "完成设计" in page.content.decode()
    assert not KeyTask.objects.filter(title="新任务").exists()


@pytest.mark.parametrize("total", ["", "x", "100000"])
def test_a_forged_number_of_rows_is_no_crash(total, consortium, lead_owner):
    data = task_data(add_row="1") | {"milestones-TOTAL_FORMS": total}
    assert as_(lead_owner).post(url("task_add", consortium), data).status_code == 200


@pytest.mark.parametrize(
    "bad", [{"budget": "-1"}, {"milestones-0-month": "0x"}, {"milestones-0-title": ""}]
)
def test_a_task_that_cannot_be_is_kept_as_typed(bad, consortium, lead_owner):
    page = as_(lead_owner).post(url("task_add", consortium), task_data(**bad))
    assert page.status_code == 200
    assert "新任务" in page.content.decode()
    assert consortium.tasks.count() == 1


def test_a_task_is_edited_and_removed(consortium, lead_owner):
    task = consortium.tasks.get()
    client = as_(lead_owner)
    address = url("task_edit", consortium, task.pk)
    context = client.get(address).context
    data = untouched(context["form"], context["form"].rows)
    data |= {"milestones-0-month": "", "milestones-0-title": ""}
    assert client.post(address, data).status_code == 302
    assert [m.month for m in task.milestones.all()] == [18, 36]
    client.post(url("task_delete", consortium, task.pk))
    assert not consortium.tasks.exists()


def test_a_member_of_another_filing_is_nobody_here(consortium, lead_owner):
    other = ConsortiumFactory(complete=True).members.first()
    client = as_(lead_owner)
    for name in ("member_edit", "member_delete"):
        assert client.get(url(name, consortium, other.pk)).status_code == 404
    assert client.post(url("member_move", consortium, other.pk), {"way": "up"}).status_code == 404
    page = client.post(url("task_add", consortium), task_data(members=[other.pk]))
    assert "members" in page.context["form"].errors
