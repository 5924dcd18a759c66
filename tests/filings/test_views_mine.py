"""My filings, and a new one."""

import pytest
from django.urls import reverse

from accounts.models import Membership
from filings.models import Consortium, Member
from tests.factories import ConsortiumFactory
from tests.people import as_

pytestmark = pytest.mark.django_db


def led_by(user, **fields) -> Consortium:
    return ConsortiumFactory(lead_unit=user.memberships.get().unit, created_by=user, **fields)


@pytest.mark.parametrize("rows", [1, 3])
def test_my_filings_take_the_same_queries_however_many(rows, lead_owner, django_assert_num_queries):
    for _row in range(rows):
        led_by(lead_owner, returned=True)
    client = as_(lead_owner)
    with django_assert_num_queries(10):
        page = client.get(reverse("filings:mine"))
    assert len(page.context["rows"]) == rows


def test_i_see_what_my_units_lead_and_join_and_nothing_else(lead_owner, member_user, stranger):
    mine = led_by(lead_owner, complete=True)
    ConsortiumFactory(complete=True)
    Member.objects.filter(pk=mine.members.first().pk).update(
        unit=member_user.memberships.get().unit
    )
    page = as_(lead_owner).get(reverse("filings:mine"))
    assert [row.consortium for row in page.context["rows"]] == [mine]
    page = as_(member_user).get(reverse("filings:mine"))
    assert page.context["rows"] == []
    assert [row.consortium for row in page.context["joined"]] == [mine]
    page = as_(stranger).get(reverse("filings:mine"))
    assert page.context["rows"] == page.context["joined"] == []


def test_a_colleague_sees_each_filing_once(lead_owner, stranger):
    unit = lead_owner.memberships.get().unit
    Membership.objects.create(user=stranger, unit=unit, role="editor")
    led_by(lead_owner)
    for user in (lead_owner, stranger):
        assert len(as_(user).get(reverse("filings:mine")).context["rows"]) == 1


def test_a_filing_is_begun_for_ones_own_unit(lead_owner):
    unit = lead_owner.memberships.get().unit
    data = {"unit": unit.pk, "name": "脑机接口创新联合体𠮷"}
    answer = as_(lead_owner).post(reverse("filings:new"), data)
    consortium = Consortium.objects.get()
    assert answer.url == reverse("filings:step", args=[consortium.pk, "lead"])
    assert (consortium.lead_unit, consortium.created_by) == (unit, lead_owner)
    assert consortium.name == "脑机接口创新联合体𠮷"


@pytest.mark.parametrize("name", ["", "联" * 301])
def test_a_filing_without_a_usable_name_is_not_begun(name, lead_owner):
    data = {"unit": lead_owner.memberships.get().unit_id, "name": name}
    assert as_(lead_owner).post(reverse("filings:new"), data).status_code == 200
    assert not Consortium.objects.exists()


def test_nobody_files_for_anothers_unit(lead_owner, lead2_owner):
    data = {"unit": lead2_owner.memberships.get().unit_id, "name": "创新联合体"}
    page = as_(lead_owner).post(reverse("filings:new"), data)
    assert page.context["form"].errors.keys() == {"unit"}
    assert not Consortium.objects.exists()


@pytest.mark.parametrize(
    ("state", "cast", "status"),
    [
        ("complete", "lead_owner", 200), ("complete", "stranger", 404),
        ("complete", "lead2_owner", 404), ("complete", "intake", 404),
        ("submitted", "intake", 200), ("submitted", "auditor", 200),
        ("submitted", "stranger", 404), ("active", "lead2_owner", 404),
    ],
)  # fmt: skip
def test_a_filing_is_opened_by_its_people_and_once_submitted_by_the_bureau(
    state, cast, status, lead_owner, request
):
    consortium = led_by(lead_owner, **{state: True})
    client = as_(request.getfixturevalue(cast))
    answer = client.get(reverse("filings:detail", args=[consortium.pk]))
    assert answer.status_code == status
