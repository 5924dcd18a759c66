"""Around a credit case: its papers and who reads them, its history, revocation by a second person,
and the record corrected."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction

from accounts.models import AuditEntry, Membership
from accounts.roles import Role
from filings.models import CreditCase, CreditEvent, CreditFile, CreditRecord, Policy
from filings.refusals import NotPermitted, Refused
from filings.transitions import perform
from filings.workdays import add_workdays
from notices.models import Message
from reviews import credit, records
from tests.casework import CHARGE, UPHELD, opened, paper_of, upheld, what_happened
from tests.factories import ConsortiumFactory, pdf_upload, staff, upheld_case
from tests.people import as_
from tests.reviews.test_credit import CASES, RECORDS, messages_to

pytestmark = pytest.mark.django_db

DUTIES = "/admin/filings/changeduty/"


def test_a_case_is_opened_with_papers_of_the_evidence(filing, intake):
    address = f"/admin/filings/consortium/{filing.pk}/open-case/"
    client = as_(intake)
    assert "multipart/form-data" in client.get(address).text
    papers = [pdf_upload("审计报告.pdf"), pdf_upload("银行流水.pdf")]
    client.post(address, CHARGE | {"unit": filing.lead_unit_id, "files": papers})
    case = CreditCase.objects.get()
    assert [p.original_name for p in case.files.all()] == ["审计报告.pdf", "银行流水.pdf"]
    assert "审计报告.pdf" in as_(intake).get(f"{CASES}{case.pk}/change/").text


def test_an_unfit_paper_is_named_and_nothing_is_opened(filing, intake):
    bad = SimpleUploadedFile("证据.pdf", b"MZ not a paper", content_type="application/pdf")
    page = as_(intake).post(
        f"/admin/filings/consortium/{filing.pk}/open-case/",
        CHARGE | {"unit": filing.lead_unit_id, "files": [pdf_upload("好.pdf"), bad]},
    )
    assert "证据.pdf" in page.context["form"].errors["files"][0]
    assert CHARGE["facts"] in page.text
    assert not CreditCase.objects.exists()
    assert not CreditFile.objects.exists()


def test_no_more_papers_at_once_than_ten(filing, intake):
    page = as_(intake).post(
        f"/admin/filings/consortium/{filing.pk}/open-case/",
        CHARGE | {"unit": filing.lead_unit_id, "files": [pdf_upload() for _n in range(11)]},
    )
    assert page.context["form"].errors["files"]
    assert not CreditCase.objects.exists()


@pytest.mark.parametrize("cast", ["lead_owner", "lead_reader", "intake", "auditor"])
def test_a_paper_is_read_by_the_officers_and_by_the_unit(cast, filing, reviewer, request):
    paper, reader = paper_of(opened(filing, reviewer)), request.getfixturevalue(cast)
    answer = as_(reader).get(f"/credit-cases/{paper.case_id}/files/{paper.pk}/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert "attachment" in answer["Content-Disposition"]
    trace = AuditEntry.objects.get(operation=AuditEntry.Operation.READ)
    assert (trace.actor_id, trace.subject, trace.subject_id) == (
        reader.pk, "filings_creditfile", str(paper.pk),
    )  # fmt: skip


@pytest.mark.parametrize("cast", ["member_user", "lead2_owner", "stranger"])
def test_a_paper_is_nobody_else_s(cast, filing, reviewer, request):
    paper = paper_of(opened(filing, reviewer))
    address = f"/credit-cases/{paper.case_id}/files/{paper.pk}/"
    assert as_(request.getfixturevalue(cast)).get(address).status_code == 404


def test_a_paper_is_found_below_its_own_case_alone(filing, reviewer, lead_owner):
    paper, other = paper_of(opened(filing, reviewer)), opened(filing, reviewer)
    address = f"/credit-cases/{other.pk}/files/{paper.pk}/"
    assert as_(lead_owner).get(address).status_code == 404


def test_new_evidence_gives_the_unit_its_time_anew(filing, reviewer, lead_owner):
    case = opened(filing, reviewer)
    later = case.statement_due_on
    with time_machine.travel(f"{later}T10:00+08:00"):
        as_(reviewer).post(
            f"{CASES}{case.pk}/evidence/", {"files": [pdf_upload()], "reason": "补充审计报告"}
        )
    case.refresh_from_db()
    assert case.statement_due_on == add_workdays(later, Policy.objects.in_force().statement_days)
    assert messages_to(lead_owner, "credit_case_evidence").count() == 1
    assert what_happened(case) == ["opened", "evidence"]


def test_evidence_comes_before_the_statement_and_with_a_file(filing, reviewer, lead_owner):
    case = opened(filing, reviewer)
    with pytest.raises(Refused):
        credit.add_evidence(case, user=reviewer, reason="x", files=[])
    with pytest.raises(NotPermitted):
        credit.add_evidence(case, user=lead_owner, reason="x", files=[pdf_upload()])
    credit.record_statement(case, user=lead_owner, text="系笔误。")
    with pytest.raises(NotPermitted):
        credit.add_evidence(case, user=reviewer, reason="x", files=[pdf_upload()])


def test_the_statement_comes_with_papers(filing, reviewer, decider, lead_owner):
    case = opened(filing, reviewer)
    address = f"/credit-cases/{case.pk}/"
    bad = SimpleUploadedFile("x.pdf", b"text")
    page = as_(lead_owner).post(address, {"text": "系笔误。", "files": [bad]})
    assert page.context["form"].errors["files"]
    case.refresh_from_db()
    assert case.stated_at is None
    as_(lead_owner).post(address, {"text": "系笔误。", "files": [pdf_upload("更正说明.pdf")]})
    assert "更正说明.pdf" in as_(lead_owner).get(address).text
    as_(reviewer).post(f"{CASES}{case.pk}/propose/")
    assert "更正说明.pdf" in as_(decider).get(f"{CASES}{case.pk}/decide/").text


def test_a_late_statement_counts_and_is_called_late(filing, reviewer, lead_owner):
    case = opened(filing, reviewer)
    with time_machine.travel(case.statement_due_on + timedelta(days=2)):
        credit.record_statement(case, user=lead_owner, text="系笔误。")
    assert case.events.last().data["late"] is True


def test_every_step_is_in_the_history_of_the_case(filing, reviewer, decider, lead_owner):
    case = opened(filing, reviewer)
    upheld(case, lead_owner, reviewer, decider)
    records.lift_record(case.record, user=decider, reason="已完成信用修复。")
    assert what_happened(case) == ["opened", "stated", "proposed", "upheld", "lifted"]
    for address, user in (
        (f"{CASES}{case.pk}/change/", reviewer),
        (f"/credit-cases/{case.pk}/", lead_owner),
    ):
        page = as_(user).get(address).text
        assert "已完成信用修复。" in page
        assert str(decider) in page


def test_the_history_of_a_case_can_not_be_altered(filing, reviewer):
    case = opened(filing, reviewer)
    for write in (
        lambda: CreditEvent.objects.update(reason="另一个原因"),
        lambda: CreditEvent.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()
    assert case.events.get().reason == CHARGE["facts"]


def test_who_decided_against_a_lead_is_led_to_the_revocation(filing, reviewer, decider, lead_owner):
    case = opened(filing, reviewer)
    credit.record_statement(case, user=lead_owner, text="系笔误。")
    credit.propose(case, user=reviewer)
    client = as_(decider)
    revoke = f"/admin/filings/consortium/{filing.pk}/revoke/"
    assert client.post(f"{CASES}{case.pk}/decide/", UPHELD).url == revoke
    buttons = {b.step.name: b for b in client.get(f"{CASES}{case.pk}/change/").context["buttons"]}
    assert buttons["revoke"].answer
    assert client.get(revoke).context["form"]["credit_case"].value() == case.pk
    client.post(revoke, {"expected_version": filing.version, "reason": "x", "credit_case": case.pk})
    filing.refresh_from_db()
    case.refresh_from_db()
    assert (filing.status, case.revoked_by) == ("revoked", decider)
    assert what_happened(case)[-1] == "revoked"
    page = client.get(f"{CASES}{case.pk}/change/")
    assert "revoke" not in {b.step.name for b in page.context["buttons"]}


@pytest.mark.parametrize("cast", ["decider", "superuser"])
def test_who_put_the_case_up_does_not_revoke_on_it(cast, filing, lead_owner, decider2, request):
    both = request.getfixturevalue(cast)
    both.groups.add(*staff(Role.REVIEWER).groups.all())
    case = opened(filing, both)
    upheld(case, lead_owner, both, decider2)
    case.refresh_from_db()
    page = as_(both).get(f"/admin/filings/consortium/{filing.pk}/revoke/")
    assert page.context["refusal"]
    with pytest.raises(NotPermitted):
        perform(filing.pk, "revoke", actor=both, reason="x", credit_case=case)
    with pytest.raises(IntegrityError), transaction.atomic():
        CreditCase.objects.update(revoked_by=both)
    perform(filing.pk, "revoke", actor=decider2, reason="x", credit_case=case)


def test_a_dismissed_case_leads_nowhere(filing, reviewer, decider, lead_owner):
    case = opened(filing, reviewer)
    credit.record_statement(case, user=lead_owner, text="系笔误。")
    credit.propose(case, user=reviewer)
    answer = as_(decider).post(
        f"{CASES}{case.pk}/decide/", {"outcome": "dismissed", "reason": "证据不足。"}
    )
    assert answer.url == f"{CASES}{case.pk}/change/"


def test_a_record_is_corrected_and_what_it_said_stays(filing, reviewer, decider, lead_owner):
    record = upheld_case(filing).record
    address = f"{RECORDS}{record.pk}/correct/"
    assert as_(reviewer).get(address).status_code == 404
    client = as_(decider)
    stands = {
        "decision_number": record.decision_number,
        "legal_basis": record.legal_basis,
        "valid_from": record.valid_from,
    }
    assert client.post(address, stands | {"reason": "x"}).context["refusal"]
    assert client.post(address, stands | {"valid_to": date(2020, 1, 1), "reason": "x"}).context[
        "refusal"
    ]
    assert client.post(address, stands | {"decision_number": "3号"}).context["form"].errors
    client.post(address, stands | {"decision_number": "宁科信决〔2026〕3号", "reason": "文号有误"})
    record.refresh_from_db()
    assert record.decision_number == "宁科信决〔2026〕3号"
    event = record.case.events.get()
    assert event.data["corrected"] == {
        "decision_number": ["宁科信决〔2026〕1号", "宁科信决〔2026〕3号"]
    }
    assert messages_to(lead_owner, "credit_record_corrected").count() == 1
    page = as_(lead_owner).get(f"/credit-cases/{record.case_id}/").text
    assert "宁科信决〔2026〕1号" in page
    with pytest.raises(IntegrityError), transaction.atomic():
        CreditRecord.objects.update(valid_to=date(2020, 1, 1))


def test_a_lifted_record_is_not_corrected(filing, decider):
    record = upheld_case(filing).record
    records.lift_record(record, user=decider, reason="已完成信用修复。")
    with pytest.raises(NotPermitted):
        records.correct_record(record, user=decider, reason="x", decision_number="3号")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_unit_lists_its_own_cases(
    rows, lead_owner, lead2_owner, reviewer, django_assert_num_queries
):
    unit = lead_owner.memberships.get().unit
    filing = ConsortiumFactory(active=True, lead_unit=unit, created_by=lead_owner)
    for _number in range(rows):
        upheld_case(filing)
    client = as_(lead_owner)
    client.get("/credit-cases/")
    with django_assert_num_queries(4):
        page = client.get("/credit-cases/")
    assert len(page.context["rows"]) == rows
    assert as_(lead2_owner).get("/credit-cases/").context["rows"] == []


def test_whoever_leaves_the_unit_sees_its_cases_no_more(filing, lead_owner, reviewer):
    case = opened(filing, reviewer)
    Membership.objects.filter(user=lead_owner).delete()
    assert as_(lead_owner).get("/credit-cases/").context["rows"] == []
    assert as_(lead_owner).get(f"/credit-cases/{case.pk}/").status_code == 404


def test_the_public_learns_of_the_revocation_alone(filing, reviewer, decider, lead_owner, client):
    case = opened(filing, reviewer)
    upheld(case, lead_owner, reviewer, decider)
    case.refresh_from_db()
    perform(filing.pk, "revoke", actor=decider, reason="事实清楚", credit_case=case)
    page = client.get(f"/register/{filing.filing_number}/").text
    assert "pill-revoked" in page
    for secret in (CHARGE["facts"], CHARGE["evidence"], UPHELD["decision_number"], "credit-cases"):
        assert secret not in page


def test_a_report_leads_to_a_case_at_its_stage(filing, reviewer):
    page = as_(reviewer).get(
        f"/admin/filings/consortium/{filing.pk}/open-case/", {"stage": "reporting", "facts": "x"}
    )
    form = page.context["form"]
    assert (form["stage"].value(), form["facts"].value()) == ("reporting", "x")


def test_nobody_is_told_of_a_case_but_the_unit_and_the_officers(filing, reviewer, member_user):
    opened(filing, reviewer)
    assert not Message.objects.filter(recipient=member_user, kind__startswith="credit").exists()
