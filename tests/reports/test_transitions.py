"""A report's life through its one door: every cell of the table, every role, every guard."""

from datetime import date

import pytest

from filings.models import Comment
from filings.refusals import Conflict, NotPermitted, Refused
from notices.models import Message
from reports.comments import delete_comment
from reports.correction import open_comments
from reports.models import AnnualReport, ReportEvent
from reports.prefill import complete
from reports.states import LEAD, MOVES, Action, Status
from reports.transitions import perform
from tests.reports.factories import SIGNER, answer_all, ask, report_of

pytestmark = pytest.mark.django_db

EVERY_CELL = [(status, action) for status in Status for action in Action]
CAST = ["lead_owner", "lead2_owner", "reviewer", "decider", "auditor", "stranger"]


def of(action) -> str:
    """Who of the cast takes this move."""
    return "lead_owner" if MOVES[action][2] == LEAD else "reviewer"


@pytest.mark.parametrize("cast", CAST)
@pytest.mark.parametrize(("status", "action"), EVERY_CELL)
def test_a_move_is_possible_exactly_for_whom_and_where_the_table_says(
    status, action, cast, lead_owner, request
):
    report = report_of(lead_owner, status=status, complete=True)
    if action == Action.RETURN and status == Status.SUBMITTED:
        ask(report)
    answer_all(report)
    events = report.events.count()
    actor = request.getfixturevalue(cast)
    sources, target, _who = MOVES[action]

    if status in sources and cast == of(action):
        perform(report.pk, action, actor=actor, signed_name=SIGNER)
        report.refresh_from_db()
        assert report.status == target
        event = report.events.last()
        assert report.events.count() == events + 1
        assert (event.from_status, event.to_status, event.actor) == (status, target, actor)
    else:
        with pytest.raises(NotPermitted if status in sources else Refused):
            perform(report.pk, action, actor=actor, signed_name=SIGNER)
        report.refresh_from_db()
        assert report.status == status
        assert report.events.count() == events


def test_a_report_is_returned_only_with_something_to_mend(lead_owner, reviewer):
    report = report_of(lead_owner, status=Status.SUBMITTED)
    with pytest.raises(Refused):
        perform(report.pk, Action.RETURN, actor=reviewer)
    report.refresh_from_db()
    assert report.status == Status.SUBMITTED


def test_a_returned_report_has_its_comments_and_its_due_day(lead_owner, reviewer):
    report = report_of(lead_owner, status=Status.SUBMITTED)
    ask(report, reviewer)
    ask(report, reviewer, part="plan", field="plan_funds", text=" 请补充测算依据。 ")
    perform(report.pk, Action.RETURN, actor=reviewer)
    report.refresh_from_db()
    first, second = report.comments.all()
    assert first.sent_at == second.sent_at is not None
    assert (second.part, second.field, second.text) == ("plan", "plan_funds", "请补充测算依据。")
    # Ten working days after Tuesday, 1 June 2027.
    assert report.correction_due_on == date(2027, 6, 15)
    assert not Comment.objects.filter(consortium=report.consortium).exists()


def test_a_report_is_not_accepted_over_comments_that_were_not_sent(lead_owner, reviewer):
    report = report_of(lead_owner, status=Status.SUBMITTED)
    comment = ask(report, reviewer)
    with pytest.raises(Refused):
        perform(report.pk, Action.ACCEPT, actor=reviewer)
    delete_comment(comment.pk, user=reviewer)
    perform(report.pk, Action.ACCEPT, actor=reviewer)
    report.refresh_from_db()
    assert report.status == Status.ACCEPTED


