"""How far each step of the wizard is: empty, in work, complete, or with findings."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from filings.eligibility.engine import Finding, Level
from filings.models import Consortium
from filings.sections import Section
from filings.snapshot import FIELDS

WORDS = {
    "empty": _("Empty"),
    "in_work": _("In work"),
    "complete": _("Complete"),
    "findings": _("To be mended"),
}


@dataclass(frozen=True, slots=True)
class Step:
    section: str
    label: str
    url: str
    state: str
    current: bool

    @property
    def state_label(self) -> str:
        return WORDS[self.state]


def steps_of(
    consortium: Consortium, findings: tuple[Finding, ...], justified: dict[str, str], current: str
) -> list[Step]:
    """The rail of a filing; a warning with its justification no longer counts as a finding."""
    steps = [
        Step(
            section.value,
            section.label,
            reverse("filings:step", args=[consortium.pk, section.value]),
            _state(consortium, section, findings, justified),
            section == current,
        )
        for section in Section
    ]
    open_steps = [step for step in steps if step.state != "complete"]
    check = reverse("filings:check", args=[consortium.pk])
    state = "in_work" if open_steps else "complete"
    return [*steps, Step("check", _("Check and submit"), check, state, current == "check")]


def _state(consortium, section, findings, justified) -> str:
    if _is_empty(consortium, section):
        return "empty"
    mine = [f for f in findings if f.step == section]
    if any(f.level == Level.BLOCK for f in mine):
        return "findings"
    if any(f.level == Level.WARN and not justified.get(f.rule) for f in mine):
        return "in_work"
    return "complete"


def _is_empty(consortium: Consortium, section: Section) -> bool:
    if section == Section.MEMBERS:
        return not consortium.members.all()
    if section == Section.TASKS:
        return not consortium.tasks.all()
    names = [n for n in FIELDS[section] if n not in ("name", "term_months")]
    return not any(getattr(consortium, name) for name in names)
