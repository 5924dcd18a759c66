"""The last button and taking it back, also for a browser that posts what no page offers."""

import pytest
from django.urls import reverse

from filings.models import Consortium, Event, Submission
from filings.services import justify, save_content
from filings.snapshot import digest, take
from filings.states import Status
from tests.factories import ConsortiumFactory
from tests.people import as_
from tests.sent import signed

pytestmark = pytest.mark.django_db


def of(user, state: str) -> Consortium:
    unit = user.memberships.get().unit
    return ConsortiumFactory(**{state: True}, lead_unit=unit, created_by=user)


def url(name: str, consortium, *args) -> str:
    return reverse(f"filings:{name}", args=[consortium.pk, *args])


def words(page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def test_the_check_shows_the_whole_filing_and_what_is_signed(lead_owner):
    consortium = of(lead_owner, "complete")
    page = as_(lead_owner).get(url("check", consortium))
    assert consortium.bottleneck in page.text
    assert digest(take(consortium)) in page.text
    assert page.context["open"] == 0


def test_who_signs_and_what_is_kept_with_the_submission(lead_owner):
    consortium = of(lead_owner, "complete")
    client = as_(lead_owner)
    data = signed(client, consortium, "𠮷 示例")
    answer = client.post(url("submit", consortium), data)
    assert answer.url == url("submission", consortium, 1)
    kept = Submission.objects.get()
    assert (kept.signed_name, kept.digest) == ("𠮷 示例", data["digest"])


def test_it_is_submitted_once_though_the_button_is_pressed_twice(lead_owner):
    consortium = of(lead_owner, "complete")
    client = as_(lead_owner)
    data = signed(client, consortium)
    for _press in range(2):
        page = client.post(url("submit", consortium), data, follow=True)
        assert page.redirect_chain == [(url("submission", consortium, 1), 302)]
    assert [m.level_tag for m in page.context["messages"]] == ["info"]
    consortium.refresh_from_db()
    assert consortium.status == Status.SUBMITTED
    assert Submission.objects.count() == 1
    assert Event.objects.filter(action="submit").count() == 1


def test_a_press_after_the_bureau_went_on_is_told_so(lead_owner):
    consortium = of(lead_owner, "complete")
    client = as_(lead_owner)
    data = signed(client, consortium)
    Consortium.objects.filter(pk=consortium.pk).update(status=Status.UNDER_REVIEW)
    page = client.post(url("submit", consortium), data, follow=True)
    assert page.redirect_chain == [(url("detail", consortium), 302)]
    assert words(page)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"truth": ""}, "truth"),
        ({"signed_name": ""}, "signed_name"),
        ({"signed_name": " \u200b "}, "signed_name"),
        ({"signed_name": "1234"}, "signed_name"),
        ({"signed_name": "名" * 300}, "signed_name"),
    ],
)
def test_nothing_is_submitted_unsigned_and_the_statement_comes_back(wrong, field, lead_owner):
    consortium = of(lead_owner, "complete")
    client = as_(lead_owner)
    page = client.post(url("submit", consortium), signed(client, consortium) | wrong)
    sign = page.context["sign"]
    assert list(sign.errors) == [field]
    assert sign["signed_name"].value() == wrong.get("signed_name", "甲示例").replace("\u200b", "")
    assert Consortium.objects.get().status == Status.DRAFT


def change_goals(consortium, user):
    save_content(consortium.pk, user=user, fields={"goals": consortium.goals + "另一目标。"})


def change_a_reason(consortium, user):
    justify(consortium, user=user, rule="lead_figures", text="另一理由")


def change_an_answer(consortium, user):
    consortium.members.update(confirmation="pending")


@pytest.mark.parametrize("change", [change_goals, change_a_reason, change_an_answer])
def test_nothing_is_signed_that_the_page_did_not_show(change, lead_owner):
    consortium = of(lead_owner, "complete")
    client = as_(lead_owner)
    data = signed(client, consortium)
    change(consortium, lead_owner)
    page = client.post(url("submit", consortium), data)
    assert page.context["sign"].non_field_errors()
    assert Consortium.objects.get().status == Status.DRAFT
    # What came back is the new filing, which may be signed now.
    consortium = Consortium.objects.get()
    assert page.context["sign"]["digest"].value() == digest(take(consortium))
    if change is not change_an_answer:
        data |= {name: page.context["sign"][name].value() for name in ("digest", "version")}
        client.post(url("submit", consortium), data)
        assert Consortium.objects.get().status == Status.SUBMITTED


def test_a_statement_about_nothing_signs_nothing(lead_owner):
    consortium = of(lead_owner, "complete")
    as_(lead_owner).post(url("submit", consortium), {"truth": "1", "signed_name": "甲示例"})
    assert Consortium.objects.get().status == Status.DRAFT


@pytest.mark.parametrize(
    "lack", [{"bottleneck": ""}, {"lead_revenue": None}, {"lead_signed": False}]
)
def test_a_submission_posted_by_hand_past_a_block_is_refused(lack, lead_owner):
    consortium = of(lead_owner, "complete")
    Consortium.objects.filter(pk=consortium.pk).update(**lack)
    client = as_(lead_owner)
    page = client.post(url("submit", consortium), signed(client, consortium))
    assert page.context["sign"].non_field_errors()
    assert Consortium.objects.get().status == Status.DRAFT
    assert not Submission.objects.exists()


def test_without_a_members_confirmation_it_is_refused(lead_owner):
    consortium = of(lead_owner, "complete")
    consortium.members.update(confirmation="pending")
    client = as_(lead_owner)
    client.post(url("submit", consortium), signed(client, consortium))
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
    data = signed(as_(lead_owner), consortium) if name == "submit" else {}
    client = as_(request.getfixturevalue(cast))
    assert client.post(url(name, consortium), data).status_code == 404
    consortium.refresh_from_db()
    assert consortium.status == status


@pytest.mark.parametrize("name", ["submit", "withdraw"])
def test_a_link_changes_nothing(name, lead_owner):
    consortium = of(lead_owner, "complete")
    assert as_(lead_owner).get(url(name, consortium)).status_code == 405
