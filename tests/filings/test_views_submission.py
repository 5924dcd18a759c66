"""The last button and taking it back, also for a browser that posts what no page offers."""

import pytest
from django.urls import reverse

from filings.models import Consortium, Event, Submission
from filings.states import Status
from tests.factories import ConsortiumFactory
from tests.people import as_

pytestmark = pytest.mark.django_db


def of(user, state: str) -> Consortium:
    unit = user.memberships.get().unit
    return ConsortiumFactory(**{state: True}, lead_unit=unit, created_by=user)


def url(name: str, consortium) -> str:
    return reverse(f"filings:{name}", args=[consortium.pk])


def words(page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def test_the_check_shows_the_whole_filing(lead_owner):
    consortium = of(lead_owner, "complete")
    page = as_(lead_owner).get(url("check", consortium))
    assert consortium.bottleneck in page.content.decode()
    assert page.context["open"] == 0


def test_it_is_submitted_once_though_the_button_is_pressed_twice(lead_owner):
    consortium = of(lead_owner, "complete")
    client = as_(lead_owner)
    for _press in range(2):
        answer = client.post(url("submit", consortium), {"truth": "1"})
        assert answer.url == url("detail", consortium)
    consortium.refresh_from_db()
    assert consortium.status == Status.SUBMITTED
    assert Submission.objects.count() == 1
    assert Event.objects.filter(action="submit").count() == 1


def test_nothing_is_submitted_before_its_truth_is_confirmed(lead_owner):
    consortium = of(lead_owner, "complete")
    page = as_(lead_owner).post(url("submit", consortium), follow=True)
    assert words(page)
    assert Consortium.objects.get().status == Status.DRAFT


@pytest.mark.parametrize(
    "lack", [{"bottleneck": ""}, {"lead_revenue": None}, {"lead_signed": False}]
)
def test_a_submission_posted_by_hand_past_a_block_is_refused(lack, lead_owner):
    consortium = of(lead_owner, "complete")
    Consortium.objects.filter(pk=consortium.pk).update(**lack)
    page = as_(lead_owner).post(url("submit", consortium), {"truth": "1"}, follow=True)
    assert page.redirect_chain[-1][0] == url("check", consortium)
    assert words(page)
    assert Consortium.objects.get().status == Status.DRAFT
    assert not Submission.objects.exists()


def test_without_a_members_confirmation_it_is_refused(lead_owner):
    consortium = of(lead_owner, "complete")
    consortium.members.update(confirmation="pending")
    as_(lead_owner).post(url("submit", consortium), {"truth": "1"})
    assert Consortium.objects.get().status == Status.DRAFT


def test_it_is_withdrawn_until_somebody_accepted_it(lead_owner):
    consortium = of(lead_owner, "submitted")
    client = as_(lead_owner)
    client.post(url("withdraw", consortium))
    assert Consortium.objects.get().status == Status.DRAFT
    assert Submission.objects.count() == 1

    later = of(lead_owner, "under_review")
    page = client.post(url("withdraw", later), follow=True)
    later.refresh_from_db()
    assert later.status == Status.UNDER_REVIEW
    assert words(page)


@pytest.mark.parametrize("cast", ["lead2_owner", "stranger", "intake", "auditor"])
@pytest.mark.parametrize("name", ["submit", "withdraw"])
def test_others_neither_submit_nor_withdraw(name, cast, lead_owner, request):
    consortium = of(lead_owner, "complete" if name == "submit" else "submitted")
    status = consortium.status
    client = as_(request.getfixturevalue(cast))
    assert client.post(url(name, consortium), {"truth": "1"}).status_code == 404
    consortium.refresh_from_db()
    assert consortium.status == status


@pytest.mark.parametrize("name", ["submit", "withdraw"])
def test_a_link_changes_nothing(name, lead_owner):
    consortium = of(lead_owner, "complete")
    assert as_(lead_owner).get(url(name, consortium)).status_code == 405
