"""What stands around a change: its steps, what the rules find now, and where that is mended."""

from django.urls import reverse
from django.utils.translation import gettext as _

from filings.change_findings import ALL_RULES, findings_of, hindrances
from filings.eligibility.engine import Level
from filings.eligibility.rules.change import AGREEMENT, CONFIRMATIONS, WHAT, WHY
from filings.forms.rows import JustificationForm
from filings.models import Change, ChangeKind
from filings.progress import Step

STEPS = (WHAT, WHY, AGREEMENT)


def panel(change: Change, current: str = "", refused: JustificationForm | None = None) -> dict:
    """The context of a step of a change that is not reported yet, or of its own page (`current`
    empty); `refused` is a justification that could not be kept."""
    findings = findings_of(change)
    open_now = hindrances(change, findings)
    here = [f for f in findings if not current or step_of(f, change) == current]
    return {
        "change": change,
        "consortium": change.consortium,
        "steps": list(_steps(change, findings, open_now, current)),
        "findings": [_item(change, finding, refused) for finding in here],
        "open": len(open_now),
        "elsewhere": sum(f.level != Level.ADVISE and f not in here for f in findings),
    }


def step_of(finding, change: Change) -> str:
    """The step of the change at which something found is mended; what the rules of a filing find
    is mended in what changes, and what the joining unit owes at its own page."""
    if finding.step in STEPS or finding.step == CONFIRMATIONS:
        return finding.step
    if finding.rule in ("member_confirmed", "required_documents"):
        return CONFIRMATIONS
    return WHAT


def address(change: Change, step: str) -> str:
    if step not in STEPS:
        return reverse("filings:change", args=[change.consortium_id, change.pk])
    return reverse("filings:change_step", args=[change.consortium_id, change.pk, step])


def _steps(change, findings, open_now, current):
    labels = {
        WHAT: change.get_kind_display(),
        WHY: _("Reason and day"),
        AGREEMENT: _("Supplementary agreement"),
    }
    for name, label in labels.items():
        mine = [f for f in findings if step_of(f, change) == name]
        state = "complete"
        if any(f in open_now for f in mine):
            state = "findings" if any(f.level == Level.BLOCK for f in mine) else "in_work"
        if name == WHAT and change.kind == ChangeKind.LEAVE:
            continue  # who leaves was said when it was begun
        yield Step(name, label, address(change, name), state, current == name)
    state = "in_work" if open_now else "complete"
    label = _("Confirm and report")
    yield Step("check", label, address(change, "check"), state, not current)


def _item(change: Change, finding, refused) -> dict:
    form = None
    if refused is not None and refused.data.get("rule") == finding.rule:
        form = refused
    elif finding.level == Level.WARN:
        form = JustificationForm(
            initial={
                "rule": finding.rule,
                "text": change.justifications.get(finding.rule, ""),
            },
            auto_id=f"id_{finding.rule}_%s",
        )
    step = step_of(finding, change)
    place = f"#id_{finding.field}" if finding.field else ""
    return {
        "finding": finding,
        "asks": ALL_RULES[finding.rule].asks_text,
        # A confirmation is not mended on a page of the lead unit's: the unit is asked for it.
        "url": address(change, step) + place if step in STEPS else "",
        "form": form,
    }
