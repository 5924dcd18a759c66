"""The closing summary: asked for near the end, written, signed, handed in; nothing depends on it."""

import json
import re
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from filings.closing import writing
from filings.closing.content import take
from filings.models import ClosingResult, ClosingSubmission, ClosingSummary, Consortium, Document
from filings.snapshot import digest
from filings.states import Status
from notices.models import Message
from tests.endings import answers_of, begun, handed_in
from tests.factories import TEXT, ConsortiumFactory, pdf_upload
from tests.people import as_
from tests.sent import untouched

pytestmark = pytest.mark.django_db

FILED_ON = date(2026, 3, 4)  # ends on 2029-03-04
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def near_the_end():
    with time_machine.travel("2029-01-04T09:00:00+08:00", tick=False) as clock:
        yield clock


def of(user, status: str = "active") -> Consortium:
    unit = user.memberships.get().unit
    return ConsortiumFactory(**{status: True}, lead_unit=unit, created_by=user, on=FILED_ON)


def url(name: str, consortium, *args) -> str:
    return reverse(f"filings:{name}", args=[consortium.pk, *args])


def signed(client, consortium, name: str = "甲示例") -> dict:
    page = client.get(url("closing_check", consortium))
    return untouched(page.context["sign"]) | {"truth": "1", "signed_name": name}


def test_it_is_begun_with_a_row_for_every_goal_and_milestone(lead_owner):
    consortium = of(lead_owner)
    client = as_(lead_owner)
    assert client.get(url("closing", consortium)).status_code == 200
    assert not ClosingSummary.objects.exists()
    assert client.post(url("closing", consortium)).url == url("closing", consortium)
    task = consortium.tasks.get()
    rows = ClosingResult.objects.filter(summary__consortium=consortium)
    assert [row.milestone for row in rows.order_by("pk")] == [None, *task.milestones.all()]
    assert {row.state for row in rows} == {""}
    page = client.get(url("closing", consortium)).text
    for text in (task.title, "完成齿形设计", "完成量产验证", consortium.goals):
        assert text in page
    # Begun twice it is the same one.
    writing.begin(consortium, user=lead_owner)
    assert ClosingSummary.objects.count() == 1


def test_what_is_typed_saves_itself_field_by_field(lead_owner, lead_editor):
    consortium = of(lead_owner)
    summary = writing.begin(consortium, user=lead_owner)
    row = summary.results.order_by("pk").last()
    client, address = as_(lead_owner), url("closing", consortium)
    data = untouched(client.get(address).context["form"])
    answer = client.post(
        address,
        data
        | {
            f"results-{row.pk}-state": "partly",
            f"results-{row.pk}-evidence": "中试线已投用，量产验证推迟。",
            "patents": "１２",
            "income": "很多",
            "autosave": "1",
        },
        headers=HTMX,
    )
    row.refresh_from_db()
    summary.refresh_from_db()
    assert (row.state, row.evidence) == ("partly", "中试线已投用，量产验证推迟。")
    assert (summary.patents, summary.income, summary.saved_by) == (12, None, lead_owner)
    assert "#id_income" in answer.text
    seen = dict(re.findall(r'name="seen-(results-\d+-\w+)" value="([^"]*)"', answer.text))
    assert json.loads(seen[f"results-{row.pk}-state"].replace("&quot;", '"')) == "partly"
    # A colleague whose page is older is asked where both wrote, and overwrites nothing.
    stale = data | {f"results-{row.pk}-evidence": "另一段说明。", "lessons": "经验若干。"}
    page = as_(lead_editor).post(address, stale)
    assert [clash.name for clash in page.context["clashes"]] == [f"results-{row.pk}-evidence"]
    assert str(row) in page.context["clashes"][0].label
    row.refresh_from_db()
    summary.refresh_from_db()
    assert row.evidence == "中试线已投用，量产验证推迟。"
    assert (summary.lessons, summary.patents) == ("经验若干。", 12)


