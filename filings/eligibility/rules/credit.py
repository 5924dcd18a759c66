"""Honesty: no unit with a record in force takes part (clause 5.3)."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from accounts import uscc
from filings.eligibility.engine import Level, Observation, Rule
from filings.eligibility.facts import CreditFacts, FilingFacts, Thresholds
from filings.eligibility.text import Text
from filings.sections import Section


def _in_force(record: CreditFacts, facts: FilingFacts) -> bool:
    begun = record.valid_from <= facts.today
    return begun and (record.valid_to is None or record.valid_to >= facts.today)


def credit_record(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    members = {uscc.normalise(member.uscc): member.id for member in facts.members}
    for record in facts.credit_records:
        if not _in_force(record, facts):
            continue
        member_id = members.get(uscc.normalise(record.uscc))
        yield Observation(
            Text(
                _("%(unit)s has a record of dishonesty in force (decision %(decision)s)."),
                {"unit": record.unit_name, "decision": record.decision_number},
            ),
            Text(
                _("The unit can take part once the record has ended; until then file without it.")
            ),
            {
                "uscc": record.uscc,
                "decision_number": record.decision_number,
                "valid_from": record.valid_from,
                "valid_to": record.valid_to,
            },
            member_id=member_id,
            step=Section.LEAD if member_id is None else Section.MEMBERS,
        )


RULES = (
    Rule(
        "credit_record", "5.3", Level.BLOCK, _("No record of dishonesty"),
        _("Units act honestly; serious falsification is recorded and excludes."),
        Section.MEMBERS, credit_record,
    ),
)  # fmt: skip
