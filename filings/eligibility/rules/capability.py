"""What each kind of member brings along (clause 3.5)."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from filings.eligibility.engine import Level, Observation, Rule
from filings.eligibility.facts import ACADEMIC, FilingFacts, MemberFacts, Thresholds
from filings.eligibility.rules.members import has_task
from filings.eligibility.substance import thin
from filings.eligibility.text import Text
from filings.sections import Section

_ASKS_ENTERPRISE = _(
    "An enterprise that takes part has strong R&D and supporting capability, complements the "
    "others and does real research on the tasks."
)
_ASKS_ACADEMIC = _(
    "A university or institute that takes part has a team strong in original research, with "
    "stable generations, and good laboratories."
)


def _enterprises(facts: FilingFacts) -> Iterator[MemberFacts]:
    return (member for member in facts.members if member.kind == "enterprise")


def _academics(facts: FilingFacts) -> Iterator[MemberFacts]:
    return (member for member in facts.members if member.kind in ACADEMIC)


def enterprise_capability(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    for member in _enterprises(facts):
        yield from thin(
            member.capability,
            limits.min_text_length,
            empty=_("Nothing is said about the R&D and supporting capability of %(unit)s."),
            short=_("The capability of %(unit)s is described in %(length)s characters only."),
            remedy=_(
                "Describe in at least %(least)s characters its R&D, products and equipment that "
                "serve the tasks."
            ),
            member_id=member.id,
            unit=member.name,
        )


def enterprise_rd_staff(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    for member in _enterprises(facts):
        if not member.rd_staff or member.rd_staff < 0:
            yield Observation(
                Text(_("%(unit)s states no R&D staff."), {"unit": member.name}),
                Text(_("Enter the number of its R&D staff, or say how it does research without.")),
                {"rd_staff": member.rd_staff},
                member_id=member.id,
            )


def enterprise_work(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    for member in _enterprises(facts):
        if not has_task(member, facts):
            yield Observation(
                Text(
                    _("%(unit)s is an enterprise and works on none of the key tasks."),
                    {"unit": member.name},
                ),
                Text(_("Name it in the task it works on, or say which research it does instead.")),
                {"tasks": len(facts.tasks)},
                member_id=member.id,
            )


def academic_team(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    for member in _academics(facts):
        yield from thin(
            member.team,
            limits.min_text_length,
            empty=_("Nothing is said about the research team of %(unit)s."),
            short=_("The research team of %(unit)s is described in %(length)s characters only."),
            remedy=_(
                "Describe in at least %(least)s characters who heads the team, its size, and its "
                "senior, middle and young people."
            ),
            member_id=member.id,
            unit=member.name,
        )


def academic_facilities(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    for member in _academics(facts):
        yield from thin(
            member.facilities,
            limits.min_text_length,
            empty=_("Nothing is said about the laboratories of %(unit)s."),
            short=_("The laboratories of %(unit)s are described in %(length)s characters only."),
            remedy=_(
                "Describe in at least %(least)s characters the laboratories and equipment that "
                "the tasks will use."
            ),
            member_id=member.id,
            unit=member.name,
        )


RULES = (
    Rule(
        "enterprise_capability", "3.5", Level.WARN, _("Capability of enterprises"),
        _ASKS_ENTERPRISE, Section.MEMBERS, enterprise_capability, "capability",
    ),
    Rule(
        "enterprise_rd_staff", "3.5", Level.WARN, _("R&D staff of enterprises"),
        _ASKS_ENTERPRISE, Section.MEMBERS, enterprise_rd_staff, "rd_staff",
    ),
    Rule(
        "enterprise_work", "3.5", Level.WARN, _("Real research by enterprises"),
        _ASKS_ENTERPRISE, Section.TASKS, enterprise_work,
    ),
    Rule(
        "academic_team", "3.5", Level.WARN, _("Research team of universities and institutes"),
        _ASKS_ACADEMIC, Section.MEMBERS, academic_team, "team",
    ),
    Rule(
        "academic_facilities", "3.5", Level.WARN, _("Laboratories of universities and institutes"),
        _ASKS_ACADEMIC, Section.MEMBERS, academic_facilities, "facilities",
    ),
)  # fmt: skip
