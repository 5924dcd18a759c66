"""What a unit does with its own part of a report, and the lead unit about it."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings import kept
from filings.database import lock
from filings.merging import Merge, Seen
from filings.refusals import Conflict, NotPermitted, Refused
from filings.snapshot import digest, plain
from notices.services import notify
from reports.history import record
from reports.models import AnnualReport, ReportProject, UnitPart
from reports.models.unit import FIGURES
from reports.permissions import may_edit_unit, may_sign, may_skip
from reports.states import Entry

SAID = ("work", *FIGURES)
PROJECT = (
    "title", "task_id", "budget", "spent", "stage", "planned_percent", "done_percent", "result",
)  # fmt: skip


def digest_of(part: UnitPart) -> str:
    """What a sign-off stands for: everything that the unit says of its year."""
    return digest({name: plain(getattr(part, name)) for name in SAID})


def _locked(part: UnitPart, user, may) -> UnitPart:
    """The part as it is now, with its report locked. Raises NotPermitted with the reason."""
    report = lock(AnnualReport.objects.for_list()).get(pk=part.report_id)
    part = UnitPart.objects.select_related("unit").get(pk=part.pk)
    part.report = report
    answer = may(user, part)
    if not answer:
        raise NotPermitted(answer.reason)
    return part


def _count_save(report: AnnualReport, user) -> None:
    report.version += 1
    report.saved_by = user
    report.save(update_fields=["version", "saved_by", "updated_at"])


@transaction.atomic
def save_unit(
    part: UnitPart, *, user, fields: dict, seen: Seen | None = None, choices=None
) -> tuple[UnitPart, Merge]:
    """Write fields of a unit's part, merged field by field with what others saved meanwhile.

    What is prefilled counts as confirmed from now on; a sign-off falls when anything changes.
    Raises NotPermitted when it is not the user's to edit now.
    """
    part = _locked(part, user, may_edit_unit)
    found = kept.merged(part, fields, seen, choices)
    for name in found.write:
        setattr(part, name, fields[name])
    if found.write or not part.saved_at:
        part.saved_at, part.saved_by = timezone.now(), user
        _take_back(part, user, bool(found.write))
        part.save()
        _count_save(part.report, user)
    return part, found


def _take_back(part: UnitPart, user, changed: bool) -> None:
    if changed and part.signed_at:
        part.signed_at, part.signed_by, part.signed_name = None, None, ""
        record(part.report, Entry.REOPENED, user, unit=part.name)


@transaction.atomic
def sign_unit(part: UnitPart, *, user, signed_name: str, shown: str) -> UnitPart:
    """A member signs off its part, as the page showed it (`shown` is its digest)."""
    part = _locked(part, user, may_sign)
    if shown != digest_of(part):
        raise Conflict(
            _("The part was changed after this page was made. Read it again, then sign.")
        )
    part.signed_at, part.signed_by, part.signed_name = timezone.now(), user, signed_name.strip()
    part.saved_at = part.saved_at or part.signed_at
    part.saved_by = part.saved_by or user
    part.save()
    _count_save(part.report, user)
    record(part.report, Entry.SIGNED, user, unit=part.name)
    return part


@transaction.atomic
def skip_unit(part: UnitPart, *, user, reason: str) -> UnitPart:
    """The lead goes on without a member's sign-off and says why; it answers for the whole."""
    part = _locked(part, user, may_skip)
    if not reason.strip():
        raise Refused(_("Say why the report goes on without this unit's sign-off."))
    part.skipped_reason = reason.strip()
    part.save(update_fields=["skipped_reason"])
    _count_save(part.report, user)
    record(part.report, Entry.SKIPPED, user, part.skipped_reason, unit=part.name)
    return part


def ask_units(report: AnnualReport) -> int:
    """Tell the people of the members that have not signed off, at most once a day; how many
    units were asked."""
    waiting = report.units.filter(member__isnull=False, signed_at__isnull=True)
    day = timezone.localdate().isoformat()
    for part in waiting.select_related("unit"):
        people = [place.user for place in part.unit.memberships.editing().select_related("user")]
        notify(
            people,
            key=f"report-unit:{part.pk}:{day}",
            kind="report_unit",
            context={
                "name": report.consortium.name,
                "year": report.call.reporting_year,
                "due": report.due_on,
            },
            url=reverse("reports:unit", args=[report.pk, part.pk]),
        )
    return len(waiting)


def digest_of_project(project: ReportProject) -> str:
    """What a page of a project showed: it is saved only over that."""
    return digest({name: plain(getattr(project, name)) for name in PROJECT})


@transaction.atomic
def save_project(
    part: UnitPart, project: ReportProject, *, user, fields: dict, shown: str = ""
) -> ReportProject:
    """Write a project that the unit of `part` is in charge of, stored or new; `shown` is the
    digest of what the page showed. Raises NotPermitted, and Conflict when somebody else changed
    or removed it meanwhile."""
    part = _locked(part, user, may_edit_unit)
    if project.pk:
        stored = part.report.projects.filter(pk=project.pk, unit=part.unit_id).first()
        if stored is None:
            raise Conflict(_("Somebody else removed “%(row)s” meanwhile.") % {"row": project})
        if shown != digest_of_project(stored):
            raise Conflict(_("Somebody else changed this project meanwhile. Compare, then save."))
        project = stored
    project.report, project.unit_id = part.report, part.unit_id
    for name in PROJECT:
        setattr(project, name, fields[name])
    project.save()
    project.partners.set(fields["partners"])
    _changed(part, user)
    return project


@transaction.atomic
def delete_project(part: UnitPart, project: ReportProject, *, user) -> None:
    """Take a project out of the report."""
    part = _locked(part, user, may_edit_unit)
    part.report.projects.filter(pk=project.pk, unit=part.unit_id).delete()
    _changed(part, user)


def _changed(part: UnitPart, user) -> None:
    """A change of a unit's projects is one of its part: a sign-off of before falls."""
    _take_back(part, user, changed=True)
    part.save()
    _count_save(part.report, user)