def test_it_is_handed_in_signed_and_stays_as_it_was(lead_owner, reviewer):
    consortium = of(lead_owner)
    client = as_(lead_owner)
    client.post(url("closing", consortium))
    summary = ClosingSummary.objects.get()
    page = client.get(url("closing_check", consortium))
    # A state for each of four rows, and two texts.
    assert len(page.context["missing"]) == 6
    refused = client.post(url("closing_submit", consortium), signed(client, consortium))
    assert refused.status_code == 422
    data = untouched(client.get(url("closing", consortium)).context["form"]) | answers_of(summary)
    assert client.post(url("closing", consortium), data | {"next": "1"}).url == url(
        "closing_check", consortium
    )
    client.post(url("closing_attach", consortium), {"upload": pdf_upload("检测报告.pdf")})
    assert client.get(url("closing_check", consortium)).context["missing"] == []
    answer = client.post(url("closing_submit", consortium), signed(client, consortium))
    assert answer.url == url("detail", consortium)
    submission = ClosingSubmission.objects.get()
    assert (submission.number, submission.signed_name) == (1, "甲示例")
    assert submission.submitted_by == lead_owner
    assert submission.digest == digest(submission.content)
    assert submission.content["reached"] == TEXT
    assert [d["name"] for d in submission.content["documents"]] == ["检测报告.pdf"]
    assert consortium.events.last().action == "closing"
    assert Message.objects.filter(recipient=reviewer, kind="filing_closing").count() == 1
    consortium.refresh_from_db()
    assert consortium.status == Status.ACTIVE
    for statement in (
        "UPDATE filings_closingsubmission SET signed_name = ''",
        "DELETE FROM filings_closingsubmission",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_nothing_is_signed_unseen(lead_owner):
    consortium = of(lead_owner)
    begun(consortium, lead_owner)
    client = as_(lead_owner)
    form = signed(client, consortium)
    writing.save(consortium.pk, user=lead_owner, fields={"lessons": "后来补充。"})
    answer = client.post(url("closing_submit", consortium), form)
    assert answer.status_code == 422
    assert not ClosingSubmission.objects.exists()
    # The page that came back shows the change, and its statement is about what it shows.
    assert "后来补充。" in answer.text
    again = untouched(answer.context["sign"]) | {"truth": "1", "signed_name": "甲示例"}
    assert client.post(url("closing_submit", consortium), again).status_code == 302


def test_it_is_welcome_after_the_end_and_may_be_handed_in_again(lead_owner, near_the_end):
    consortium = of(lead_owner)
    handed_in(consortium, lead_owner)
    near_the_end.move_to("2030-06-01T09:00:00+08:00")  # no sweep has recorded the end
    client = as_(lead_owner)
    writing.take_note(ClosingSummary.objects.get(), user=lead_owner)
    writing.save(consortium.pk, user=lead_owner, fields={"outputs": "已在三条产线使用。"})
    first = ClosingSubmission.objects.get()
    assert first.content["outputs"] == TEXT
    client.post(url("closing_submit", consortium), signed(client, consortium))
    numbers = ClosingSubmission.objects.values_list("number", flat=True)
    assert list(numbers) == [1, 2]
    assert ClosingSummary.objects.get().noted_at is None


@pytest.mark.parametrize("status", ["expired", "terminated"])
def test_it_is_asked_of_what_ended_early_or_by_itself(status, lead_owner):
    assert as_(lead_owner).get(url("closing", of(lead_owner, status))).status_code == 200


def test_not_while_the_end_is_far_nor_after_a_revocation(lead_owner, near_the_end):
    client = as_(lead_owner)
    assert client.get(url("closing", of(lead_owner, "revoked"))).status_code == 404
    consortium = of(lead_owner)
    near_the_end.move_to("2028-12-03T23:59:59+08:00")  # 91 days are left
    assert client.get(url("closing", consortium)).status_code == 404
    assert client.post(url("closing", consortium)).status_code == 404
    assert not ClosingSummary.objects.exists()
    near_the_end.move_to("2028-12-04T00:00:00+08:00")
    assert client.post(url("closing", consortium)).status_code == 302


def test_attachments_come_and_go_and_are_judged(lead_owner):
    consortium = of(lead_owner)
    begun(consortium, lead_owner)
    client = as_(lead_owner)
    unfit = SimpleUploadedFile("a.pdf", b"no pdf")
    assert client.post(url("closing_attach", consortium), {"upload": unfit}).status_code == 422
    assert client.post(url("closing_attach", consortium)).status_code == 422
    client.post(url("closing_attach", consortium), {"upload": pdf_upload("a.pdf")})
    document = Document.objects.get(kind="closing")
    answer = client.get(url("document", consortium, document.pk))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    handed = handed_in(consortium, lead_owner)
    client.post(url("closing_detach", consortium, document.pk))
    document.refresh_from_db()
    assert document.replaced_at is not None
    assert handed.content["documents"][0]["id"] == document.pk
    assert take(ClosingSummary.objects.get())["documents"] == []
    # Nothing else of the filing can be taken away here.
    agreement = Document.objects.get(consortium=consortium, kind="agreement")
    assert client.post(url("closing_detach", consortium, agreement.pk)).status_code == 404


def test_a_reader_of_the_unit_reads_it_and_a_stranger_does_not(
    lead_owner, lead_reader, lead2_owner, member_user, reviewer
):
    consortium = of(lead_owner)
    client = as_(lead_reader)
    assert "<form method" not in client.get(url("closing", consortium)).text.split("<main")[1]
    number = handed_in(consortium, lead_owner).number
    page = client.get(url("closing", consortium))
    assert TEXT in page.text
    assert "textarea" not in page.text
    for user in (lead2_owner, member_user):
        for address in (url("closing", consortium), url("closing_pdf", consortium, number)):
            assert as_(user).get(address).status_code == 404
    # What is being written is not the bureau's to see.
    officer = as_(reviewer)
    assert officer.get(url("closing_draft", consortium)).status_code == 404
    assert officer.get(url("closing_pdf", consortium, number)).content.startswith(b"%PDF")
    assert client.get(url("closing_draft", consortium)).content.startswith(b"%PDF")


def test_the_form_costs_the_same_for_few_and_for_many_milestones(
    lead_owner, django_assert_num_queries
):
    client = as_(lead_owner)
    costs = []
    for more in (0, 20):
        consortium = of(lead_owner)
        task = consortium.tasks.get()
        for month in range(more):
            task.milestones.create(month=month + 1, title=f"节点{month}")
        writing.begin(consortium, user=lead_owner)
        client.get(url("closing", consortium))
        with django_assert_num_queries(20, exact=False) as captured:
            assert client.get(url("closing", consortium)).status_code == 200
        costs.append(len(captured))
    assert costs[0] == costs[1]
