"""Which questions of its policy a submission still leaves open."""

from filings.models import ChecklistItem, Submission


def unanswered(submission: Submission, stage: str) -> list[str]:
    """The questions of a stage that nobody has answered about this submission, in their order."""
    items = ChecklistItem.objects.filter(policy=submission.policy_id, stage=stage)
    answered = submission.answers.values("item")
    return list(items.exclude(pk__in=answered).values_list("text", flat=True))
