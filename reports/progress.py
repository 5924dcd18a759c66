"""How far the lead unit is with a report: the steps, and each finding with where it is mended."""

from django.urls import reverse

from filings.eligibility.engine import Level
from filings.forms.rows import JustificationForm
from filings.kept import row_field
from filings.progress import Step
from reports.models import AnnualReport
from reports.parts import Part


def steps_of(report: AnnualReport, findings, current: str = "") -> list[Step]:
    """The seven parts: empty, in work, complete, or with findings that block."""
    blocked = {f.step for f in findings if f.level == Level.BLOCK}
    steps = []
    for part in Part:
        if part.value in blocked:
            state = "findings" if part.value in report.saved_parts else "empty"
        else:
            state = "complete" if part.value in report.saved_parts else "in_work"
        url = reverse("reports:part", args=[report.pk, part.value])
        steps.append(Step(part.value, part.label, url, state, part == current))
    return steps


def judged(report: AnnualReport, finding) -> dict:
    """A finding, the page that mends it, and the box for a reason where one is asked for."""
    form = None
    if finding.level == Level.WARN:
        text = report.justifications.get(finding.rule, "")
        form = JustificationForm(
            initial={"rule": finding.rule, "text": text}, auto_id=f"id_{finding.rule}_%s"
        )
    return {"finding": finding, "form": form, "url": _where(report, finding)}


def _where(report: AnnualReport, finding) -> str:
    """The field that mends it, or as near to it as there is a page: the unit's own, the project's,
    or that of the part."""
    found = finding.evidence
    address, field = reverse("reports:part", args=[report.pk, finding.step]), finding.field
    if unit := found.get("unit"):
        address = reverse("reports:unit", args=[report.pk, unit])
    elif project := found.get("project"):
        address = reverse("reports:project", args=[report.pk, project])
    elif milestone := found.get("milestone"):
        field = row_field("milestones", milestone, field)
    elif finding.rule == "plan_days":
        return f"{address}#field-plan_milestones"
    return f"{address}#id_{field}" if field else address
