"""What the lead unit's people write into a report."""

from django.db import transaction
from django.db.models import ProtectedError, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from filings import kept
from filings.database import lock
from filings.merging import Merge, Seen
from filings.permissions import acts_for_unit
from filings.refusals import Conflict, NotPermitted, Refused
from filings.snapshot import plain
from reports.models import AnnualReport, PlanMilestone
from reports.parts import Part
from reports.rows import OF_FORM, SAID

ORDER = Part.values
LISTED = "plan_milestones"


def editable(report_id: int, *, user, expected_version: int | None = None) -> AnnualReport:
    """The report, locked until the transaction ends.

    Raises NotPermitted when it is not the user's to edit now, and Conflict when somebody saved it
    after the version the user had before its eyes.
    """
    report = lock(AnnualReport.objects).select_related("consortium").get(pk=report_id)
    if not acts_for_unit(user, report.consortium.lead_unit_id) or not report.is_editable:
        raise NotPermitted(_("It can't be edited now."))
    if expected_version is not None and expected_version != report.version:
        raise Conflict(_("Somebody else saved this report meanwhile. Compare before you save."))
    return report


@transaction.atomic
def save_part(
    report_id: int, *, user, part: str, fields: dict, seen: Seen | None = None, choices=None
) -> tuple[AnnualReport, Merge]:
    """Write fields of one part and of its rows, merged field by field with what others saved
    meanwhile (`filings.merging`); `plan_milestones` are written as one list.

    What is prefilled counts as confirmed from now on. Raises NotPermitted when it is not the
    user's to edit now, Refused when a planned milestone can't go.
    """
    report = editable(report_id, user=user)
    listed = {LISTED} & fields.keys()
    prefetch_related_objects([report], *OF_FORM.get(part, ()), *listed)
    found = kept.merged(report, fields, seen, choices)
    for model, rows in kept.put(report, fields, found.write - {LISTED}).items():
        model.objects.bulk_update(rows, SAID[model])
    if LISTED in found.write:
        _plan(report, fields[LISTED])
    if found.write or part not in report.saved_parts:
        report.saved_parts = sorted({*report.saved_parts, part}, key=ORDER.index)
        count_save(report, user)
    return report, found


def _plan(report: AnnualReport, rows: list[list]) -> None:
    """Make the planned milestones these. One that stays as it is, or that changed in its place,
    stays the same row: a later report may tell of it."""
    old = list(report.plan_milestones.all())
    lines = [[plain(getattr(one, column)) for column in PlanMilestone.KEPT] for one in old]
    new = []
    for row in rows:
        if row in lines:
            old.pop(lines.index(row))
            lines.remove(row)
        else:
            new.append(row)
    for one, row in zip(old, new, strict=False):
        for column, value in zip(PlanMilestone.KEPT, row, strict=True):
            setattr(one, column, value)
    PlanMilestone.objects.bulk_update(old[: len(new)], PlanMilestone.KEPT)
    made = [dict(zip(PlanMilestone.KEPT, row, strict=True)) for row in new[len(old) :]]
    PlanMilestone.objects.bulk_create(PlanMilestone(report=report, **row) for row in made)
    if gone := [one.pk for one in old[len(new) :]]:
        _unplan(report, gone)
    # What was prefetched is as it was before.
    report.refresh_from_db(fields=[LISTED])


def _unplan(report: AnnualReport, keys: list[int]) -> None:
    try:
        report.plan_milestones.filter(pk__in=keys).delete()
    except ProtectedError as error:
        raise Refused(
            _("A later report tells of a milestone of this plan: it can't be taken out any more.")
        ) from error


def count_save(report: AnnualReport, user) -> None:
    """Whoever signs signs what the page showed: every save is a new version."""
    report.version += 1
    report.saved_by = user
    report.save()


@transaction.atomic
def justify(report_id: int, *, user, rule: str, text: str) -> None:
    """Keep the reason for a warning of the checks."""
    report = editable(report_id, user=user)
    report.justifications = {**report.justifications, rule: text.strip()}
    report.save()
