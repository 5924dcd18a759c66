"""Changes of a running consortium: who reports them, when, and with which paper (clause 5.3)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from filings.models import Change, Consortium, Document
from filings.operation import close_objection, note_change, receive_objection
from filings.refusals import Conflict, Refused
from filings.states import Status
from notices.models import Message
from tests.factories import ConsortiumFactory, pdf_upload
from tests.people import as_

pytestmark = pytest.mark.django_db

FILED_ON = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def during_the_term():
    with time_machine.travel("2027-06-01T09:00:00+08:00", tick=False) as clock:
        yield clock


def of(user, status: str = "active") -> Consortium:
    unit = user.memberships.get().unit
    return ConsortiumFactory(**{status: True}, lead_unit=unit, created_by=user, on=FILED_ON)


def url(consortium) -> str:
    return reverse("filings:change_add", args=[consortium.pk])


def change_data(**fields) -> dict:
    return {
        "kind": "members", "description": "增补成员单位𠮷", "reason": "合作需要",
        "effective_on": "2027-05-20", "upload": pdf_upload("补充协议.pdf"),
    } | fields  # fmt: skip


def test_a_change_is_reported_with_its_agreement(lead_owner, reviewer):
    consortium = of(lead_owner)
    answer = as_(lead_owner).post(url(consortium), change_data())
    assert answer.url == reverse("filings:detail", args=[consortium.pk])
    change = Change.objects.get()
    assert (change.description, change.reported_by) == ("增补成员单位𠮷", lead_owner)
    assert change.supplementary_agreement.kind == "supplementary_agreement"
    assert change.noted_at is None
    consortium.refresh_from_db()
    assert consortium.status == Status.ACTIVE
    assert consortium.events.last().action == "change"
    assert Message.objects.filter(recipient=reviewer, kind="filing_change").exists()


@pytest.mark.parametrize("day", ["2026-03-01", "2029-03-03"])
def test_the_day_lies_within_the_term(day, lead_owner):
    consortium = of(lead_owner)
    page = as_(lead_owner).post(url(consortium), change_data(effective_on=day))
    assert page.context["form"].errors.keys() == {"effective_on"}
    assert not Change.objects.exists()


@pytest.mark.parametrize("day", ["2026-03-02", "2029-03-02"])
def test_the_first_and_the_last_day_belong_to_the_term(day, lead_owner):
    consortium = of(lead_owner)
    assert as_(lead_owner).post(url(consortium), change_data(effective_on=day)).status_code == 302


@pytest.mark.parametrize(
    ("field", "typed"),
    [("description", " "), ("reason", ""), ("kind", "lead"), ("effective_on", "x"), ("upload", "")],
)
def test_a_change_needs_all_its_parts(field, typed, lead_owner):
    page = as_(lead_owner).post(url(of(lead_owner)), change_data(**{field: typed}))
    assert page.context["form"].errors.keys() == {field}
    assert not Change.objects.exists()


def test_what_is_no_pdf_is_no_agreement(lead_owner):
    upload = SimpleUploadedFile("补充协议.pdf", b"MZ not a pdf")
    page = as_(lead_owner).post(url(of(lead_owner)), change_data(upload=upload))
    assert page.context["form"].errors.keys() == {"upload"}
    assert not Change.objects.exists()
    assert not Document.objects.filter(kind="supplementary_agreement").exists()


@pytest.mark.parametrize("status", ["complete", "submitted", "public_notice", "terminated"])
def test_only_what_runs_can_change(status, lead_owner):
    page = as_(lead_owner).post(url(of(lead_owner, status)), change_data())
    assert page.context["form"].non_field_errors()
    assert not Change.objects.exists()


def test_after_the_last_day_nothing_changes_though_no_sweep_ran(lead_owner, during_the_term):
    consortium = of(lead_owner)
    during_the_term.move_to("2029-03-03T00:00:00+08:00")
    client = as_(lead_owner)
    page = client.post(url(consortium), change_data(effective_on="2029-03-01"))
    assert page.context["form"].non_field_errors()
    assert not Change.objects.exists()


@pytest.mark.parametrize("cast", ["lead2_owner", "member_user", "stranger", "reviewer", "auditor"])
def test_nobody_else_reports_it(cast, lead_owner, request):
    consortium = of(lead_owner)
    client = as_(request.getfixturevalue(cast))
    assert client.get(url(consortium)).status_code == 404
    assert client.post(url(consortium), change_data()).status_code == 404
    assert not Change.objects.exists()


def test_the_first_to_take_note_is_kept(lead_owner, reviewer, intake):
    as_(lead_owner).post(url(of(lead_owner)), change_data())
    change = Change.objects.get()
    note_change(change, user=reviewer)
    note_change(change, user=intake)
    change.refresh_from_db()
    assert change.noted_by == reviewer


def test_an_objection_is_answered_once_and_with_words(lead_owner, decider, reviewer):
    consortium = ConsortiumFactory(public_notice=True)
    assert consortium.notice_ends_on >= date(2027, 6, 1) + timedelta(days=1)
    objection = receive_objection(consortium, objector="某", contact="x", text="异议")
    with pytest.raises(Refused):
        close_objection(objection, user=decider, answer="  ", outcome="upheld")
    close_objection(objection, user=decider, answer="不成立。", outcome="not_upheld")
    with pytest.raises(Conflict):
        close_objection(objection, user=reviewer, answer="成立。", outcome="upheld")
    objection.refresh_from_db()
    assert (objection.answer, objection.closed_by) == ("不成立。", decider)
