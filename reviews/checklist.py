"""The checklist of a submission: what the rules say, what the officer said, and who may answer."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.checklist import unanswered
from filings.database import lock
from filings.eligibility.engine import Finding
from filings.history import record
from filings.models import ChecklistAnswer, ChecklistItem, Consortium, Submission
from filings.permissions import may_comment
from filings.refusals import NotPermitted, Refused
from filings.states import Entry, Status

Value = ChecklistAnswer.Value
STAGE_OF = {
    Status.SUBMITTED: ChecklistItem.Stage.INTAKE,
    Status.UNDER_REVIEW: ChecklistItem.Stage.REVIEW,
}
NOT_YOUR_TURN = _("The checklist is answered by the officer whose turn it is.")
SAY_WHY = _("Say why you answer otherwise than the rule.")


@dataclass(frozen=True, slots=True)
class Question:
    """An item of the policy, with the rule's answer and its evidence, and with the officer's.

    `before` is what was answered about the submission before, for a reader to begin from.
    """

    item: ChecklistItem
    ruled: str
    evidence: tuple[Finding, ...]
    answer: ChecklistAnswer | None
    before: ChecklistAnswer | None

    @property
    def suggested(self) -> str:
        """What the form starts from: the officer's own, the rule's, the one about the last."""
        if self.answer:
            return self.answer.value
        return self.ruled or (self.before.value if self.before else "")

    @property
    def ruled_label(self) -> str:
        return str(Value(self.ruled).label) if self.ruled else ""


@dataclass(frozen=True, slots=True)
class Given:
    """What an officer answers to one item."""

    value: str
    note: str = ""
    reason: str = ""


def questions_of(submission: Submission, previous: Submission | None = None) -> list[Question]:
    """All questions of the submission's policy, intake before review."""
    about = [submission, previous] if previous else [submission]
    answers = ChecklistAnswer.objects.filter(submission__in=about).select_related("answered_by")
    found = {(answer.submission_id, answer.item_id): answer for answer in answers}
    evidence: dict[str, list[Finding]] = {}
    for stored in submission.findings:
        evidence.setdefault(stored["rule"], []).append(Finding.from_dict(stored))
    return [
        Question(
            item,
            (Value.NO if item.rule in evidence else Value.YES) if item.rule else "",
            tuple(evidence.get(item.rule, ())),
            found.get((submission.pk, item.pk)),
            found.get((previous.pk, item.pk)) if previous else None,
        )
        for item in submission.policy.checklist_items.all()
    ]


def open_count(submission: Submission | None, status: str) -> int | None:
    """How many questions of the stage that a filing is in are open; None outside of the stages."""
    stage = STAGE_OF.get(status)
    return len(unanswered(submission, stage)) if stage and submission else None


def may_answer(user, consortium: Consortium, stage: str) -> bool:
    """The officer whose turn it is, at the stage that the filing is in."""
    return STAGE_OF.get(consortium.status) == stage and may_comment(user, consortium)


@transaction.atomic
def answer(consortium_id: int, *, user, stage: str, given: dict[int, Given]) -> None:
    """Keep the answers to a stage's items, those that were given; each as often as need be.

    Raises NotPermitted for others than the officer whose turn it is, Refused for an answer against
    the rule without a reason; nothing is kept then.
    """
    consortium = lock(Consortium.objects).get(pk=consortium_id)
    if not may_answer(user, consortium, stage):
        raise NotPermitted(NOT_YOUR_TURN)
    submission = consortium.submissions.select_related("policy").last()
    for question in questions_of(submission):
        new = given.get(question.item.pk)
        if question.item.stage == stage and new and new.value:
            _keep(consortium, submission, question, new, user)


def _keep(consortium, submission, question: Question, new: Given, user) -> None:
    old = question.answer
    overrules = bool(question.ruled) and new.value != question.ruled
    reason = new.reason.strip() if overrules else ""
    if overrules and not reason:
        raise Refused(SAY_WHY)
    note = new.note.strip()
    if old and (old.value, old.note, old.reason) == (new.value, note, reason):
        return
    ChecklistAnswer.objects.update_or_create(
        item=question.item,
        submission=submission,
        defaults={
            "value": new.value,
            "note": note,
            "ruled": question.ruled,
            "reason": reason,
            "answered_by": user,
            "answered_at": timezone.now(),
        },
    )
    if overrules:
        said = {"item": question.item.text, "before": question.ruled, "after": new.value}
        record(consortium, Entry.OVERRULED, user, reason, rule=question.item.rule, **said)
