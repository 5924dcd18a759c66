"""What stands around every step of the wizard: the rail, the live findings, the index."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from filings.assessment import findings_of, hindrances, justifications_of
from filings.correction import asked
from filings.eligibility.engine import Level
from filings.eligibility.facts import Thresholds
from filings.eligibility.priority import priority_index
from filings.eligibility.rules import RULES_BY_ID
from filings.facts import lead_of
from filings.forms.rows import AnswerForm, JustificationForm
from filings.models import Policy
from filings.progress import steps_of
from filings.sections import Section
from filings.workdays import workdays_left


def panel(consortium, current: str, refused: JustificationForm | None = None) -> dict:
    """The context of a step (or "check"): how far each step is, what the rules find here, how
    many points stand elsewhere, until when a correction is due. `refused` is a justification that
    could not be kept."""
    policy = Policy.objects.in_force()
    findings = findings_of(consortium, policy=policy)
    justified = justifications_of(consortium)
    here = [f for f in findings if current in ("check", f.step)]
    return countdown(consortium) | {
        "policy": policy,
        "steps": steps_of(consortium, findings, justified, current),
        "findings": [_item(consortium, finding, justified, refused) for finding in here],
        "open": len(hindrances(findings, justified, policy)),
        "elsewhere": sum(f.level != Level.ADVISE and f not in here for f in findings),
        "index": priority_index(lead_of(consortium), Thresholds.of(policy)),
    }


def countdown(consortium) -> dict:
    """A filing that is being edited, and the working days that are left to correct it."""
    due = consortium.correction_due_on
    days = workdays_left(timezone.localdate(), due) if due else None
    return {"consortium": consortium, "due": due, "days": days}


def _item(consortium, finding, justified, refused) -> dict:
    form = None
    if refused is not None and refused.data.get("rule") == finding.rule:
        form = refused
    elif finding.level == Level.WARN:
        form = JustificationForm(
            initial={"rule": finding.rule, "text": justified.get(finding.rule, "")},
            auto_id=f"id_{finding.rule}_%s",
        )
    return {
        "finding": finding,
        "asks": RULES_BY_ID[finding.rule].asks_text,
        "url": _where(consortium, finding),
        "form": form,
    }


# Where the page has something else than the field of that name.
_PLACES = {
    "agreement": "id_upload",
    "signed": "id_signed_members",
    "month": "field-milestones",
}


def _where(consortium, finding) -> str:
    """The field that mends it, or as near to it as there is a page."""
    task, paper = finding.evidence.get("task"), finding.evidence.get("paper")
    place = _PLACES.get(finding.field, f"id_{finding.field}" if finding.field else "")
    if finding.step == Section.MEMBERS and finding.member_id and finding.field:
        address = reverse("filings:member_edit", args=[consortium.pk, finding.member_id])
    elif finding.step == Section.TASKS and task:
        address = reverse("filings:task_edit", args=[consortium.pk, task])
    else:
        address = reverse("filings:step", args=[consortium.pk, finding.step])
        if finding.step in (Section.MEMBERS, Section.TASKS):
            place = "rows"
    if paper:
        address += "?" + urlencode({"kind": paper, "member": finding.member_id or ""})
    return f"{address}#{place}" if place else address


def comments(consortium, section: str | None = None, form=None, refused=None) -> dict:
    """What the bureau asks for in a section, or in the whole filing."""
    return placed(asked(consortium, section), form, refused)


def placed(remarks, form=None, refused=None) -> dict:
    """What the bureau asks for: at the fields of `form` that it is about, else above them.

    The boxes to answer in stand inside the form of the step, their own forms after it. `refused`
    is an answer that could not be kept.
    """
    items = []
    for comment in remarks:
        if refused is not None and refused.comment == comment:
            items.append({"comment": comment, "form": refused})
        else:
            box = AnswerForm(initial={"text": comment.answer}, comment=comment)
            items.append({"comment": comment, "form": box})
    above = []
    for item in items:
        name = item["comment"].field
        if form is not None and name in form.fields:
            form.fields[name].comments = [*getattr(form.fields[name], "comments", []), item]
        else:
            above.append(item)
    return {"comments": above, "comment_forms": items}
