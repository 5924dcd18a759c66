"""The checklists of the filings that are at the bureau, as its officers have answered them."""

from collections.abc import Iterable

from filings.models import ChecklistAnswer, ChecklistItem, Consortium, Submission
from filings.states import Status

Stage = ChecklistItem.Stage
ANSWERED = {
    Status.UNDER_REVIEW: {Stage.INTAKE: "intake"},
    Status.RECOMMENDED: {Stage.INTAKE: "intake", Stage.REVIEW: "reviewer"},
    Status.PUBLIC_NOTICE: {Stage.INTAKE: "intake", Stage.REVIEW: "reviewer"},
}


def answer(rows: Iterable[Consortium], policy, people) -> None:
    """What the rules found, and yes where they found nothing."""
    waiting = {c.pk: ANSWERED[Status(c.status)] for c in rows if c.status in ANSWERED}
    items = list(policy.checklist_items.all())
    answers = []
    for submission in Submission.objects.filter(consortium__in=waiting):
        stages = waiting[submission.consortium_id]
        found = {finding["rule"] for finding in submission.findings}
        for item in (item for item in items if item.stage in stages):
            value = "no" if item.rule in found else "yes"
            answers.append(
                ChecklistAnswer(
                    item=item,
                    submission=submission,
                    value=value,
                    ruled=value if item.rule else "",
                    answered_by=people[stages[item.stage]],
                )
            )
    ChecklistAnswer.objects.bulk_create(answers, batch_size=1000)
