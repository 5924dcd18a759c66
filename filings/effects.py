"""What a move does to the filing besides its status; `filings.transitions` writes the row."""

import secrets

from django.utils import timezone

from filings import letters, numbering, publication, snapshot
from filings.assessment import justifications_of
from filings.casework import mark_revoked
from filings.guards import Attempt
from filings.models import Comment, Letter, Submission
from filings.permissions import TWO_PERSONS
from filings.refusals import NotPermitted
from filings.states import Action
from filings.term import last_day
from filings.workdays import add_workdays


def _submit(attempt: Attempt) -> None:
    consortium, now = attempt.consortium, timezone.now()
    content = snapshot.take(consortium)
    submission = Submission.objects.create(
        consortium=consortium,
        number=consortium.submissions.count() + 1,
        submitted_by=attempt.actor,
        submitted_at=now,
        policy=attempt.policy,
        content=content,
        findings=[finding.as_dict() for finding in attempt.findings],
        justifications=justifications_of(consortium),
        digest=snapshot.digest(content),
        signed_name=attempt.payload["signed_name"].strip(),
    )
    consortium.submitted_at = now
    consortium.first_submitted_at = consortium.first_submitted_at or now
    consortium.correction_due_on = None
    consortium.action_due_on = add_workdays(attempt.day, attempt.policy.intake_days)
    attempt.seen |= {"submission": submission.number, "digest": submission.digest}


def _withdraw(attempt: Attempt) -> None:
    attempt.consortium.action_due_on = None
    # What an officer had begun to write is about a submission that is no longer there.
    Comment.objects.filter(consortium=attempt.consortium, sent_at__isnull=True).delete()


def _accept(attempt: Attempt) -> None:
    attempt.consortium.action_due_on = add_workdays(attempt.day, attempt.policy.review_days)


def _return(attempt: Attempt) -> None:
    consortium = attempt.consortium
    comments = Comment.objects.filter(consortium=consortium, sent_at__isnull=True)
    points = letters.points_of(comments)
    attempt.seen["comments"] = comments.update(sent_at=timezone.now())
    consortium.action_due_on = None
    consortium.correction_due_on = add_workdays(attempt.day, attempt.policy.correction_days)
    attempt.seen["correction_due_on"] = consortium.correction_due_on.isoformat()
    _write(attempt, Letter.Kind.RETURNED, points=points, due_on=consortium.correction_due_on)


def _recall(attempt: Attempt) -> None:
    consortium = attempt.consortium
    comments = Comment.objects.filter(
        consortium=consortium, sent_at__isnull=False, answered_at=None
    )
    attempt.seen["comments"] = comments.update(recalled_at=timezone.now())
    letters.withdraw_request(consortium)
    consortium.correction_due_on = None
    consortium.action_due_on = add_workdays(attempt.day, attempt.policy.intake_days)


def _recommend(attempt: Attempt) -> None:
    attempt.consortium.recommended_by = attempt.actor
    attempt.consortium.decided_by = None
    attempt.consortium.action_due_on = add_workdays(attempt.day, attempt.policy.intake_days)


def _decide(attempt: Attempt) -> None:
    consortium = attempt.consortium
    if consortium.recommended_by_id == attempt.actor.pk:
        raise NotPermitted(TWO_PERSONS)
    consortium.decided_by = attempt.actor
    consortium.action_due_on = None


def _publish(attempt: Attempt) -> None:
    _decide(attempt)
    notice = publication.enter(
        attempt.consortium,
        actor=attempt.actor,
        day=attempt.day,
        policy=attempt.policy,
        **attempt.payload,
    )
    attempt.seen["notice_ends_on"] = attempt.consortium.notice_ends_on.isoformat()
    if notice:
        attempt.seen["notice"] = notice.pk


def _file(attempt: Attempt) -> None:
    _decide(attempt)
    consortium, day = attempt.consortium, attempt.day
    serial = numbering.take_next(day.year)
    consortium.filing_year, consortium.filing_serial = day.year, serial
    consortium.filing_number = numbering.written(day.year, serial)
    consortium.verification_code = secrets.token_urlsafe(12)
    consortium.starts_on = day
    consortium.ends_on = last_day(day, consortium.term_months)
    attempt.seen |= {
        "filing_number": consortium.filing_number,
        "ends_on": consortium.ends_on.isoformat(),
    }
    _write(attempt, Letter.Kind.FILED)


def _reject(attempt: Attempt) -> None:
    _decide(attempt)
    clause = attempt.payload["clause"]
    _write(attempt, Letter.Kind.REJECTED, clause=clause, reason=attempt.reason)


def _write(attempt: Attempt, kind: Letter.Kind, **content) -> None:
    letter = letters.issue(
        attempt.consortium, kind, day=attempt.day, policy=attempt.policy, **content
    )
    attempt.seen["letter"] = letter.number


def _terminate(attempt: Attempt) -> None:
    attempt.consortium.ended_on = attempt.day
    attempt.consortium.closing_reason = attempt.payload["closing_reason"]


def _revoke(attempt: Attempt) -> None:
    attempt.consortium.ended_on = attempt.day
    mark_revoked(attempt.payload["credit_case"], attempt.actor)


EFFECTS = {
    Action.SUBMIT: _submit,
    Action.WITHDRAW: _withdraw,
    Action.ACCEPT: _accept,
    Action.RETURN: _return,
    Action.RECALL: _recall,
    Action.RECOMMEND: _recommend,
    Action.PUBLISH: _publish,
    Action.FILE: _file,
    Action.REJECT: _reject,
    Action.TERMINATE: _terminate,
    Action.REVOKE: _revoke,
}
