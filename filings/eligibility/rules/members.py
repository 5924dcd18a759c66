"""Who takes part and with which piece of the work (clauses 1, 3.1, 3.2 and 3.5)."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from filings.eligibility.engine import Level, Observation, Rule, Source
from filings.eligibility.facts import ACADEMIC, FilingFacts, MemberFacts, Thresholds
from filings.eligibility.text import Text
from filings.sections import Section

CHAIN = {
    "production": _("Production"),
    "learning": _("Teaching and learning"),
    "research": _("Research"),
    "application": _("Application"),
}
# What the lead is by its kind; every other place in the chain has to be somebody's stated role.
_LEAD_ROLES = {"leading_enterprise": {"production"}, "major_platform": {"research"}}

_ASKS_CLEAR_WORK = _("Each unit has a clear position and a clear piece of the work.")


def has_task(member: MemberFacts, facts: FilingFacts) -> bool:
    """Whether one of the key tasks names the member."""
    return any(member.id in task.unit_ids for task in facts.tasks)


def has_members(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    if not facts.members:
        yield Observation(
            Text(_("No member is named; the lead alone is no consortium.")),
            Text(_("Add the units that take part.")),
            {"members": 0},
        )


def enough_members(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    number = len(facts.members)
    if 0 < number < limits.min_members:
        yield Observation(
            Text(
                _("Members named: %(number)s; the bureau looks for at least %(least)s."),
                {"number": number, "least": limits.min_members},
            ),
            Text(_("Add members, or say why so few are enough.")),
            {"members": number, "least": limits.min_members},
        )


def academic_member(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    if not any(member.kind in ACADEMIC for member in facts.members):
        yield Observation(
            Text(_("There is no university and no research institute among the members.")),
            Text(_("Add one, or say why the consortium can do without.")),
            {"kinds": tuple(sorted({member.kind for member in facts.members}))},
        )


def chain_coverage(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    covered = set(_LEAD_ROLES.get(facts.lead.lead_kind, ()))
    covered.update(role for member in facts.members for role in member.chain_roles)
    missing = tuple(role for role in CHAIN if role not in covered)
    if missing:
        yield Observation(
            Text(
                _("No unit covers these parts of the innovation chain: %(missing)s"),
                {"missing": tuple(Text(CHAIN[role]) for role in missing)},
            ),
            Text(
                _(
                    "Tick the roles that the members have in the chain, add a unit that fills the "
                    "gap, or say how it is closed."
                )
            ),
            {"missing": missing},
        )


def member_position(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    for member in facts.members:
        if not member.position.strip():
            yield Observation(
                Text(
                    _("The position of %(unit)s in the consortium is not stated."),
                    {"unit": member.name},
                ),
                Text(_("Say in a few words what the unit stands for in the consortium.")),
                member_id=member.id,
            )


def division_of_work(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    for member in facts.members:
        if not member.division_of_work.strip():
            yield Observation(
                Text(
                    _("It is not stated which piece of the work %(unit)s does."),
                    {"unit": member.name},
                ),
                Text(_("Describe the unit's piece of the work as the agreement has it.")),
                member_id=member.id,
            )


def member_task(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    for member in facts.members:
        # Enterprises have a clause of their own for this: see enterprise_work.
        if member.kind != "enterprise" and not has_task(member, facts):
            yield Observation(
                Text(
                    _("%(unit)s takes part in none of the key tasks."),
                    {"unit": member.name},
                ),
                Text(_("Name the unit in the task it works on, or say what else it does.")),
                {"tasks": len(facts.tasks)},
                member_id=member.id,
                step=Section.TASKS,
            )


def member_confirmed(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    for member in facts.members:
        if member.confirmation == "confirmed":
            continue
        disputed = member.confirmation == "disputed"
        yield Observation(
            Text(
                _("%(unit)s disputes what is written about it.")
                if disputed
                else _("%(unit)s has not confirmed its part yet."),
                {"unit": member.name},
            ),
            Text(
                _("Settle the matter with the unit, correct its part and ask it again.")
                if disputed
                else _("Ask the unit to open the link in its e-mail and confirm.")
            ),
            {"confirmation": member.confirmation},
            member_id=member.id,
        )


RULES = (
    Rule(
        "has_members", "1", Level.BLOCK, _("Several units"),
        _("A consortium is several units that tackle a task together."),
        Section.MEMBERS, has_members,
    ),
    Rule(
        "member_position", "3.2", Level.BLOCK, _("Position of each member"), _ASKS_CLEAR_WORK,
        Section.MEMBERS, member_position, "position_in_chain",
    ),
    Rule(
        "division_of_work", "3.2", Level.BLOCK, _("Division of work"), _ASKS_CLEAR_WORK,
        Section.MEMBERS, division_of_work, "division_of_work",
    ),
    Rule(
        "member_confirmed", "3.2", Level.BLOCK, _("Confirmation by each member"),
        _("The units agree as equals: nobody is named without having said yes."),
        Section.MEMBERS, member_confirmed,
    ),
    Rule(
        "academic_member", "3.5", Level.WARN, _("A university or research institute"),
        _("In principle, at least one member is a university or a research institute."),
        Section.MEMBERS, academic_member,
    ),
    Rule(
        "chain_coverage", "3.1", Level.WARN, _("The whole chain from research to use"),
        _("The consortium links production, teaching, research and application."),
        Section.MEMBERS, chain_coverage, "chain_roles",
    ),
    Rule(
        "member_task", "3.2", Level.WARN, _("A task for each member"), _ASKS_CLEAR_WORK,
        Section.TASKS, member_task,
    ),
    Rule(
        "enough_members", "", Level.WARN, _("Number of members"),
        _("The bureau may look for a least number of members; the guideline sets none."),
        Section.MEMBERS, enough_members, "", Source.PRACTICE,
    ),
)  # fmt: skip
