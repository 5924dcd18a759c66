"""The papers that the bureau asks for beside the agreement, by kind of unit (its practice)."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from filings.eligibility.engine import Level, Observation, Rule, Source
from filings.eligibility.facts import AskedPaper, FilingFacts, Thresholds
from filings.eligibility.text import Text
from filings.sections import Section

LEAD, MEMBER = "lead", "member"
# The kinds of document by the names that the portal has for them.
NAMES = {
    "licence": _("Licence or certificate of a legal person"),
    "statements": _("Audited statements of last year"),
    "rd_statement": _("Statement of R&D spend"),
    "commitment": _("Letter of commitment"),
    "other": _("Other attachment"),
}


def asked_of(papers: tuple[AskedPaper, ...], party: str, unit_kind: str) -> tuple[str, ...]:
    """The kinds of document asked of a unit, each once, in the order of the policy."""
    kinds = (p.kind for p in papers if p.party == party and p.unit_kind in ("", unit_kind))
    return tuple(dict.fromkeys(kinds))


def required_documents(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    units = [(None, LEAD, facts.lead.unit_kind, facts.lead.name)]
    units += [(member.id, MEMBER, member.kind, member.name) for member in facts.members]
    there = {(paper.member_id, paper.kind) for paper in facts.papers}
    for member_id, party, unit_kind, name in units:
        for kind in asked_of(limits.papers, party, unit_kind):
            if (member_id, kind) not in there:
                yield Observation(
                    Text(
                        _("Of %(unit)s this is missing: %(paper)s."),
                        {"unit": name, "paper": Text(NAMES[kind])},
                    ),
                    Text(_("Attach it as a PDF, or say why the filing can do without.")),
                    {"paper": kind},
                    member_id=member_id,
                )


RULES = (
    Rule(
        "required_documents", "", Level.WARN, _("Required attachments"),
        _("Beside the agreement the bureau wants to see proof of who the units are."),
        Section.AGREEMENT, required_documents, "upload", Source.PRACTICE,
    ),
)  # fmt: skip
