"""Answers to the checklists, as officers give them before they accept and recommend."""

from filings.models import ChecklistAnswer, Consortium


def answer_all(consortium: Consortium, user) -> None:
    """A yes to every question about the last submission, or the rule's own no; once."""
    submission = consortium.submissions.select_related("policy").last()
    if submission.answers.exists():
        return
    found = {finding["rule"] for finding in submission.findings}
    answers = []
    for item in submission.policy.checklist_items.all():
        value = "no" if item.rule in found else "yes"
        ruled = value if item.rule else ""
        answers.append(
            ChecklistAnswer(
                item=item, submission=submission, value=value, ruled=ruled, answered_by=user
            )
        )
    ChecklistAnswer.objects.bulk_create(answers)
