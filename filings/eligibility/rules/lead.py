"""Who leads (clause 3.4), and what the bureau's practice asks of the lead."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from filings.eligibility.engine import Level, Observation, Rule, Source
from filings.eligibility.facts import FilingFacts, Thresholds
from filings.eligibility.substance import thin
from filings.eligibility.text import Text
from filings.sections import Section

ENTERPRISE = "leading_enterprise"
PLATFORM = "major_platform"

_ASKS_STRONG_LEAD = _(
    "The unit that leads should be ahead of its industry in strength, research and innovation: "
    "a leading enterprise or a major science and technology platform."
)
_ASKS_FIGURES = _(
    "Among leading enterprises, those with higher sales revenue of last year and a higher R&D "
    "intensity come first."
)
_ASKS_PLATFORM = _(
    "Among platforms, national and provincial laboratories, technology innovation centres and "
    "manufacturing innovation centres are supported first."
)


def lead_kind(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    kind = facts.lead.lead_kind
    if kind in (ENTERPRISE, PLATFORM):
        return
    message = (
        _("%(lead)s is neither a leading enterprise nor a major platform.")
        if kind
        else _("It is not stated what kind of unit %(lead)s is.")
    )
    yield Observation(
        Text(message, {"lead": facts.lead.name}),
        Text(_("State the kind of the lead unit, or give the reason why this unit should lead.")),
        {"lead_kind": kind},
    )


def lead_figures(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    lead = facts.lead
    if lead.lead_kind != ENTERPRISE:
        return
    for figure, field, message in (
        (lead.revenue, "lead_revenue", _("The sales revenue of last year is missing.")),
        (lead.rd_spend, "lead_rd_spend", _("The R&D spend of last year is missing.")),
    ):
        if figure is None:
            yield Observation(
                Text(message),
                Text(_("Enter the figure from the audited statements, in 10k CNY.")),
                {"missing": field},
                field=field,
            )
    if lead.revenue == 0:
        yield Observation(
            Text(_("The sales revenue of last year is stated as zero.")),
            Text(_("Enter the figure from the audited statements, in 10k CNY.")),
            {"revenue": lead.revenue},
            field="lead_revenue",
        )


def lead_figures_negative(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    lead = facts.lead
    for figure, field in (
        (lead.revenue, "lead_revenue"),
        (lead.rd_spend, "lead_rd_spend"),
    ):
        if figure is not None and figure < 0:
            yield Observation(
                Text(
                    _("%(lead)s states a figure below zero: %(figure)s."),
                    {"lead": lead.name, "figure": figure},
                ),
                Text(_("Enter the figure from the audited statements, in 10k CNY.")),
                {field: figure},
                field=field,
            )


def rd_above_revenue(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    lead = facts.lead
    if lead.revenue is None or lead.rd_spend is None or lead.rd_spend <= lead.revenue:
        return
    yield Observation(
        Text(
            _(
                "%(lead)s states more R&D spend (%(rd_spend)s) than sales revenue (%(revenue)s), "
                "both in 10k CNY."
            ),
            {"lead": lead.name, "rd_spend": lead.rd_spend, "revenue": lead.revenue},
        ),
        Text(
            _(
                "Check that both figures are in 10k CNY and of the same year. If they are right, "
                "say how the research is paid for."
            )
        ),
        {"revenue": lead.revenue, "rd_spend": lead.rd_spend},
    )


def platform_kind(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    lead = facts.lead
    if lead.lead_kind != PLATFORM:
        return
    for value, field, message in (
        (
            lead.platform_kind,
            "platform_kind",
            _("The kind of the platform is not stated."),
        ),
        (
            lead.platform_level,
            "platform_level",
            _("It is not stated whether the platform is national or provincial."),
        ),
    ):
        if not value:
            yield Observation(
                Text(message),
                Text(_("State it as in the document that set up the platform.")),
                {"missing": field},
                field=field,
            )


def open_sharing(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    if facts.lead.lead_kind == PLATFORM:
        yield from thin(
            facts.lead.open_sharing,
            limits.min_text_length,
            empty=_("It is not said which resources the platform opens to others."),
            short=_("What is said about open resources is short: %(length)s characters."),
            remedy=_(
                "Name the equipment, data or services that others may use, and on what terms."
            ),
        )


def least_revenue(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    lead, least = facts.lead, limits.min_revenue
    if lead.lead_kind != ENTERPRISE or least is None or lead.revenue is None:
        return
    if lead.revenue < least:
        yield Observation(
            Text(
                _(
                    "The sales revenue of %(lead)s is %(revenue)s; the bureau looks for at least "
                    "%(least)s (10k CNY)."
                ),
                {"lead": lead.name, "revenue": lead.revenue, "least": least},
            ),
            Text(_("Check the figure, or say why the unit should lead all the same.")),
            {"revenue": lead.revenue, "least": least},
        )


def least_rd_intensity(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    lead, least = facts.lead, limits.min_rd_intensity
    intensity = lead.rd_intensity
    if lead.lead_kind != ENTERPRISE or least is None or intensity is None:
        return
    if intensity < least:
        yield Observation(
            Text(
                _(
                    "The R&D intensity of %(lead)s is %(intensity)s percent; the bureau looks for "
                    "at least %(least)s percent."
                ),
                {"lead": lead.name, "intensity": intensity, "least": least},
            ),
            Text(_("Check both figures, or say why the unit should lead all the same.")),
            {"intensity": intensity, "least": least},
        )


def lead_in_nanjing(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    if limits.require_nanjing_lead and not facts.lead.in_nanjing:
        yield Observation(
            Text(_("%(lead)s is not registered in Nanjing."), {"lead": facts.lead.name}),
            Text(
                _(
                    "Check the district of the unit, or say why a unit from outside should lead "
                    "a consortium of the city."
                )
            ),
            {"district": facts.lead.district},
        )


RULES = (
    Rule(
        "lead_figures_negative", "5.3", Level.BLOCK, _("Figures of the lead unit"),
        _("What is filed must be true; a figure that can't be is not."),
        Section.LEAD, lead_figures_negative, "lead_revenue",
    ),
    Rule(
        "lead_kind", "3.4", Level.WARN, _("A strong lead unit"), _ASKS_STRONG_LEAD,
        Section.LEAD, lead_kind, "lead_kind",
    ),
    Rule(
        "lead_figures", "3.4", Level.WARN, _("Last year's revenue and R&D spend"), _ASKS_FIGURES,
        Section.LEAD, lead_figures, "lead_revenue",
    ),
    Rule(
        "rd_above_revenue", "3.4", Level.WARN, _("R&D spend above revenue"), _ASKS_FIGURES,
        Section.LEAD, rd_above_revenue, "lead_rd_spend",
    ),
    Rule(
        "platform_kind", "3.4", Level.WARN, _("Kind and level of the platform"), _ASKS_PLATFORM,
        Section.LEAD, platform_kind, "platform_kind",
    ),
    Rule(
        "open_sharing", "3.4", Level.ADVISE, _("Resources opened to others"),
        _("A platform that leads opens and shares its resources and draws others in."),
        Section.LEAD, open_sharing, "open_sharing",
    ),
    Rule(
        "least_revenue", "", Level.WARN, _("Least revenue of a leading enterprise"),
        _("The bureau may set a least revenue; the guideline sets none."),
        Section.LEAD, least_revenue, "lead_revenue", Source.PRACTICE,
    ),
    Rule(
        "least_rd_intensity", "", Level.WARN, _("Least R&D intensity of a leading enterprise"),
        _("The bureau may set a least R&D intensity; the guideline sets none."),
        Section.LEAD, least_rd_intensity, "lead_rd_spend", Source.PRACTICE,
    ),
    Rule(
        "lead_in_nanjing", "", Level.WARN, _("A lead unit from Nanjing"),
        _("The bureau looks for a lead unit registered in Nanjing; the guideline does not ask it."),
        Section.LEAD, lead_in_nanjing, "", Source.PRACTICE,
    ),
)  # fmt: skip
