"""Comments: written where they belong, told all at once, read again beside the next submission."""

import pytest

from filings.models import Comment
from filings.services import answer_comment, save_content
from filings.states import Action, Status
from filings.transitions import perform
from tests.factories import ConsortiumFactory, comment_on
from tests.people import as_

pytestmark = pytest.mark.django_db


@pytest.fixture
def filing(lead_owner):
    return ConsortiumFactory(
        submitted=True, lead_unit=lead_owner.memberships.get().unit, created_by=lead_owner
    )


def address(filing, rest: str = "") -> str:
    return f"/admin/filings/consortium/{filing.pk}/{rest}"


def write(client, filing, **data):
    data = {"about": "focus.goals", "text": "请补充量化目标。"} | data
    return client.post(address(filing, "comments/"), data)


def test_return_and_resubmission(filing, intake, lead_owner):
    desk = as_(intake)
    page = desk.get(address(filing, "return/"))
    assert page.context["form"] is None  # nothing to mend yet, and the page says so
    assert page.context["refusal"]

    write(desk, filing)
    write(desk, filing, about="members", text="请补充成员分工。")
    page = desk.get(address(filing, "return/")).text
    assert "请补充量化目标。" in page
    assert "请补充成员分工。" in page
    filing.refresh_from_db()
    desk.post(address(filing, "return/"), {"expected_version": filing.version, "reason": ""})
    filing.refresh_from_db()
    assert filing.status == Status.RETURNED
    assert Comment.objects.filter(sent_at__isnull=False).count() == 2

    save_content(
        filing.pk,
        user=lead_owner,
        fields={"goals": "三年内建成示范线两条并完成量产验证，形成三项标准和二十件专利。"},
    )
    before_submission = desk.get(address(filing, "change/")).text
    assert "示范线" not in before_submission  # the lead's editing is not the bureau's to see
    for comment in filing.comments.all():
        answer_comment(comment, user=lead_owner, text="已量化。")
    perform(filing.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    page = desk.get(address(filing, "change/?tab=comments"))
    assert page.context["dossier"].changes == 1
    line = next(
        line
        for item in page.context["chapters"]
        for part in item["chapter"].parts
        for line in part.lines
        if line.change
    )
    assert (line.field, "示范线" in line.value) == ("goals", True)
    assert line.change.before in page.text
    assert "已量化。" in page.text


def test_a_comment_without_words_comes_back(filing, intake):
    page = write(as_(intake), filing, text="  ")
    assert page.status_code == 200
    form = page.context["comment_form"]
    assert form.errors["text"]
    assert form["about"].value() == "focus.goals"
    assert str(form["about"]) in page.text
    assert not Comment.objects.exists()


@pytest.mark.parametrize("data", [{"about": "nowhere"}, {"about": "focus.no_such_field"}])
def test_a_comment_is_about_a_part_of_the_filing(data, filing, intake):
    write(as_(intake), filing, **data)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("cast", ["reviewer", "decider", "auditor", "administrator"])
def test_only_the_officer_whose_turn_it_is_comments(cast, filing, request):
    client = as_(request.getfixturevalue(cast))
    page = client.get(address(filing, "change/?tab=comments")).text
    assert f'action="{address(filing, "comments/")}"' not in page
    assert write(client, filing).status_code == 404
    assert not Comment.objects.exists()


@pytest.mark.parametrize("cast", ["intake", "reviewer"])
def test_an_unsent_comment_is_changed_and_deleted(cast, filing, request):
    comment = comment_on(filing)
    client = as_(request.getfixturevalue(cast))
    edit = address(filing, f"comments/{comment.pk}/")
    assert "请补充量化目标。" in client.get(edit).text
    client.post(edit, {"about": "sharing", "text": "请写明指标。"})
    comment.refresh_from_db()
    assert (comment.text, comment.section, comment.field) == ("请写明指标。", "sharing", "")
    assert client.get(edit + "delete/").status_code == 200
    assert Comment.objects.exists()
    client.post(edit + "delete/")
    assert not Comment.objects.exists()


@pytest.mark.parametrize("cast", ["auditor", "administrator"])
def test_others_do_not_touch_comments(cast, filing, request):
    comment = comment_on(filing)
    client = as_(request.getfixturevalue(cast))
    edit = address(filing, f"comments/{comment.pk}/")
    for page in (edit, edit + "delete/"):
        assert client.get(page).status_code == 404
        assert client.post(page, {"about": "focus", "text": "x"}).status_code == 404
    comment.refresh_from_db()
    assert comment.text == "请补充量化目标。"


def test_a_sent_comment_stays(filing, intake):
    comment = comment_on(filing)
    perform(filing.pk, Action.RETURN, actor=intake)
    edit = address(filing, f"comments/{comment.pk}/")
    for page in (edit, edit + "delete/"):
        assert as_(intake).post(page, {"about": "focus", "text": "x"}).status_code == 404
    assert Comment.objects.get().text == "请补充量化目标。"


def test_a_comment_is_reached_through_its_own_filing_only(filing, intake):
    comment = comment_on(filing)
    other = ConsortiumFactory(submitted=True)
    assert as_(intake).get(address(other, f"comments/{comment.pk}/")).status_code == 404
