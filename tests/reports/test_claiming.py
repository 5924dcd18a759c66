"""Who examines which report: claimed, released, shown, and the one winner of two."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.roles import Role
from filings.refusals import Conflict, NotPermitted
from reports import deadlines, queue
from reports.claiming import claim, release
from reports.models import AnnualReport
from reports.states import Action, Status
from reports.transitions import perform
from tests.people import as_, officer
from tests.reports.factories import answer_all, ask, report_of

pytestmark = pytest.mark.django_db
LIST = "admin:reports_annualreport_changelist"
EN = {"Accept-Language": "en"}


def url(name: str, report) -> str:
    return reverse(f"admin:reports_annualreport_{name}", args=[report.pk])


def holder(report):
    return AnnualReport.objects.get(pk=report.pk).holder


def listed(client, **asked) -> set:
    return set(client.get(reverse(LIST), asked).context["cl"].result_list)


@pytest.fixture
def reviewer2(db):
    return officer("reviewer2", Role.REVIEWER)


@pytest.fixture
def report(lead_owner):
    return report_of(lead_owner, status=Status.SUBMITTED)


def test_an_officer_claims_and_releases_on_the_page(report, reviewer, reviewer2):
    desk, beside = as_(reviewer), as_(reviewer2)
    saved = report.updated_at
    assert url("claim", report) in desk.get(url("change", report)).text
    assert desk.post(url("claim", report)).status_code == 302
    assert holder(report) == reviewer
    assert AnnualReport.objects.get().updated_at == saved
    seen = beside.get(url("change", report), headers=EN).text
    assert f"{reviewer} has had it since" in seen
    assert url("claim", report) not in seen
    assert url("release", report) not in seen
    told = beside.get(url("accept", report), headers=EN)
    assert "Agree with your colleague before you act." in told.text
    assert "Agree with your colleague" not in desk.get(url("accept", report), headers=EN).text
    desk.post(url("release", report))
    assert holder(report) is None
    kept = AuditEntry.objects.filter(subject="reports_annualreport", subject_id=str(report.pk))
    said = [(entry.before, entry.after) for entry in kept.order_by("pk")]
    assert [after["officer_id"] for _before, after in said[-2:]] == [reviewer.pk, None], said[-2:]


def test_who_shares_the_work_out_frees_what_a_colleague_has(report, reviewer, reviewer2, decider):
    claim(report.pk, user=reviewer)
    with pytest.raises(NotPermitted):
        release(report.pk, user=reviewer2)
    assert as_(decider).post(url("release", report)).status_code == 302
    assert holder(report) is None
    with pytest.raises(Conflict):
        release(report.pk, user=reviewer)


@pytest.mark.parametrize("cast", ["intake", "decider", "auditor", "administrator"])
def test_only_who_examines_claims(cast, report, request):
    user = request.getfixturevalue(cast)
    assert as_(user).post(url("claim", report)).status_code == 404
    with pytest.raises(NotPermitted):
        claim(report.pk, user=user)


def test_a_report_counts_as_claimed_while_it_lies_with_the_bureau(report, reviewer, reviewer2):
    claim(report.pk, user=reviewer)
    ask(report, reviewer2)
    perform(report.pk, Action.RETURN, actor=reviewer2)
    assert holder(report) is None
    with pytest.raises(NotPermitted):
        claim(report.pk, user=reviewer2)
    answer_all(report)
    lead = report.consortium.lead_unit.memberships.get().user
    perform(report.pk, Action.SUBMIT, actor=lead, signed_name="甲示例")
    # Who knows it goes on with it.
    assert holder(report) == reviewer


def test_the_list_opens_on_what_waits_and_is_narrowed_down(
    lead_owner, reviewer, reviewer2, auditor, first_of_june
):
    late, soon, theirs = (report_of(lead_owner, status=Status.SUBMITTED) for _n in range(3))
    done = report_of(lead_owner, status=Status.ACCEPTED)
    AnnualReport.objects.filter(pk=soon.pk).update(
        submitted_at=timezone.now() - timezone.timedelta(days=9)
    )
    claim(late.pk, user=reviewer)
    claim(theirs.pk, user=reviewer2)
    desk = as_(reviewer)
    page = desk.get(reverse(LIST))
    # What came first is due first.
    assert list(page.context["cl"].result_list) == [soon, late]
    assert str(reviewer) in page.text
    assert listed(desk, queue="claimed") == {late}
    assert listed(desk, queue="free") == {soon}
    assert listed(desk, queue="all") == {late, soon, theirs, done}
    assert listed(desk, status__exact="accepted") == {done}
    assert listed(as_(auditor)) == {late, soon, theirs, done}
    assert queue.next_for(reviewer, after=soon) == late
    [card] = queue.cards(reviewer)
    assert (card.count, queue.cards(auditor)) == (2, [])


def test_several_are_claimed_at_once_each_for_itself(lead_owner, reviewer, reviewer2):
    free, taken = (report_of(lead_owner, status=Status.SUBMITTED) for _n in range(2))
    claim(taken.pk, user=reviewer2)
    data = {"action": "claim_selected", "_selected_action": [free.pk, taken.pk]}
    as_(reviewer).post(f"{reverse(LIST)}?queue=all", data)
    assert (holder(free), holder(taken)) == (reviewer, reviewer2)
    data["action"] = "release_selected"
    as_(reviewer).post(f"{reverse(LIST)}?queue=all", data)
    assert (holder(free), holder(taken)) == (None, reviewer2)


def test_the_answer_is_due_of_whoever_has_it(report, reviewer, reviewer2):
    today = timezone.localdate()
    claim(report.pk, user=reviewer)
    [due] = deadlines.of_officer(reviewer, today)
    assert due.people == (reviewer.pk,)
    assert list(deadlines.of_officer(reviewer2, today)) == []


def test_the_database_wants_to_know_since_when(report, reviewer):
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnualReport.objects.filter(pk=report.pk).update(officer=reviewer)


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_claim_at_once_one_wins(lead_owner, reviewer, reviewer2):
    report = report_of(lead_owner, status=Status.SUBMITTED)
    start = Barrier(2)

    def attempt(client):
        try:
            start.wait(timeout=60)
            return client.post(url("claim", report))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        tries = [pool.submit(attempt, as_(one)) for one in (reviewer, reviewer2)]
        answers = [found.result() for found in tries]
    refused, taken = sorted(answers, key=lambda answer: answer.status_code)
    assert taken.status_code == 302
    assert str(holder(report)) in str(refused.context["refusal"])
