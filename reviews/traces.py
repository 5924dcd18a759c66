"""By what a unit and a filing are found to be like others: kept in step with what is written.

Rows that were written past the models (an import, the demonstration) are caught up with at the
start of the portal and every night.
"""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from accounts.models import Unit
from filings.models import Consortium, Submission
from filings.sections import Section
from reviews.likeness import name_keys, plain, text_keys
from reviews.models import FilingTrace, UnitTrace

BATCH = 200


def unit_keys(name: str, uscc: str) -> set[str]:
    """Characters 9 to 17 of a credit code are the organisation's own, whoever registered it."""
    return {f"code:{uscc[8:17]}", *(f"name:{key}" for key in name_keys(name))}


@transaction.atomic
def trace_units(units: Iterable[Unit]) -> None:
    units = list(units)
    UnitTrace.objects.filter(unit__in=units).delete()
    UnitTrace.objects.bulk_create(
        UnitTrace(unit=unit, key=key)
        for unit in units
        for key in sorted(unit_keys(unit.name, unit.uscc))
    )


@transaction.atomic
def trace_filings(submissions: Iterable[Submission]) -> None:
    """Remember the chief expert and the milestones of each filing's newest submission."""
    submissions = list(submissions)
    filings = [submission.consortium_id for submission in submissions]
    FilingTrace.objects.filter(consortium__in=filings).delete()
    FilingTrace.objects.bulk_create(
        FilingTrace(consortium_id=submission.consortium_id, kind=kind, key=key, text=text)
        for submission in submissions
        for kind, key, text in _said(submission.content)
    )


def catch_up() -> int:
    """Trace what has no traces yet; return how many units and filings that were."""
    units = Unit.objects.filter(traces=None).order_by("pk").values_list("pk", flat=True)
    filings = Consortium.objects.filter(first_submitted_at__isnull=False, traces=None)
    count = 0
    for keys in _batches(list(units)):
        trace_units(Unit.objects.filter(pk__in=keys))
        count += len(keys)
    for keys in _batches(list(filings.order_by("pk").values_list("pk", flat=True))):
        newest: dict[int, Submission] = {}
        for submission in Submission.objects.filter(consortium__in=keys).order_by("number"):
            newest[submission.consortium_id] = submission
        trace_filings(newest.values())
        count += len(keys)
    return count


@receiver(post_save, sender=Unit)
def _follow_unit(sender, instance, **_signal) -> None:
    trace_units([instance])


@receiver(post_save, sender=Submission)
def _follow_submission(sender, instance, **_signal) -> None:
    trace_filings([instance])


def _said(content: dict) -> Iterator[tuple[str, str, str]]:
    """Kind, key and the words themselves of what a filing may share with another."""
    governance = content[Section.GOVERNANCE]
    if expert := plain(governance["chief_expert"]):
        words = (governance["chief_expert"], governance["chief_expert_post"])
        yield FilingTrace.Kind.EXPERT, f"expert:{expert}", " · ".join(filter(None, words))
    for task in content[Section.TASKS]:
        for _month, title in task["milestones"]:
            for key in sorted(text_keys(title)):
                yield FilingTrace.Kind.MILESTONE, f"milestone:{key}", title


def _batches(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
