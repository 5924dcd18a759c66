"""What a unit does with its own part of a report, and the lead unit about it."""

from django.db import transaction
from django.db.models import prefetch_related_objects
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
from reports.services import count_save
from reports.states import Entry

SAID = ("work", *FIGURES)
PROJECT = (
    "title", "task_id", "partners", "budget", "spent", "stage", "planned_percent", "done_percent",
    "result",
)  # fmt: skip


def digest_of(part: UnitPart) -> str:
    """What a sign-off stands for: everything that the unit says of its year, the projects that it
    is in charge of, and its papers."""
    said = {name: plain(getattr(part, name)) for name in SAID}
    papers = part.documents.values_list("original_name", "sha256")
    projects = part.report.projects.filter(unit=part.unit_id).prefetch_related("partners")
    return digest(
        said
        | {
            "documents": [list(paper) for paper in papers],
            "projects": [kept.plainly(project, PROJECT) for project in projects],
        }
    )


def _locked(part: UnitPart, user, may) -> UnitPart:
    """The part as it is now, with its report locked. Raises NotPermitted with the reason."""
    report = lock(AnnualReport.objects.for_list()).get(pk=part.report_id)
    part = UnitPart.objects.select_related("unit").get(pk=part.pk)
    part.report = report
    answer = may(user, part)
    if not answer:
        raise NotPermitted(answer.reason)
    return part


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
        if found.write:
            _take_back(part, user)
        part.save()
        count_save(part.report, user)
    return part, found


def _take_back(part: UnitPart, user) -> None:
    if part.signed_at:
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
    count_save(part.report, user)
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
    count_save(part.report, user)
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


def _stored(project: ReportProject, report: AnnualReport) -> ReportProject:
    """The project as it is now; a new one as it came. Raises Conflict when it was removed."""
    if project.pk:
        found = report.projects.filter(pk=project.pk).first()
        if found is None:
            raise Conflict(_("Somebody else removed “%(row)s” meanwhile.") % {"row": project})
        project = found
    project.report = report
    return project


def _open_project(project: ReportProject, user) -> ReportProject:
    """The project as it is now, with its report locked. Raises NotPermitted, Conflict."""
    report = lock(AnnualReport.objects.for_list()).get(pk=project.report_id)
    project = _stored(project, report)
    answer = may_edit_unit(user, project)
    if not answer:
        raise NotPermitted(answer.reason)
    return project


@transaction.atomic
def save_project(
    project: ReportProject, *, user, fields: dict, seen: Seen | None = None, choices=None
) -> tuple[ReportProject, Merge]:
    """Write fields of a project, stored or new, merged field by field with what others saved
    meanwhile; `partners` are ids of units. Raises NotPermitted when it is not the user's to edit
    now, Conflict when somebody else removed it."""
    project = _open_project(project, user)
    if project.pk:
        prefetch_related_objects([project], "partners")
    found = kept.merged(project, fields, seen, choices) if project.pk else Merge.of_new(fields)
    partners = {unit.pk for unit in project.partners.all()} if project.pk else set()
    units = {project.unit_id}
    for name in found.write - {"partners"}:
        setattr(project, name, fields[name])
    if found.write:
        project.save()
        changed(project.report, units | {project.unit_id}, user)
    if "partners" in found.write:
        project.partners.remove(*partners - set(fields["partners"]))
        project.partners.add(*set(fields["partners"]) - partners)
    return project, found


@transaction.atomic
def delete_project(project: ReportProject, *, user) -> None:
    """Take a project out of the report. Raises as `save_project` does."""
    project = _open_project(project, user)
    project.delete()
    changed(project.report, {project.unit_id}, user)


def changed(report: AnnualReport, units: set[int], user) -> None:
    """A change of a unit's projects or papers is one of its part: a sign-off of before falls."""
    for part in report.units.filter(unit_id__in=units, signed_at__isnull=False):
        part.report = report
        _take_back(part, user)
        part.save()
    count_save(report, user)
