"""The signed agreement and how results and income are shared (clauses 1, 3.2 and 3.3)."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from filings.eligibility.engine import Level, Observation, Rule
from filings.eligibility.facts import FilingFacts, Thresholds
from filings.eligibility.substance import thin
from filings.eligibility.text import Text
from filings.sections import Section

_ASKS_AGREEMENT = _(
    "After consulting as equals, the units sign an agreement on the consortium that binds them."
)
_ASKS_SHARING = _("Shared benefit holds the units together, so how it is shared is agreed on.")


def agreement_document(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    if not facts.agreement.document:
        yield Observation(
            Text(_("The signed agreement is not attached.")),
            Text(_("Attach the agreement with all seals as a PDF.")),
        )


def agreement_date(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    signed_on = facts.agreement.signed_on
    if signed_on is None:
        yield Observation(
            Text(_("The date of the agreement is missing.")),
            Text(_("Enter the day on which the last unit signed.")),
        )
    elif signed_on > facts.today:
        yield Observation(
            Text(
                _("The agreement is dated %(signed_on)s, which is still to come."),
                {"signed_on": signed_on},
            ),
            Text(_("Correct the date; what is filed is signed already.")),
            {"signed_on": signed_on, "today": facts.today},
        )


def agreement_signatures(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    signatories = [(facts.lead.name, None, facts.agreement.lead_signed, "lead_signed")]
    signatories += [(member.name, member.id, member.signed, "signed") for member in facts.members]
    for name, member_id, signed, field in signatories:
        if not signed:
            yield Observation(
                Text(_("%(unit)s has not signed the agreement."), {"unit": name}),
                Text(_("Have the unit sign; then mark its signature and attach the new PDF.")),
                member_id=member_id,
                field=field,
            )


def results_sharing(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    yield from thin(
        facts.results_sharing,
        1,
        empty=_("It is not stated who owns the results and who may use them."),
        short="",
        remedy=_("State ownership and rights of use as the agreement has them."),
    )


def income_sharing(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    yield from thin(
        facts.income_sharing,
        1,
        empty=_("It is not stated how income from the results is shared."),
        short="",
        remedy=_("State the shares, or how they are found, as the agreement has them."),
    )


def sharing_in_detail(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    for text, field, message in (
        (
            facts.results_sharing,
            "results_sharing",
            _("How results are shared is told in %(length)s characters only."),
        ),
        (
            facts.income_sharing,
            "income_sharing",
            _("How income is shared is told in %(length)s characters only."),
        ),
    ):
        if text.strip():
            for seen in thin(
                text,
                limits.min_text_length,
                empty=message,
                short=message,
                remedy=_("Say it so that two units could not read it differently."),
            ):
                yield Observation(seen.message, seen.remedy, seen.evidence, field=field)


RULES = (
    Rule(
        "agreement_document", "3.2", Level.BLOCK, _("Signed agreement"), _ASKS_AGREEMENT,
        Section.AGREEMENT, agreement_document, "agreement",
    ),
    Rule(
        "agreement_date", "3.2", Level.BLOCK, _("Date of the agreement"), _ASKS_AGREEMENT,
        Section.AGREEMENT, agreement_date, "agreement_signed_on",
    ),
    Rule(
        "agreement_signatures", "3.2", Level.BLOCK, _("Signatures of all units"), _ASKS_AGREEMENT,
        Section.AGREEMENT, agreement_signatures, "lead_signed",
    ),
    Rule(
        "results_sharing", "3.2", Level.BLOCK, _("Sharing of results"), _ASKS_SHARING,
        Section.SHARING, results_sharing, "results_sharing",
    ),
    Rule(
        "income_sharing", "3.2", Level.BLOCK, _("Sharing of income"), _ASKS_SHARING,
        Section.SHARING, income_sharing, "income_sharing",
    ),
    Rule(
        "sharing_in_detail", "3.3", Level.ADVISE, _("Fair sharing in detail"),
        _("Encouraged: income from results is shared fairly, by a rule that all understand."),
        Section.SHARING, sharing_in_detail, "income_sharing",
    ),
)  # fmt: skip
