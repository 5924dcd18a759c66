"""What is very different from the year before is explained; how different, the policy says."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from filings.eligibility.engine import Level, Observation, Source
from filings.eligibility.text import Text
from reports.checks.facts import Limits, ReportFacts
from reports.checks.rule import ASKS_HONEST, rule
from reports.parts import Part

# The figures that are looked at, with how the finding names them.
MONEY = {
    "funds_in": (Part.FUNDS, _("funds put in")),
    "funds_used": (Part.FUNDS, _("funds used")),
    "income": (Part.FUNDS, _("income from results")),
    "sales": (Part.TASKS, _("sales from results")),
}
COUNTS = {
    "rd_staff": (Part.TEAM, _("R&D staff")),
    "team_staff": (Part.TEAM, _("people in the operating team")),
    "patents_granted": (Part.TASKS, _("invention patents granted")),
    "papers": (Part.TASKS, _("papers")),
    "trained": (Part.TALENT, _("people trained")),
}


def year_on_year(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
    for looked_at, least in ((MONEY, limits.jump_least), (COUNTS, limits.jump_count)):
        for name, (part, words) in looked_at.items():
            now, before = facts.figures.get(name), facts.before.get(name)
            if now is None or before is None or abs(now - before) < max(least, 1):
                continue
            if abs(now - before) * 100 > before * limits.jump_percent:
                yield Observation(
                    Text(
                        _("Very different from the year before: %(what)s, %(before)s → %(now)s."),
                        {"what": Text(words), "before": f"{before:,}", "now": f"{now:,}"},
                    ),
                    Text(_("Compare the figure; if it is right, say what changed.")),
                    {"figure": name},
                    step=part.value,
                )


RULES = (
    rule(
        year_on_year, Level.WARN, _("Compared with the year before"), Part.FUNDS, ASKS_HONEST,
        source=Source.PRACTICE,
    ),
)  # fmt: skip
