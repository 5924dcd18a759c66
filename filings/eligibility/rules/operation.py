"""What stays as it was filed, and what may change with a supplementary agreement (clause 5.3)."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from accounts import uscc
from filings.eligibility.engine import Level, Observation, Rule
from filings.eligibility.facts import FilingFacts, Thresholds
from filings.eligibility.text import Text
from filings.sections import Section


def lead_unchanged(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    filed, now = facts.filed_lead_uscc, facts.lead.uscc
    if filed is not None and uscc.normalise(filed) != uscc.normalise(now):
        yield Observation(
            Text(
                _("The lead unit was filed with the code %(filed)s; now it is %(now)s."),
                {"filed": filed, "now": now},
            ),
            Text(_("Restore the lead unit. Another lead means another consortium.")),
            {"filed": filed, "now": now},
        )


def supplementary_agreement(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    for change in facts.changes:
        if not change.has_supplementary_agreement:
            yield Observation(
                Text(
                    _("A change is not backed by a supplementary agreement: %(description)s"),
                    {"description": change.description},
                ),
                Text(_("Attach the supplementary agreement that the units signed.")),
                {
                    "change": change.id,
                    "kind": change.kind,
                    "effective_on": change.effective_on,
                },
            )


RULES = (
    Rule(
        "lead_unchanged", "5.3", Level.BLOCK, _("The lead unit never changes"),
        _("While the consortium runs, the lead unit may not change."),
        Section.LEAD, lead_unchanged,
    ),
    Rule(
        "supplementary_agreement", "5.3", Level.BLOCK, _("Changes with a supplementary agreement"),
        _("Everything else stays stable; a needed change is agreed on in writing and reported."),
        Section.AGREEMENT, supplementary_agreement,
    ),
)  # fmt: skip
