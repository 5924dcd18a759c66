"""The wizard's steps: saved as far as they go, kept as typed, compared when two were at it."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from filings.models import Comment, Consortium
from filings.sections import Section
from filings.services import save_content
from tests.factories import ConsortiumFactory, comment_on
from tests.people import as_
from tests.sent import untouched

pytestmark = pytest.mark.django_db

WITH_FORM = ["lead", "focus", "governance", "sharing", "agreement"]


def draft_of(user, **fields) -> Consortium:
    return ConsortiumFactory(lead_unit=user.memberships.get().unit, created_by=user, **fields)


def url(consortium, section: str) -> str:
    return reverse("filings:step", args=[consortium.pk, section])


def sent(client, consortium, section: str) -> dict:
    return untouched(client.get(url(consortium, section)).context["form"])


@pytest.mark.parametrize("section", Section.values)
@pytest.mark.parametrize("complete", [False, True])
def test_every_step_opens_empty_and_filled(section, complete, lead_owner):
    consortium = draft_of(lead_owner, complete=complete)
    assert as_(lead_owner).get(url(consortium, section)).status_code == 200


@pytest.mark.parametrize("section", WITH_FORM)
def test_every_step_saves_incomplete(section, lead_owner):
    consortium = draft_of(lead_owner)
    client = as_(lead_owner)
    answer = client.post(url(consortium, section), sent(client, consortium, section))
    assert (answer.status_code, answer.url) == (302, url(consortium, section))


@pytest.mark.parametrize("section", WITH_FORM)
def test_saving_what_was_shown_changes_nothing(section, lead_owner):
    consortium = draft_of(lead_owner, complete=True)
    client = as_(lead_owner)
    before = Consortium.objects.values().get()
    signed = list(consortium.members.values_list("signed", flat=True))
    client.post(url(consortium, section), sent(client, consortium, section))
    after = Consortium.objects.values().get()
    changed = {name for name in before if before[name] != after[name]}
    assert not changed
    assert list(consortium.members.values_list("signed", flat=True)) == signed


MOST_QUERIES = 12


def queries_of(work) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        work()
    return [q["sql"] for q in captured if "SAVEPOINT" not in q["sql"]]


@pytest.mark.parametrize("status", ["complete", "returned"])
@pytest.mark.parametrize("section", [*Section.values, "check"])
def test_no_step_asks_the_database_more_than_twelve_times(section, status, lead_owner):
    consortium = draft_of(lead_owner, **{status: True})
    client = as_(lead_owner)
    address = url(consortium, section)
    if section == "check":
        address = reverse("filings:check", args=[consortium.pk])
    page = client.get(address)
    form = page.context["form"] if section in WITH_FORM else None
    shown = queries_of(lambda: client.get(address))
    assert len(shown) <= MOST_QUERIES, "\n".join(shown)
    if form:
        typed = {"standing": "甲", "goals": "乙", "mechanism": "丙", "results_sharing": "丁"}
        data = untouched(form) | typed | {"term_months": "24", "autosave": "1"}
        htmx = {"HX-Request": "true"}
        saved = queries_of(lambda: client.post(address, data, headers=htmx))
        assert any("UPDATE" in sql for sql in saved)
        assert len(saved) <= MOST_QUERIES, "\n".join(saved)


def test_save_and_continue_walks_to_the_check(lead_owner):
    consortium = draft_of(lead_owner)
    client = as_(lead_owner)
    data = sent(client, consortium, "lead") | {"next": "1"}
    assert client.post(url(consortium, "lead"), data).url == url(consortium, "focus")
    data = sent(client, consortium, "agreement") | {"next": "1"}
    answer = client.post(url(consortium, "agreement"), data)
    assert answer.url == reverse("filings:check", args=[consortium.pk])


def test_there_is_no_other_step(lead_owner):
    consortium = draft_of(lead_owner)
    assert as_(lead_owner).get(url(consortium, "nonsense")).status_code == 404


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("１８６,４００.５０", "186400.50"),
        ("186，400.5", "186400.50"),
        (" 12 ", "12.00"),
        ("0", "0"),
    ],
)
def test_amounts_are_taken_as_people_write_them(typed, kept, lead_owner):
    consortium = draft_of(lead_owner)
    client = as_(lead_owner)
    data = sent(client, consortium, "lead") | {"lead_revenue": typed}
    assert client.post(url(consortium, "lead"), data).status_code == 302
    assert Consortium.objects.get().lead_revenue == Decimal(kept)


@pytest.mark.parametrize(
    ("section", "field", "typed"),
    [
        ("lead", "lead_revenue", "-1"),
        ("lead", "lead_revenue", "1000000000000000"),
        ("lead", "lead_revenue", "NaN"),
        ("lead", "lead_rd_spend", "about ten"),
        ("lead", "name", "联" * 301),
        ("governance", "council_chair", "名" * 301),
        ("agreement", "term_months", "0"),
        ("agreement", "agreement_signed_on", "2026-02-30"),
    ],
)
def test_what_cannot_be_stays_typed_and_unsaved(section, field, typed, lead_owner):
    consortium = draft_of(lead_owner)
    client = as_(lead_owner)
    data = sent(client, consortium, section) | {field: typed}
    page = client.post(url(consortium, section), data)
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {field}
    assert typed in page.content.decode()
    assert Consortium.objects.get().version == consortium.version


@pytest.mark.parametrize(
    ("section", "field"), [("focus", "focus_field"), ("focus", "goal_kinds"), ("lead", "lead_kind")]
)
def test_a_choice_that_is_not_offered_is_refused(section, field, lead_owner):
    consortium = draft_of(lead_owner)
    client = as_(lead_owner)
    data = sent(client, consortium, section) | {field: "999999"}
    page = client.post(url(consortium, section), data)
    assert field in page.context["form"].errors
    assert Consortium.objects.get().version == consortium.version


@pytest.mark.parametrize("text", ["平台🚀与𠮷字 <b>&amp;</b>", "a\u202eb", "第一行\r\n第二行"])
def test_any_text_comes_back_as_it_was(text, lead_owner):
    consortium = draft_of(lead_owner)
    client = as_(lead_owner)
    data = sent(client, consortium, "lead") | {"standing": text}
    assert client.post(url(consortium, "lead"), data).status_code == 302
    assert Consortium.objects.get().standing == text
    page = client.get(url(consortium, "lead"))
    assert page.context["form"]["standing"].value() == text
    assert "<b>&amp;</b>" not in page.content.decode()


def test_what_two_people_changed_is_chosen_field_by_field(lead_owner):
    consortium = draft_of(lead_owner)
    client = as_(lead_owner)
    mine = {"results_sharing": "后来者的文字", "income_sharing": "后来者的收益"}
    data = sent(client, consortium, "sharing") | mine
    save_content(consortium.pk, user=lead_owner, fields={"results_sharing": "先到者的文字"})

    page = client.post(url(consortium, "sharing"), data)
    (clash,) = page.context["clashes"]
    assert (clash.name, clash.theirs) == ("results_sharing", "先到者的文字")
    assert page.context["form"]["results_sharing"].value() == "后来者的文字"
    stored = Consortium.objects.get()
    assert stored.results_sharing == "先到者的文字"
    assert stored.income_sharing == "后来者的收益"
    assert stored.saved_by == lead_owner


@pytest.mark.parametrize(
    ("choice", "stands"), [("mine", "后来者的文字"), ("theirs", "先到者的文字"), ("", None)]
)
def test_a_choice_ends_the_clash(choice, stands, lead_owner):
    consortium = draft_of(lead_owner)
    client = as_(lead_owner)
    data = sent(client, consortium, "sharing") | {"results_sharing": "后来者的文字"}
    save_content(consortium.pk, user=lead_owner, fields={"results_sharing": "先到者的文字"})
    page = client.post(url(consortium, "sharing"), data)
    (clash,) = page.context["clashes"]
    again = untouched(page.context["form"]) | {f"clash-{clash.name}": clash.shown}
    answer = client.post(url(consortium, "sharing"), again | {"choice-results_sharing": choice})
    assert answer.status_code == (302 if stands else 200)
    assert Consortium.objects.get().results_sharing == (stands or "先到者的文字")


def test_what_only_the_other_one_changed_stands_and_is_told(lead_owner):
    consortium = draft_of(lead_owner)
    client = as_(lead_owner)
    data = sent(client, consortium, "sharing") | {"income_sharing": "我的收益"}
    save_content(consortium.pk, user=lead_owner, fields={"results_sharing": "先到者的文字"})
    answer = client.post(url(consortium, "sharing"), data, follow=True)
    stored = Consortium.objects.get()
    assert (stored.results_sharing, stored.income_sharing) == ("先到者的文字", "我的收益")
    assert [message.level_tag for message in answer.context["messages"]] == ["warning", "success"]


@pytest.mark.parametrize("mangled", ["", "x", "{}"])
def test_a_form_that_lost_what_it_showed_overwrites_nothing(mangled, lead_owner):
    consortium = draft_of(lead_owner, results_sharing="已有的文字")
    client = as_(lead_owner)
    data = sent(client, consortium, "sharing") | {"results_sharing": "新的文字"}
    page = client.post(url(consortium, "sharing"), data | {"seen-results_sharing": mangled})
    assert [clash.name for clash in page.context["clashes"]] == ["results_sharing"]
    assert Consortium.objects.get().results_sharing == "已有的文字"


def test_the_members_that_signed_are_ticked_one_by_one(lead_owner):
    consortium = draft_of(lead_owner, complete=True)
    first, second = consortium.members.all()
    client = as_(lead_owner)
    data = sent(client, consortium, "agreement") | {"signed_members": [second.pk]}
    client.post(url(consortium, "agreement"), data)
    assert list(consortium.members.values_list("signed", flat=True)) == [False, True]
    assert first.pk != second.pk


def test_a_justification_is_kept_and_led_back_to_its_step(lead_owner):
    consortium = draft_of(lead_owner)
    address = reverse("filings:justification", args=[consortium.pk])
    data = {"rule": "academic_member", "text": " 以委托研发方式参与。 ", "step": "members"}
    client = as_(lead_owner)
    assert client.post(address, data).url == url(consortium, "members")
    assert consortium.justifications.get().text == "以委托研发方式参与。"
    client.post(address, data | {"text": "字" * 2001})
    assert consortium.justifications.get().text == "以委托研发方式参与。"
    elsewhere = client.post(address, data | {"step": "https://example.com/"})
    assert elsewhere.url == reverse("filings:check", args=[consortium.pk])


def test_a_comment_of_the_bureau_is_answered_at_its_step(lead_owner):
    consortium = draft_of(lead_owner, returned=True)
    comment = Comment.objects.get()
    client = as_(lead_owner)
    page = client.get(url(consortium, "focus"))
    assert comment.text in page.content.decode()
    address = reverse("filings:answer", args=[consortium.pk, comment.pk])
    data = {f"c{comment.pk}-text": "已补充量化目标。", "step": "focus"}
    assert client.post(address, data).url == url(consortium, "focus") + f"#comment-{comment.pk}"
    comment.refresh_from_db()
    assert comment.answer == "已补充量化目标。"
    assert comment.answered_at is not None
    client.post(address, data | {f"c{comment.pk}-text": " "})
    comment.refresh_from_db()
    assert comment.answer == "已补充量化目标。"


def test_a_comment_that_was_not_sent_does_not_exist_for_the_lead(lead_owner):
    consortium = draft_of(lead_owner, returned=True)
    unsent = comment_on(consortium, "lead", "standing")
    client = as_(lead_owner)
    address = reverse("filings:answer", args=[consortium.pk, unsent.pk])
    assert client.post(address, {f"c{unsent.pk}-text": "x"}).status_code == 404


@pytest.mark.parametrize("status", ["submitted", "under_review", "active"])
def test_what_was_submitted_is_not_edited(status, lead_owner):
    consortium = draft_of(lead_owner, **{status: True})
    client = as_(lead_owner)
    assert client.get(url(consortium, "lead")).status_code == 404
    assert client.post(url(consortium, "lead"), {"name": "改名"}).status_code == 404
