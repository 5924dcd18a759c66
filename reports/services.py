"""What the lead unit's people write into a report."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from filings.database import lock
from filings.permissions import acts_for_unit
from filings.refusals import Conflict, NotPermitted
from reports.models import AnnualReport


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
    report_id: int, *, user, part: str, fields: dict, rows=None, expected_version
) -> None:
    """Write one part: its fields, and the rows of a validated formset if it has any."""
    report = editable(report_id, user=user, expected_version=expected_version)
    for name, value in fields.items():
        setattr(report, name, value)
    if part not in report.saved_parts:
        report.saved_parts = [*report.saved_parts, part]
    report.version += 1
    report.save()
    if rows is not None:
        rows.save()


@transaction.atomic
def justify(report_id: int, *, user, rule: str, text: str) -> None:
    """Keep the reason for a warning of the checks."""
    report = editable(report_id, user=user)
    report.justifications = {**report.justifications, rule: text.strip()}
    report.save()
