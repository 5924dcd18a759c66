"""What people and machines put into the forms of a filing: refused at the field, or kept as meant."""

import html

import pytest
from django.urls import reverse

from filings.forms.pasted import tidy
from filings.forms.sections import SECTION_FORMS
from filings.models import Consortium, KeyTask, Member
from tests.factories import ConsortiumFactory, comment_on
from tests.people import as_
from tests.sent import untouched

pytestmark = pytest.mark.django_db

LONG = "名" * 301
ADDRESSES = {"new": "new", "member": "member_edit", "task": "task_edit"}


@pytest.fixture
def consortium(lead_owner) -> Consortium:
    unit = lead_owner.memberships.get().unit
    return ConsortiumFactory(complete=True, lead_unit=unit, created_by=lead_owner)


def address(consortium, place: str) -> str:
    if place == "new":
        return reverse("filings:new")
    if place in SECTION_FORMS:
        return reverse("filings:step", args=[consortium.pk, place])
    row = consortium.members.first() if place == "member" else consortium.tasks.get()
    return reverse(f"filings:{ADDRESSES[place]}", args=[consortium.pk, row.pk])


def posted(client, url: str, **typed):
    form = client.get(url).context["form"]
    data = untouched(form, getattr(form, "rows", None)) | typed
    return client.post(url, data)


REFUSED = [
    ("new", "name", LONG, "最多"),
    ("new", "name", " \u200b\u00ad ", "必填"),
    ("lead", "name", LONG, "最多"),
    ("lead", "lead_revenue", "1000000000000000", "万元"),
    ("lead", "lead_revenue", "-1", "负"),
    ("lead", "lead_revenue", "1e400", "数字"),
    ("lead", "lead_revenue", "一百万", "数字"),
    ("lead", "lead_rd_spend", "12.345", "小数"),
    ("lead", "lead_kind", "<script>", "选择"),
    ("focus", "focus_field", "999999", "选择"),
    ("governance", "council_chair", LONG, "最多"),
    ("governance", "chief_expert_post", LONG, "最多"),
    ("agreement", "agreement_signed_on", "1900-01-01", "2000"),
    ("agreement", "agreement_signed_on", "2200-01-01", "2000"),
    ("agreement", "agreement_signed_on", "2026-02-31", "日期"),
    ("agreement", "agreement_signed_on", "明天", "日期"),
    ("agreement", "term_months", "0", "1"),
    ("agreement", "term_months", "36.5", "整数"),
    ("member", "uscc", "91350100M000100Y44", "校验码"),
    ("member", "name", LONG, "最多"),
    ("member", "kind", "ministry", "选择"),
    ("member", "rd_staff", "-3", "0"),
    ("member", "contact_email", "nobody at nowhere", "Email"),
    ("task", "title", LONG, "最多"),
    ("task", "budget", "-0.01", "负"),
    ("task", "own_funds", "1000000000000000", "万元"),
    ("task", "milestones-0-month", "0", "1"),
    ("task", "milestones-0-month", "半年", "整数"),
    ("task", "milestones-0-title", LONG, "最多"),
]


@pytest.mark.parametrize(("place", "field", "typed", "said"), REFUSED)
def test_what_cannot_be_is_told_at_the_field_in_chinese(
    place, field, typed, said, consortium, lead_owner
):
    url = address(consortium, place)
    other = {"new": {"unit": consortium.lead_unit_id}, "lead": {"standing": "另一段文字"}}
    page = posted(as_(lead_owner), url, **other.get(place, {}) | {field: typed})
    assert page.status_code == 200
    form = page.context["form"]
    row = field.split("-")
    bound = form.rows[int(row[1])][row[2]] if row[0] == "milestones" else form[field]
    assert said in " ".join(bound.errors)
    assert str(bound.errors) in page.text
    # All that was typed comes back, and nothing was stored.
    assert bound.value() == tidy(typed)
    if place == "lead":
        assert form["standing"].value() == "另一段文字"
    assert Consortium.objects.get().standing == consortium.standing


def test_a_member_once_and_never_the_lead(consortium, lead_owner):
    first, second = consortium.members.select_related("unit")
    url = reverse("filings:member_edit", args=[consortium.pk, first.pk])
    for code in (second.uscc, consortium.lead_unit.uscc):
        page = posted(as_(lead_owner), url, uscc=code, team="写了很久的文字")
        assert page.context["form"].errors["uscc"]
        assert page.context["form"]["team"].value() == "写了很久的文字"


@pytest.mark.parametrize(
    ("revenue", "spend", "rule"),
    [("0", "0", "lead_figures"), ("0", "5", "lead_figures"), ("100", "100.01", "rd_above_revenue")],
)
def test_figures_that_cannot_be_right_are_findings_at_the_field(
    revenue, spend, rule, consortium, lead_owner
):
    client = as_(lead_owner)
    url = address(consortium, "lead")
    page = posted(client, url, lead_revenue=revenue, lead_rd_spend=spend)
    assert page.status_code == 302
    found = {item["finding"].rule: item["url"] for item in client.get(url).context["findings"]}
    assert "#id_lead_" in found[rule]