@pytest.mark.parametrize("dealt", [{"answer": "已核对。"}, {"resolved": True}])
def test_a_returned_report_comes_again_only_when_every_comment_is_dealt_with(dealt, lead_owner):
    report = report_of(lead_owner, status=Status.RETURNED)
    with pytest.raises(Refused):
        perform(report.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    report.refresh_from_db()
    assert report.status == Status.RETURNED
    report.comments.update(**dealt)
    perform(report.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    report.refresh_from_db()
    assert report.status == Status.SUBMITTED


def test_what_was_written_before_a_withdrawal_belongs_to_what_came_after_it(lead_owner, reviewer):
    report = report_of(lead_owner, status=Status.SUBMITTED)
    ask(report, reviewer)
    perform(report.pk, Action.WITHDRAW, actor=lead_owner)
    perform(report.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    perform(report.pk, Action.RETURN, actor=reviewer)
    report.refresh_from_db()
    assert report.comments.get().submission == report.submissions.last()
    assert open_comments(report).count() == 1


def test_the_second_of_two_is_told_who_was_quicker(lead_owner, reviewer):
    report = report_of(lead_owner, status=Status.SUBMITTED)
    perform(report.pk, Action.ACCEPT, actor=reviewer, expected_version=report.version)
    with pytest.raises(Conflict) as told:
        perform(report.pk, Action.RETURN, actor=reviewer, expected_version=report.version)
    assert str(reviewer) in str(told.value.message)
    report.refresh_from_db()
    assert report.status == Status.ACCEPTED


@pytest.mark.parametrize("name", ["", "　 "])
def test_nothing_is_submitted_unsigned(name, lead_owner):
    report = report_of(lead_owner, complete=True)
    with pytest.raises(Refused):
        perform(report.pk, Action.SUBMIT, actor=lead_owner, signed_name=name)
    assert not report.submissions.exists()


def test_a_report_that_contradicts_itself_is_not_submitted(lead_owner):
    report = report_of(lead_owner, complete=True)
    report.units.filter(member=None).update(income=1, income_paid=2)
    with pytest.raises(Refused):
        perform(report.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    assert not ReportEvent.objects.exists()


def test_a_warning_needs_its_justification(lead_owner):
    report = report_of(lead_owner, complete=True)
    report.projects.all().delete()
    with pytest.raises(Refused):
        perform(report.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    reason = "本年度各项研发任务尚在立项论证阶段，未正式启动研发项目，已在总体建设中说明。"
    AnnualReport.objects.filter(pk=report.pk).update(justifications={"projects_named": reason})
    perform(report.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    report.refresh_from_db()
    assert report.status == Status.SUBMITTED


def test_a_change_reported_after_the_report_was_begun_must_be_explained_too(lead_owner):
    report = report_of(lead_owner, complete=True)
    _change_of_the_year(report, lead_owner)
    with pytest.raises(Refused):
        perform(report.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")


@pytest.mark.parametrize("status", ["draft", "awaiting", "returned", "dropped"])
def test_a_change_that_is_not_in_effect_is_not_explained(status, lead_owner):
    report = report_of(lead_owner, complete=True)
    _change_of_the_year(report, lead_owner, status=status)
    perform(report.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    assert not report.change_explanations.exists()


def test_a_change_that_was_returned_after_it_was_listed_stops_nothing(lead_owner, reviewer):
    report = report_of(lead_owner, complete=True)
    change = _change_of_the_year(report, lead_owner)
    complete(report)
    type(change).objects.filter(pk=change.pk).update(status="returned")
    perform(report.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")


def _change_of_the_year(report, user, status: str = "reported"):
    return report.consortium.changes.create(
        kind="part", description="成员分工调整", reason="合作需要", status=status,
        reported_at=report.consortium.submitted_at, effective_on=date(2026, 9, 1),
        reported_by=user, supplementary_agreement=report.consortium.documents.first(),
    )  # fmt: skip


def test_the_first_submission_counts_for_punctuality(lead_owner, reviewer, first_of_june):
    report = report_of(lead_owner, status=Status.RETURNED)
    answer_all(report)
    first = report.first_submitted_at
    first_of_june.move_to("2027-08-03T09:00:00+08:00")
    perform(report.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    report.refresh_from_db()
    assert report.first_submitted_at == first
    assert report.submitted_at > first
    assert not report.is_late_on(date(2027, 8, 3))
    assert report.correction_due_on is None


def test_a_late_report_is_still_taken_and_counts_as_late(lead_owner, first_of_june):
    report = report_of(lead_owner, complete=True)
    first_of_june.move_to("2027-06-30T23:59:00+08:00")
    assert not report.is_late_on(date(2027, 6, 30))
    first_of_june.move_to("2027-07-01T00:01:00+08:00")
    perform(report.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    report.refresh_from_db()
    assert report.status == Status.SUBMITTED
    assert report.is_late_on(date(2027, 7, 1))


def test_each_move_tells_the_lead_and_a_submission_the_reviewers(lead_owner, reviewer):
    report = report_of(lead_owner, complete=True)
    event = perform(report.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    told = Message.objects.filter(key=f"report-event:{event.pk}")
    kinds = set(told.values_list("recipient__username", "kind"))
    assert {("lead_owner", "report_submit"), ("reviewer", "report_waits")} <= kinds
    assert event.data["plan_funds"] == "500.00"
