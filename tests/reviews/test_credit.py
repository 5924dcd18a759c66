"""Credit cases (clause 5.3): opened, answered by the unit, put up by one, decided by another."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.roles import Role
from filings.models import CreditCase, CreditRecord
from filings.refusals import Conflict, NotPermitted, Refused
from notices.models import Message
from reviews import credit
from tests.casework import CHARGE, UPHELD
from tests.factories import ConsortiumFactory, staff, upheld_case
from tests.people import as_

pytestmark = pytest.mark.django_db

CASES, RECORDS = "/admin/filings/creditcase/", "/admin/filings/creditrecord/"


@pytest.fixture
def case(filing, reviewer):
    return credit.open_case(user=reviewer, unit=filing.lead_unit, consortium=filing, **CHARGE)


@pytest.fixture
def proposed(case, lead_owner, reviewer):
    credit.record_statement(case, user=lead_owner, text="系笔误，已更正。")
    return credit.propose(case, user=reviewer)


def messages_to(user, kind: str):
    return Message.objects.filter(recipient=user, kind=kind)


@pytest.mark.parametrize("cast", ["intake", "reviewer"])
def test_a_case_is_opened_from_the_filing(cast, filing, lead_owner, request):
    client = as_(request.getfixturevalue(cast))
    address = f"/admin/filings/consortium/{filing.pk}/open-case/"
    assert client.get(address).status_code == 200
    client.post(address, CHARGE | {"unit": filing.lead_unit_id})
    case = CreditCase.objects.get()
    assert (case.unit, case.outcome) == (filing.lead_unit, CreditCase.Outcome.OPEN)
    assert messages_to(lead_owner, "credit_case_opened").get().url == f"/credit-cases/{case.pk}/"


def test_the_unit_has_the_days_of_the_policy(filing, reviewer):
    # Ten working days over the National Day of 2026, by the State Council's notice.
    with time_machine.travel("2026-09-24 10:00+08:00"):
        case = credit.open_case(user=reviewer, unit=filing.lead_unit, consortium=filing, **CHARGE)
    assert case.statement_due_on == date(2026, 10, 15)


@pytest.mark.parametrize("cast", ["decider", "auditor", "administrator"])
def test_others_open_no_case(cast, filing, request):
    client = as_(request.getfixturevalue(cast))
    address = f"/admin/filings/consortium/{filing.pk}/open-case/"
    assert client.get(address).status_code == 404
    assert client.post(address, CHARGE | {"unit": filing.lead_unit_id}).status_code == 404
    assert not CreditCase.objects.exists()


def test_a_case_needs_a_unit_of_the_consortium_and_evidence(filing, reviewer):
    stranger = ConsortiumFactory(active=True).lead_unit
    with pytest.raises(Refused):
        credit.open_case(user=reviewer, unit=stranger, consortium=filing, **CHARGE)
    with pytest.raises(Refused):
        credit.open_case(
            user=reviewer, unit=filing.lead_unit, consortium=filing, **CHARGE | {"evidence": " "}
        )
    page = as_(reviewer).post(
        f"/admin/filings/consortium/{filing.pk}/open-case/", CHARGE | {"unit": stranger.pk}
    )
    assert page.context["form"].errors["unit"]
    assert not CreditCase.objects.exists()


def test_the_unit_states_its_side_once(case, lead_owner, reviewer):
    client = as_(lead_owner)
    address = f"/credit-cases/{case.pk}/"
    page = client.get(address).text
    assert CHARGE["facts"] in page
    assert CHARGE["evidence"] in page
    client.post(address, {"text": "系笔误，已更正。"})
    case.refresh_from_db()
    assert case.statement == "系笔误，已更正。"
    assert messages_to(reviewer, "credit_case_stated").exists()
    client.post(address, {"text": "另一份陈述"})
    case.refresh_from_db()
    assert case.statement == "系笔误，已更正。"


@pytest.mark.parametrize("cast", ["lead2_owner", "stranger", "reviewer", "auditor"])
def test_a_case_is_the_unit_s_alone_on_the_portal(cast, case, request):
    client = as_(request.getfixturevalue(cast))
    address = f"/credit-cases/{case.pk}/"
    assert client.get(address).status_code == 404
    assert client.post(address, {"text": "x"}).status_code == 404
    with pytest.raises(NotPermitted):
        credit.record_statement(case, user=request.getfixturevalue(cast), text="x")
    case.refresh_from_db()
    assert case.stated_at is None


def test_nothing_is_put_up_while_the_unit_may_still_speak(case, reviewer):
    client = as_(reviewer)
    page = client.get(f"{CASES}{case.pk}/change/")
    assert {b.step.name: bool(b.answer) for b in page.context["buttons"]} == {
        "propose": False,
        "evidence": True,
    }
    client.post(f"{CASES}{case.pk}/propose/")
    case.refresh_from_db()
    assert case.proposed_at is None
    with time_machine.travel(case.statement_due_on + timedelta(days=2)):
        as_(reviewer).post(f"{CASES}{case.pk}/propose/")
    case.refresh_from_db()
    assert case.proposed_by == reviewer


def test_with_its_statement_the_case_is_put_up_at_once(case, lead_owner, reviewer, decider):
    credit.record_statement(case, user=lead_owner, text="系笔误。")
    as_(reviewer).post(f"{CASES}{case.pk}/propose/")
    case.refresh_from_db()
    assert case.proposed_by == reviewer
    assert messages_to(decider, "credit_case_proposed").exists()
    with pytest.raises(Conflict):
        credit.propose(case, user=reviewer)


def test_upheld_makes_a_record_and_allows_revocation(proposed, decider, lead_owner, filing):
    client = as_(decider)
    client.post(f"{CASES}{proposed.pk}/decide/", UPHELD)
    proposed.refresh_from_db()
    assert (proposed.outcome, proposed.decided_by) == ("upheld", decider)
    record = CreditRecord.objects.get()
    assert (record.unit, record.decision_number) == (filing.lead_unit, UPHELD["decision_number"])
    assert (record.legal_basis, record.valid_to) == (CHARGE["legal_basis"], None)
    assert messages_to(lead_owner, "credit_case_upheld").exists()
    assert "事实清楚" in as_(lead_owner).get(f"/credit-cases/{proposed.pk}/").text

    client.post(
        f"/admin/filings/consortium/{filing.pk}/revoke/",
        {"expected_version": filing.version, "reason": "取消资格", "credit_case": proposed.pk},
    )
    filing.refresh_from_db()
    assert filing.status == "revoked"


def test_dismissed_leaves_no_record(proposed, decider, lead_owner):
    as_(decider).post(
        f"{CASES}{proposed.pk}/decide/", {"outcome": "dismissed", "reason": "证据不足。"}
    )
    proposed.refresh_from_db()
    assert proposed.outcome == "dismissed"
    assert not CreditRecord.objects.exists()
    assert messages_to(lead_owner, "credit_case_dismissed").exists()


@pytest.mark.parametrize(
    "change",
    [
        {"reason": ""},
        {"outcome": ""},
        {"outcome": "open"},
        {"decision_number": ""},
        {"valid_from": ""},
        {"valid_to": date(2026, 10, 1)},
    ],
)
def test_a_decision_needs_all_its_parts(change, proposed, decider):
    page = as_(decider).post(f"{CASES}{proposed.pk}/decide/", UPHELD | change)
    assert page.status_code == 200
    assert page.context["refusal"] or page.context["form"].errors
    proposed.refresh_from_db()
    assert proposed.outcome == "open"
    assert not CreditRecord.objects.exists()


@pytest.mark.parametrize("cast", ["decider", "superuser"])
def test_who_put_it_up_does_not_decide(cast, case, lead_owner, request, decider2):
    both = request.getfixturevalue(cast)
    both.groups.add(*staff(Role.REVIEWER).groups.all())
    credit.record_statement(case, user=lead_owner, text="系笔误。")
    case = credit.propose(case, user=both)
    page = as_(both).get(f"{CASES}{case.pk}/change/")
    decide = next(b for b in page.context["buttons"] if b.step.name == "decide")
    assert not decide.answer
    assert str(decide.answer.reason) in page.text
    assert as_(both).post(f"{CASES}{case.pk}/decide/", UPHELD).context["refusal"]
    with pytest.raises(IntegrityError), transaction.atomic():
        CreditCase.objects.update(outcome="upheld", decided_by=both)
    with pytest.raises(ObjectDoesNotExist):
        CreditCase.objects.get().record  # noqa: B018
    as_(decider2).post(f"{CASES}{case.pk}/decide/", UPHELD)
    assert CreditRecord.objects.exists()


def test_a_case_is_decided_once(proposed, decider, decider2):
    credit.decide(proposed, user=decider2, outcome="dismissed", reason="证据不足。")
    page = as_(decider).post(f"{CASES}{proposed.pk}/decide/", UPHELD)
    assert str(decider2) in page.text
    assert not CreditRecord.objects.exists()


@pytest.mark.parametrize("step", ["propose", "decide"])
@pytest.mark.parametrize("cast", ["intake", "auditor", "administrator"])
def test_others_see_the_case_and_do_nothing(step, cast, proposed, request):
    client = as_(request.getfixturevalue(cast))
    page = client.get(f"{CASES}{proposed.pk}/change/")
    assert (page.status_code, page.context["buttons"]) == (200, [])
    assert client.post(f"{CASES}{proposed.pk}/{step}/", UPHELD).status_code == 404
    proposed.refresh_from_db()
    assert proposed.outcome == "open"


def test_a_record_is_lifted_with_a_reason_once(decider, reviewer, lead_owner, filing):
    record = upheld_case(filing).record
    today = timezone.localdate()
    assert CreditRecord.objects.in_force(today).exists()
    address = f"{RECORDS}{record.pk}/lift/"
    assert as_(reviewer).post(address, {"reason": "信用修复"}).status_code == 404
    client = as_(decider)
    assert client.post(address, {"reason": ""}).context["form"].errors
    client.post(address, {"reason": "已完成信用修复。"})
    record.refresh_from_db()
    assert (record.lifted_on, record.lifted_by) == (today, decider)
    assert not CreditRecord.objects.in_force(today).exists()
    assert messages_to(lead_owner, "credit_record_lifted").exists()
    assert client.post(address, {"reason": "再次"}).context["refusal"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_ask_a_constant_number_of_questions(rows, auditor, django_assert_num_queries):
    for _number in range(rows):
        upheld_case(ConsortiumFactory(active=True))
    client = as_(auditor)
    for address in (CASES, RECORDS):
        client.get(address)
        with django_assert_num_queries(4):
            page = client.get(address)
        assert len(page.context["cl"].result_list) == rows
