"""What is due at the bureau's desk: whose it is, by when, who hears of it, and who when it is late."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from accounts.roles import Role
from filings.change_transitions import perform as move_change
from filings.deadlines import Kind
from filings.models import Consortium, CreditCase, Objection, Policy
from filings.states import Status
from filings.workdays import add_workdays
from notices.models import Message
from reports.states import Status as ReportStatus
from reports.sweep import run as reports_run
from reviews import credit, deadlines, sharing
from reviews.sweep import run
from tests.casework import opened
from tests.changes import reported
from tests.expertise import asked, expert, policy_of_experts
from tests.factories import ConsortiumFactory
from tests.people import as_, officer
from tests.reports.factories import report_of

pytestmark = pytest.mark.django_db

ONE = timedelta(days=1)
KINDS = {
    "submitted": Kind.INTAKE,
    "under_review": Kind.REVIEW,
    "recommended": Kind.DECISION,
}


@pytest.fixture(autouse=True)
def officers(intake, reviewer, decider):
    return {Kind.INTAKE: intake, Kind.REVIEW: reviewer, Kind.DECISION: decider}


def of(consortium: Consortium, today=None) -> dict:
    found = deadlines.of_consortium(consortium.pk, today or timezone.localdate())
    return {deadline.kind: deadline for deadline in found}


def told(user) -> list[str]:
    return list(
        Message.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True)
    )


@pytest.mark.parametrize("state", KINDS)
def test_each_stage_of_a_filing_has_its_day_and_its_officer(state, officers):
    consortium, kind = ConsortiumFactory(**{state: True}), KINDS[state]
    found = of(consortium)[kind]
    assert found.day == consortium.action_due_on
    assert found in list(deadlines.of_officer(officers[kind], timezone.localdate()))
    others = [user for other, user in officers.items() if other != kind]
    assert all(not list(deadlines.of_officer(user, timezone.localdate())) for user in others)


def test_after_the_notice_the_decision_is_due_in_the_days_of_the_policy(decider):
    consortium = ConsortiumFactory(public_notice=True)
    last = consortium.notice_ends_on
    assert Kind.FILING not in of(consortium, last)
    found = of(consortium, last + ONE)[Kind.FILING]
    assert found.day == add_workdays(last, Policy.objects.in_force().decision_days)
    run(last + ONE)
    assert "bureau_work_late" not in told(decider)
    run(found.day + ONE)
    assert told(decider).count("bureau_work_late") == 1


def test_an_objection_is_answered_in_time_by_somebody_who_did_not_recommend(decider, decider2):
    consortium = ConsortiumFactory(public_notice=True, recommended_by=decider)
    Consortium.objects.update(recommended_by=decider, decided_by=None)
    objection = Objection.objects.create(consortium=consortium, objector="x", contact="x", text="x")
    found = of(consortium)[Kind.OBJECTION]
    days = Policy.objects.in_force().objection_days
    assert found.day == add_workdays(timezone.localdate(objection.received_at), days)
    run(found.day)
    assert (told(decider).count("bureau_due"), told(decider2).count("bureau_due")) == (0, 1)
    run(found.day + ONE)
    # Who answers for the bureau's clock hears that it is late, whoever may act.
    assert told(decider).count("bureau_work_late") == 1


def test_a_reported_change_is_noted_in_the_days_of_the_policy(
    lead_owner, reviewer, decider, django_assert_num_queries
):
    unit = lead_owner.memberships.get().unit
    consortium = ConsortiumFactory(active=True, lead_unit=unit, created_by=lead_owner)
    change = reported(consortium, user=lead_owner)
    today, days = timezone.localdate(), Policy.objects.in_force().change_note_days
    found = of(consortium)[Kind.CHANGE_NOTE]
    assert found.day == add_workdays(timezone.localdate(change.reported_at), days)
    assert list(deadlines.of_officer(reviewer, today)) == [found]
    assert list(deadlines.of_officer(decider, today)) == []
    run(found.day)
    assert (told(reviewer).count("bureau_due"), told(decider).count("bureau_work_late")) == (1, 0)
    for _night in range(2):
        run(found.day + ONE)
    assert told(decider).count("bureau_work_late") == 1
    reported(consortium, user=lead_owner, kind="strategic_plan")
    with django_assert_num_queries(6):
        assert len(list(deadlines.of_officer(reviewer, today))) == 2
    move_change(change.pk, "note", actor=reviewer)
    assert [d.row.kind for d in deadlines.of_officer(reviewer, today)] == ["strategic_plan"]


def test_the_lead_unit_and_the_officer_read_by_when_a_change_is_noted(lead_owner, reviewer):
    unit = lead_owner.memberships.get().unit
    consortium = ConsortiumFactory(active=True, lead_unit=unit, created_by=lead_owner)
    change = reported(consortium, user=lead_owner)
    day = date_format(of(consortium)[Kind.CHANGE_NOTE].day)
    pages = {
        lead_owner: f"/filings/{consortium.pk}/changes/{change.pk}/",
        reviewer: f"/admin/filings/change/{change.pk}/change/",
    }
    shown = {user.username: day in as_(user).get(page).text for user, page in pages.items()}
    assert shown == {"lead_owner": True, "reviewer": True}
    move_change(change.pk, "note", actor=reviewer)
    assert not any(day in as_(user).get(page).text for user, page in pages.items())


def test_a_statement_is_reminded_of_and_then_the_bureau_hears_that_it_may_go_on(
    lead_owner, reviewer, decider
):
    unit = lead_owner.memberships.get().unit
    consortium = ConsortiumFactory(active=True, lead_unit=unit, created_by=lead_owner)
    case = opened(consortium, reviewer)
    due = case.statement_due_on
    run(due)
    assert "reminder_statement" in told(lead_owner)
    assert "statement_over" not in told(reviewer)
    for _night in range(2):
        run(due + ONE)
    assert told(reviewer).count("statement_over") == 1
    step = of(consortium, due + ONE)[Kind.PROPOSAL]
    assert step.day == add_workdays(due, Policy.objects.in_force().case_days)
    run(step.day + ONE)
    assert told(decider).count("bureau_work_late") == 1


def test_a_case_that_was_put_up_is_decided_by_another_person(reviewer, decider, decider2):
    consortium = ConsortiumFactory(active=True)
    case = opened(consortium, reviewer)
    CreditCase.objects.update(statement_due_on=timezone.localdate() - ONE)
    case.refresh_from_db()
    credit.propose(case, user=reviewer)
    CreditCase.objects.update(proposed_by=decider)
    found = of(consortium)[Kind.CASE_DECISION]
    today = timezone.localdate()
    assert list(deadlines.of_officer(decider, today)) == []
    assert list(deadlines.of_officer(decider2, today)) == [found]


def test_whoever_has_a_filing_is_reminded_alone_and_else_all_of_its_role(intake):
    consortium, colleague = ConsortiumFactory(submitted=True), officer("intake2", Role.INTAKE)
    sharing.claim(consortium.pk, user=intake)
    run(consortium.action_due_on)
    assert [told(user).count("bureau_due") for user in (intake, colleague)] == [1, 0]
    intake.is_active = False
    intake.save()
    later = add_workdays(consortium.action_due_on, 3)
    Consortium.objects.update(action_due_on=later)
    run(later)
    assert [told(user).count("bureau_due") for user in (intake, colleague)] == [1, 1]


def test_an_experts_day_is_told_to_the_officer_who_asked(reviewer):
    policy_of_experts()
    consortium = ConsortiumFactory(under_review=True)
    (invitation,) = asked(consortium, expert())
    officer = invitation.round.opened_by
    found = of(consortium)[Kind.EXPERT_SCORES]
    assert (found.day, found.owed_by) == (invitation.expires_on, str(invitation.expert))
    run(invitation.expires_on)
    run(invitation.expires_on + ONE)
    assert [kind for kind in told(officer) if kind.startswith("expert")] == [
        "expert_due", "expert_late",
    ]  # fmt: skip
    Consortium.objects.update(status=Status.RECOMMENDED)
    assert Kind.EXPERT_SCORES not in of(consortium)


def test_a_report_that_lies_with_the_bureau_too_long_is_told_to_the_deciding_officers(
    lead_owner, reviewer, decider
):
    report = report_of(lead_owner, status=ReportStatus.SUBMITTED)
    days = Policy.objects.in_force().report_review_days
    due = add_workdays(timezone.localdate(report.submitted_at), days)
    reports_run(due)
    assert "bureau_due" in told(reviewer)
    assert "bureau_work_late" not in told(decider)
    for _night in range(2):
        reports_run(due + ONE)
    assert told(decider).count("bureau_work_late") == 1


@pytest.mark.parametrize("count", [1, 3])
def test_however_many_wait_take_the_same_queries(count, intake, django_assert_num_queries):
    for _number in range(count):
        ConsortiumFactory(submitted=True)
    with django_assert_num_queries(6):
        found = list(deadlines.of_officer(intake, timezone.localdate()))
    assert len(found) == count