KEPT = [
    ("lead", "lead_revenue", "１８６，４００．５０", "186400.50"),
    ("lead", "lead_rd_spend", " 11 930 \u200b", "11930.00"),
    ("agreement", "term_months", "３ ６", "36"),
    ("agreement", "agreement_signed_on", "２０２４－０１－１０", "2024-01-10"),
    ("member", "rd_staff", "４０", "40"),
    ("lead", "standing", "“智能”引号——与…省略", None),
    ("lead", "standing", "第一行\x0b第二行\u2028第三行\x85", "第一行\r\n第二行\r\n第三行"),
    ("lead", "standing", "软\u00ad连\u200b字\ufeff符\x00与\x07铃", "软连字符与铃"),
    ("lead", "standing", "平台🚀👩‍🔬与𠮷𪚥字", None),
    ("lead", "standing", "<script>alert(1)</script> &amp; \"'", None),
    ("member", "name", "南京𠮷示例🚀有限公司", None),
    ("task", "title", "𪚥𠮷减速器🚀", None),
    ("lead", "name", "名" * 300, None),
    ("member", "name", "名" * 300, None),
    ("task", "title", "名" * 300, None),
    ("task", "milestones-0-title", "名" * 300, None),
    ("task", "milestones-0-title", "完成\x00𠮷\u00ad样机🚀", "完成𠮷样机🚀"),
]


@pytest.mark.parametrize(("place", "field", "typed", "meant"), KEPT)
def test_what_is_meant_is_kept_and_comes_back_escaped(
    place, field, typed, meant, consortium, lead_owner
):
    client = as_(lead_owner)
    url = address(consortium, place)
    assert posted(client, url, **{field: typed}).status_code == 302
    page = client.get(url)
    form = page.context["form"]
    row = field.split("-")
    bound = form.rows[int(row[1])][row[2]] if row[0] == "milestones" else form[field]
    value = bound.value()
    assert str(value) == (meant or typed)
    assert html.escape(str(value)) in page.text
    assert "<script>alert" not in page.text
    # The check page and the officer's eyes later see the same.
    assert client.get(reverse("filings:check", args=[consortium.pk])).status_code == 200


def test_a_code_is_taken_however_it_was_pasted(consortium, lead_owner):
    member = consortium.members.first()
    wide = "".join(chr(ord(c) + 0xFEE0) for c in member.uscc)
    url = address(consortium, "member")
    assert posted(as_(lead_owner), url, uscc=f" {wide[:9]} {wide[9:]}\u200b").status_code == 302
    assert Member.objects.get(pk=member.pk).unit_id == member.unit_id


def test_a_reason_or_an_answer_that_is_too_long_comes_back_where_it_was_typed(
    consortium, lead_owner
):
    client = as_(lead_owner)
    Consortium.objects.filter(pk=consortium.pk).update(lead_revenue=1, lead_rd_spend=2)
    url = reverse("filings:justification", args=[consortium.pk])
    for step in ("lead", "check"):
        data = {"rule": "rd_above_revenue", "text": "字" * 2001, "step": step}
        page = client.post(url, data)
        assert "字" * 2001 in page.text
        assert 'id="id_rd_above_revenue_text_error"' in page.text
    assert client.post(url, {"rule": "no such rule", "text": "字"}).status_code == 404


def test_an_answer_that_is_too_long_comes_back_at_its_field(lead_owner):
    unit = lead_owner.memberships.get().unit
    consortium = ConsortiumFactory(returned=True, lead_unit=unit, created_by=lead_owner)
    comment = consortium.comments.get()
    url = reverse("filings:answer", args=[consortium.pk, comment.pk])
    for step in ("focus", "check", "members"):
        page = as_(lead_owner).post(url, {f"c{comment.pk}-text": "字" * 2001, "step": step})
        assert page.status_code == 200
        assert step == "members" or "字" * 2001 in page.text
    comment.refresh_from_db()
    assert comment.answer == ""


def test_a_milestone_is_taken_out_where_it_stands_and_nothing_else(consortium, lead_owner):
    task = consortium.tasks.get()
    url = address(consortium, "task")
    page = posted(as_(lead_owner), url, remove_row="1", title="改了一半")
    form = page.context["form"]
    titles = [row["title"].value() for row in form.rows]
    assert titles[:2] == ["完成齿形设计", "完成量产验证"]
    assert form["title"].value() == "改了一半"
    assert task.milestones.count() == 3
    assert KeyTask.objects.get().title == task.title
    assert posted(as_(lead_owner), url, remove_row="x").status_code == 200


def test_a_comment_of_the_bureau_stays_at_its_field_of_a_row(lead_owner, intake):
    unit = lead_owner.memberships.get().unit
    consortium = ConsortiumFactory(returned=True, lead_unit=unit, created_by=lead_owner)
    comment = comment_on(consortium, "tasks", "goal")
    comment.sent_at = comment.created_at
    comment.save()
    page = as_(lead_owner).get(address(consortium, "task"))
    at = page.text.index(f'id="comment-{comment.pk}"')
    assert page.text.index('id="field-goal"') < at < page.text.index('id="id_goal"')
    assert page.context["days"] is not None
