"""What the bureau asks for is answered at its field, and read again beside what changed."""

from decimal import Decimal

import pytest
from django.urls import reverse

from filings.refusals import NotPermitted
from reports.comments import answer_comment, resolve_comment
from reports.models import ReportComment
from reports.services import save_part
from reports.states import Action, Status
from reports.transitions import perform
from tests.people import as_
from tests.reports.factories import ask, report_of

pytestmark = pytest.mark.django_db
EN = {"Accept-Language": "en"}


@pytest.fixture
def returned(lead_owner, reviewer):
    """A report that came back with a point at a field, one at a row's field, one at a part."""
    report = report_of(lead_owner, status=Status.SUBMITTED)
    ask(report, reviewer, part="plan", field="plan_funds", text="请补充测算依据。")
    ask(report, reviewer, part="funds", field="own_funds", text="请核对自筹资金。")
    ask(report, reviewer, part="plan", text="请细化里程碑。")
    perform(report.pk, Action.RETURN, actor=reviewer)
    report.refresh_from_db()
    return report


def at(comment: ReportComment) -> str:
    return reverse("reports:answer", args=[comment.report_id, comment.pk])


def part(report, name: str) -> str:
    return reverse("reports:part", args=[report.pk, name])


def test_each_comment_stands_at_its_place_in_the_form(returned, lead_owner):
    client = as_(lead_owner)
    page = client.get(part(returned, "plan"), headers=EN)
    [item] = page.context["form"].fields["plan_funds"].comments
    assert item["comment"].text == "请补充测算依据。"
    assert [item["comment"].text for item in page.context["comments"]] == ["请细化里程碑。"]
    assert page.text.count("请补充测算依据。") == page.text.count("请细化里程碑。") == 1
    [item] = client.get(part(returned, "funds"), headers=EN).context["comments"]
    assert (item["comment"].text, item["about"]) == ("请核对自筹资金。", "Own funds put in")
    assert "请核对自筹资金。" not in client.get(part(returned, "team")).text
    detail = client.get(reverse("reports:detail", args=[returned.pk]))
    first = returned.comments.first()
    assert f"{part(returned, 'plan')}#comment-{first.pk}" in detail.text
    assert detail.context["open"] == 3
    words = "What the bureau asked for counts too until it is answered or marked as done."
    assert words in client.get(reverse("reports:detail", args=[returned.pk]), headers=EN).text


def test_the_lead_answers_or_marks_as_done_and_then_submits(returned, lead_owner, reviewer):
    client = as_(lead_owner)
    funds, own, whole = returned.comments.order_by("pk")
    answer = client.post(at(funds), {f"c{funds.pk}-text": " 已补充。 "})
    assert answer.url == f"{part(returned, 'plan')}#comment-{funds.pk}"
    client.post(at(own), {"resolve": "1"})
    sign = {"truth": "1", "signed_name": "甲示例", "version": returned.version}
    submit = reverse("reports:submit", args=[returned.pk])
    client.post(submit, sign)
    returned.refresh_from_db()
    assert returned.status == Status.RETURNED
    client.post(at(whole), {f"c{whole.pk}-text": "已细化。"})
    client.post(submit, sign)
    returned.refresh_from_db()
    assert returned.status == Status.SUBMITTED
    kept = returned.comments.order_by("pk").values_list("answer", "resolved")
    assert list(kept) == [("已补充。", False), ("", True), ("已细化。", False)]


def test_an_answer_that_is_too_long_or_empty_comes_back(returned, lead_owner):
    comment = returned.comments.order_by("pk").first()
    for text in ("", "长" * 2001):
        page = as_(lead_owner).post(at(comment), {f"c{comment.pk}-text": text})
        [item] = page.context["form"].fields["plan_funds"].comments
        assert item["form"].errors["text"]
        assert item["form"]["text"].value() == text
    comment.refresh_from_db()
    assert (comment.answer, comment.answered_at) == ("", None)


def test_the_bureau_reads_the_answers_beside_what_changed(returned, lead_owner, reviewer, auditor):
    admin = reverse("admin:reports_annualreport_change", args=[returned.pk])
    save_part(returned.pk, user=lead_owner, part="plan", fields={"plan_funds": Decimal("1600.5")})
    funds, own, whole = returned.comments.order_by("pk")
    answer_comment(funds, user=lead_owner, text="已按项目测算。")
    resolve_comment(own, user=lead_owner)
    resolve_comment(whole, user=lead_owner)
    # While the lead corrects, the bureau sees no comparison.
    assert as_(reviewer).get(admin).context["replies"] is None
    perform(returned.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    for officer in (reviewer, auditor):
        page = as_(officer).get(admin, {"tab": "since"}, headers=EN)
        money, plan = page.context["replies"]
        assert (money["part"], money["changes"]) == ("funds", [])
        assert [item["comment"] for item in plan["comments"]] == [funds, whole]
        assert [d.after for d in plan["changes"]] == ["1,600.50 × 10,000 CNY"]
        assert "已按项目测算。" in page.text


def test_only_what_waits_is_answered(returned, lead_owner, reviewer):
    for comment in returned.comments.all():
        resolve_comment(comment, user=lead_owner)
    perform(returned.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    old, unsent = returned.comments.first(), ask(returned, reviewer, text="还没有发出。")
    client = as_(lead_owner)
    assert client.post(at(old), {"resolve": "1"}).status_code == 404
    assert "还没有发出。" not in client.get(reverse("reports:detail", args=[returned.pk])).text
    perform(returned.pk, Action.RETURN, actor=reviewer)
    # Of the two returns only the last one waits.
    assert client.post(at(old), {"resolve": "1"}).status_code == 404
    assert client.post(at(unsent), {"resolve": "1"}).status_code == 302


@pytest.mark.parametrize("cast", ["member_user", "stranger", "lead_reader", "reviewer", "auditor"])
def test_nobody_answers_but_the_lead(cast, returned, lead_reader, request):
    user, comment = request.getfixturevalue(cast), returned.comments.first()
    assert as_(user).post(at(comment), {"resolve": "1"}).status_code == 404
    with pytest.raises(NotPermitted):
        resolve_comment(comment, user=user)
    comment.refresh_from_db()
    assert not comment.resolved
