"""Whether each unit is a legal entity of its own (clause 3.5), as far as its code and name tell."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from accounts import uscc
from filings.eligibility.engine import Level, Observation, Rule
from filings.eligibility.facts import FilingFacts, LeadFacts, MemberFacts, Thresholds
from filings.eligibility.text import Text
from filings.sections import Section

_ASKS = _("Every unit that takes part is an independent legal entity.")
# A branch has a code of the same form as its company, so only the name can give it away.
_BRANCH_ENDINGS = (
    "分公司",
    "分院",
    "分厂",
    "分所",
    "分店",
    "分中心",
    "分校",
    "分部",
    "办事处",
)


def _units(
    facts: FilingFacts,
) -> Iterator[tuple[LeadFacts | MemberFacts, int | None, str]]:
    """Each unit with its member id and its normalised code; the lead comes first."""
    yield facts.lead, None, uscc.normalise(facts.lead.uscc)
    for member in facts.members:
        yield member, member.id, uscc.normalise(member.uscc)


def _seen(message: str, remedy: str, unit, member_id: int | None, **params) -> Observation:
    return Observation(
        Text(message, {"unit": unit.name, "code": unit.uscc, **params}),
        Text(remedy),
        {"uscc": unit.uscc},
        member_id=member_id,
        step=Section.LEAD if member_id is None else Section.MEMBERS,
    )


def unit_code(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    for unit, member_id, code in _units(facts):
        if not uscc.is_valid(code):
            yield _seen(
                _("The unified social credit code of %(unit)s is not valid: %(code)s"),
                _("Correct the code; it is on the unit's licence or certificate."),
                unit,
                member_id,
            )


def individual_business(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    for unit, member_id, code in _units(facts):
        if uscc.is_valid(code) and uscc.is_individual_business(code):
            yield _seen(
                _("%(unit)s is an individual business (code %(code)s), not a legal entity."),
                _("Remove it, or name the company or institution that takes part."),
                unit,
                member_id,
            )


def distinct_from_lead(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    lead_code = uscc.normalise(facts.lead.uscc)
    for unit, member_id, code in _units(facts):
        if member_id is not None and code and code == lead_code:
            yield _seen(
                _("%(unit)s is the lead unit itself (code %(code)s)."),
                _("Remove it from the members; the lead takes part anyway."),
                unit,
                member_id,
            )


def distinct_members(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    same = defaultdict(list)
    for member in facts.members:
        same[uscc.normalise(member.uscc)].append(member)
    for code, (first, *others) in same.items():
        for member in others if code else ():
            yield _seen(
                _("%(unit)s has the same code as %(first)s: %(code)s"),
                _("Keep one of the two, or correct the code."),
                member,
                member.id,
                first=first.name,
            )


def branch_name(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    for unit, member_id, _code in _units(facts):
        # The branch is named in brackets at times; both widths of them occur.
        name = unicodedata.normalize("NFKC", unit.name).strip(" )")
        if name.endswith(_BRANCH_ENDINGS):
            yield _seen(
                _("By its name, %(unit)s is a branch and not a legal entity of its own."),
                _("Name the company or institution itself, or say why this is a legal entity."),
                unit,
                member_id,
            )


def organisation_code(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    for unit, member_id, code in _units(facts):
        if uscc.is_valid(code) and not uscc.organisation_code_is_valid(code):
            yield _seen(
                _(
                    "The organisation code inside %(code)s of %(unit)s does not pass its own check "
                    "(places 9 to 17)."
                ),
                _("Compare the code with the licence; if it is right, say so."),
                unit,
                member_id,
            )


RULES = (
    Rule(
        "unit_code", "3.5", Level.BLOCK, _("Unified social credit code"), _ASKS,
        Section.MEMBERS, unit_code, "uscc",
    ),
    Rule(
        "individual_business", "3.5", Level.BLOCK, _("No individual business"), _ASKS,
        Section.MEMBERS, individual_business, "uscc",
    ),
    Rule(
        "distinct_from_lead", "3.5", Level.BLOCK, _("Members other than the lead"),
        _("The members are units other than the one that leads."),
        Section.MEMBERS, distinct_from_lead, "uscc",
    ),
    Rule(
        "distinct_members", "3.5", Level.BLOCK, _("Each member once"),
        _("Several units join forces; each of them counts once."),
        Section.MEMBERS, distinct_members, "uscc",
    ),
    Rule(
        "branch_name", "3.5", Level.WARN, _("No branch"), _ASKS,
        Section.MEMBERS, branch_name, "name",
    ),
    Rule(
        "organisation_code", "3.5", Level.WARN, _("Organisation code inside it"), _ASKS,
        Section.MEMBERS, organisation_code, "uscc",
    ),
)  # fmt: skip
