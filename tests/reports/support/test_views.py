"""Support on the portal: what is offered, written, sent, taken back, and read by whom."""

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEntry
from filings.models import Consortium
from reports.models import SupportFile, SupportRequest
from reports.support.kinds import Kind
from reports.support.states import Action, Status
from tests.factories import pdf_upload
from tests.people import as_
from tests.reports.support.factories import REASON, move, request_of, values_of
from tests.sent import untouched

pytestmark = pytest.mark.django_db


def url(name, found, *args):
    return reverse(f"support:{name}", args=[found.pk, *args])


@pytest.mark.parametrize("kind", Kind)
def test_what_is_typed_is_kept_by_the_button_and_by_itself(kind, lead_owner):
    found = request_of(lead_owner, kind=kind, complete=False)
    client = as_(lead_owner)
    form = client.get(url("edit", found)).context["form"]
    typed = {name: value for name, value in values_of(kind, found.consortium).items() if value}
    assert client.post(url("edit", found), untouched(form) | typed).status_code == 302
    found.refresh_from_db()
    for name, value in values_of(kind, found.consortium).items():
        if name == "members":
            assert [member.pk for member in found.members.all()] == value
        else:
            assert getattr(found, name) == value
    form = client.get(url("edit", found)).context["form"]
    again = untouched(form) | {"title": "又改", "autosave": "1"}
    page = client.post(url("edit", found), again, headers={"HX-Request": "true"})
    assert page.status_code == 200
    assert 'id="panel"' in page.text
    found.refresh_from_db()
    assert found.title == "又改"


def test_incomplete_and_wrong_typing_comes_back_and_nothing_else_is_lost(lead_owner):
    found = request_of(lead_owner, complete=False)
    client = as_(lead_owner)
    form = client.get(url("edit", found)).context["form"]
    data = untouched(form) | {"title": "名称", "funds": "很多", "months": "9999"}
    page = client.post(url("edit", found), data)
    assert page.status_code == 200
    assert {"funds", "months"} == set(page.context["form"].errors)
    assert "很多" in page.text
    page = client.post(url("edit", found), data | {"autosave": "1"}, headers={"HX-Request": "true"})
    found.refresh_from_db()
    assert (found.title, found.funds) == ("名称", None)


def test_who_saves_second_chooses_and_overwrites_nothing(lead_owner, lead_editor):
    found = request_of(lead_owner)
    mine, theirs = as_(lead_owner), as_(lead_editor)
    data = untouched(mine.get(url("edit", found)).context["form"])
    theirs.post(url("edit", found), data | {"title": "先到者"})
    page = mine.post(url("edit", found), data | {"title": "后来者"})
    assert page.status_code == 200
    assert "先到者" in page.text
    assert "后来者" in page.text
    found.refresh_from_db()
    assert found.title == "先到者"


def test_it_is_submitted_with_the_truth_confirmed_and_withdrawn(lead_owner):
    found = request_of(lead_owner)
    client = as_(lead_owner)
    client.post(url("submit", found))
    assert SupportRequest.objects.get().status == Status.DRAFT
    client.post(url("submit", found), {"truth": "1"})
    page = client.post(url("submit", found), {"truth": "1"}, follow=True)
    assert list(page.context["messages"])
    assert SupportRequest.objects.get().status == Status.SUBMITTED
    assert found.events.count() == 1
    assert client.get(url("edit", found)).status_code == 404
    client.post(url("withdraw", found))
    assert SupportRequest.objects.get().status == Status.DRAFT


def test_a_returned_request_says_what_is_missing_and_is_a_duty(lead_owner):
    found = request_of(lead_owner, status=Status.RETURNED)
    client = as_(lead_owner)
    for page in (url("detail", found), url("edit", found)):
        assert REASON in client.get(page).text
    (duty,) = client.get(reverse("home")).context["duties"]
    assert (duty.url, duty.due) == (url("detail", found), found.correction_due_on)
    move(found, Action.WITHDRAW, lead_owner)
    assert client.get(reverse("home")).context["duties"] == []


@pytest.mark.parametrize("status", [Status.ASSESSED, Status.DECLINED, Status.RECOMMENDED])
def test_the_opinion_stays_with_the_bureau_and_the_reason_of_a_decision_does_not(
    status, lead_owner
):
    found = request_of(lead_owner, status=status)
    text = as_(lead_owner).get(url("detail", found)).text
    assert (REASON in text) == (status != Status.ASSESSED)


def test_a_decision_is_shown_with_what_comes_next_and_later_with_its_result(lead_owner):
    found = request_of(lead_owner, status=Status.RECOMMENDED)
    page = as_(lead_owner).get(url("detail", found))
    assert page.context["after"] == found.measure.after_text
    move(found, Action.GRANT, lead_owner)
    text = as_(lead_owner).get(url("detail", found)).text
    assert "JB2027-018" in text
    assert "300.00" in text


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED])
@pytest.mark.parametrize("cast", ["stranger", "lead2_owner", "member_user", "auditor", "decider"])
def test_what_another_unit_asks_does_not_exist_on_the_portal(
    cast, status, running, lead_owner, request
):
    found = request_of(lead_owner, consortium=running, status=status)
    client = as_(request.getfixturevalue(cast))
    assert client.get(url("detail", found)).status_code == 404
    assert client.get(url("edit", found)).status_code == 404
    for name in ("submit", "withdraw", "consent", "file_add"):
        assert client.post(url(name, found), {"truth": "1"}).status_code == 404


def test_the_lead_does_not_read_whom_a_member_puts_forward(running, lead_owner, member_user):
    unit = member_user.memberships.get().unit
    found = request_of(member_user, kind=Kind.TALENT_PLAN, consortium=running, unit=unit)
    assert as_(member_user).get(url("detail", found)).status_code == 200
    assert as_(lead_owner).get(url("detail", found)).status_code == 404
    assert found.person_name not in as_(lead_owner).get(reverse("support:mine")).text


def test_papers_are_judged_kept_read_and_taken_out(lead_owner, auditor):
    found = request_of(lead_owner)
    client = as_(lead_owner)
    client.post(url("file_add", found), {"upload": pdf_upload()})
    paper = SupportFile.objects.get()
    answer = client.get(url("file", found, paper.pk))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    b"".join(answer.streaming_content)
    assert AuditEntry.objects.filter(operation="read", subject="reports_supportfile").exists()
    assert as_(auditor).get(url("file", found, paper.pk)).status_code == 404
    move(found, Action.SUBMIT, lead_owner)
    b"".join(as_(auditor).get(url("file", found, paper.pk)).streaming_content)
    client.post(url("file_remove", found, paper.pk))
    assert SupportFile.objects.get().removed_at is None
    move(found, Action.WITHDRAW, lead_owner)
    client.post(url("file_remove", found, paper.pk))
    assert SupportFile.objects.get().removed_at is not None


def test_what_is_no_pdf_comes_back_with_the_reason(lead_owner):
    found = request_of(lead_owner)
    page = as_(lead_owner).post(
        url("file_add", found), {"upload": SimpleUploadedFile("a.pdf", b"no pdf at all")}
    )
    assert page.context["paper_form"].errors
    assert not SupportFile.objects.exists()


def test_a_consent_is_dated_and_may_be_taken_back_after_it_was_sent(lead_owner):
    found = request_of(lead_owner, kind=Kind.FINANCING, status=Status.RECOMMENDED)
    assert found.consent
    assert (found.consented_by, found.consented_at is not None) == (lead_owner, True)
    client = as_(lead_owner)
    client.post(url("consent", found), {"given": "no"})
    found.refresh_from_db()
    assert (found.consent, found.consented_at, found.consented_by) == (False, None, None)
    client.post(url("consent", found), {"given": "yes"})
    assert [e.action for e in found.events.all()][-2:] == ["revoked", "consented"]
    found.refresh_from_db()
    assert found.consented_at


@pytest.mark.parametrize(
    ("kind", "status"), [(Kind.TASK, Status.SUBMITTED), (Kind.FINANCING, Status.GRANTED)]
)
def test_where_there_is_nothing_to_consent_to_none_is_written(kind, status, lead_owner):
    found = request_of(lead_owner, kind=kind, status=status)
    before = found.consent
    as_(lead_owner).post(url("consent", found), {"given": "no"})
    found.refresh_from_db()
    assert found.consent == before


def test_the_list_of_one_consortium_has_its_requests_alone(running, lead_owner):
    mine = request_of(lead_owner, consortium=running)
    request_of(lead_owner)
    page = as_(lead_owner).get(reverse("support:mine"), {"consortium": running.pk})
    assert [row["request_"].pk for row in page.context["rows"]] == [mine.pk]
    other = Consortium.objects.create(
        name="x", lead_unit=running.members.last().unit, created_by=lead_owner
    )
    page = as_(lead_owner).get(reverse("support:mine"), {"consortium": other.pk})
    assert page.status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_my_requests_take_the_same_queries_however_many(
    rows, lead_owner, django_assert_num_queries
):
    for _row in range(rows):
        request_of(lead_owner, status=Status.RETURNED)
    client = as_(lead_owner)
    with django_assert_num_queries(8):
        page = client.get(reverse("support:mine"))
    assert len(page.context["rows"]) == rows


@pytest.mark.parametrize("members", [1, 6])
def test_the_form_and_a_save_take_the_same_queries_however_many_members(
    members, lead_owner, django_assert_max_num_queries
):
    found = request_of(lead_owner)
    found.members.set(found.consortium.members.all()[:members])
    client = as_(lead_owner)
    form = client.get(url("edit", found)).context["form"]
    with django_assert_max_num_queries(24):
        client.post(
            url("edit", found), untouched(form) | {"title": "改", "autosave": "1"},
            headers={"HX-Request": "true"},
        )  # fmt: skip


def test_the_print_says_what_the_request_says(lead_owner, auditor):
    found = request_of(lead_owner, status=Status.SUBMITTED)
    for reader in (lead_owner, auditor):
        answer = as_(reader).get(url("pdf", found))
        assert answer["Content-Type"] == "application/pdf"
        pages = pypdfium2.PdfDocument(answer.content)
        plain = "".join("".join(p.get_textpage().get_text_range() for p in pages).split())
        assert found.title in plain
        assert "500.00" in plain
        assert "30.6" in plain
