import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.eligibility import (
    FILING_RULES,
    Finding,
    Level,
    Observation,
    Rule,
    Source,
    Text,
    Thresholds,
    blocking,
    evaluate,
    unjustified,
)
from tests.filings.eligibility.strategies import filings, texts, thresholds

REASON = "The partner of choice is abroad."


@dataclass(frozen=True)
class Report:
    """Facts of another room: the engine knows nothing of filings."""

    spent: Decimal
    granted: Decimal


def overspent(report, limit):
    if report.spent > report.granted + limit:
        yield Observation(
            Text("%(spent)s spent", {"spent": report.spent}),
            Text("Explain it."),
            {"spent": report.spent, "on": date(2026, 3, 1), "sides": ("a", 1, None, True)},
        )


def always(report, limit):
    yield Observation(Text("Told"), Text("Mend it."), member_id=7, step="there", field="that")


def rule(name, level, check):
    return Rule(name, "4.1", level, "Money", "Money is accounted for.", "here", check, "this")


RULES = (
    rule("advice", Level.ADVISE, always),
    rule("warning", Level.WARN, always),
    rule("overspent", Level.BLOCK, overspent),
    rule("second_warning", Level.WARN, always),
)
BAD, GOOD = Report(Decimal("11.50"), Decimal(1)), Report(Decimal(1), Decimal(1))


def test_the_gravest_come_first_else_the_order_of_the_rules():
    found = [finding.rule for finding in evaluate(RULES, BAD, Decimal(10))]
    assert found == ["overspent", "warning", "second_warning", "advice"]


def test_a_finding_is_signed_with_its_rule_and_may_point_elsewhere():
    (seen,) = blocking(evaluate(RULES, BAD, Decimal(10)))
    assert (seen.rule, seen.clause, seen.level) == ("overspent", "4.1", Level.BLOCK)
    assert (seen.title, seen.message, seen.remedy) == ("Money", "11.50 spent", "Explain it.")
    assert (seen.step, seen.field, seen.member_id) == ("here", "this", None)
    other = evaluate(RULES, GOOD, Decimal(0))[0]
    assert (other.step, other.field, other.member_id) == ("there", "that", 7)


def test_nothing_blocks_when_only_warnings_and_advice_are_left():
    assert blocking(evaluate(RULES, GOOD, Decimal(10))) == ()


@pytest.mark.parametrize(
    ("justifications", "open_rules"),
    [
        ({}, ["warning", "second_warning"]),
        ({"warning": REASON}, ["second_warning"]),
        ({"warning": REASON, "second_warning": REASON}, []),
        ({"warning": "too short", "second_warning": REASON}, ["warning"]),
        ({"warning": "x" + " " * 50, "second_warning": REASON}, ["warning"]),
        ({"advice": REASON, "overspent": REASON}, ["warning", "second_warning"]),
    ],
)
def test_a_warning_passes_with_a_written_reason(justifications, open_rules):
    left = unjustified(evaluate(RULES, BAD, Decimal(10)), justifications, 20)
    assert [finding.rule for finding in left] == open_rules


def test_no_policy_lets_an_empty_reason_pass():
    found = evaluate(RULES, GOOD, Decimal(10))
    assert len(unjustified(found, {"warning": " ", "second_warning": ""}, 0)) == 2


def test_a_finding_of_practice_cites_no_clause():
    practice = replace(RULES[0], source=Source.PRACTICE)
    (seen,) = evaluate((practice,), GOOD, Decimal(0))
    assert seen.basis == practice.basis == "Practice of the bureau"
    assert RULES[0].basis == "Clause 4.1"


def test_every_level_has_words():
    assert len({str(level.label) for level in Level}) == 3


def test_a_finding_comes_back_from_json_as_it_was():
    for finding in evaluate(RULES, BAD, Decimal(10)):
        assert Finding.from_dict(json.loads(json.dumps(finding.as_dict()))) == finding


@given(filings, thresholds)
def test_no_facts_are_too_strange_to_be_judged_stored_and_told(facts, limits):
    found = evaluate(FILING_RULES, facts, limits)
    ranks = [list(Level).index(finding.level) for finding in found]
    assert ranks == sorted(ranks)
    for finding in found:
        assert Finding.from_dict(json.loads(json.dumps(finding.as_dict()))) == finding
        assert finding.title
        assert finding.message
        assert finding.remedy
    assert evaluate(FILING_RULES, facts, limits) == found


@given(filings, st.dictionaries(st.sampled_from([rule.id for rule in FILING_RULES]), texts))
def test_a_reason_never_helps_against_a_block_nor_against_another_warning(facts, reasons):
    found = evaluate(FILING_RULES, facts, Thresholds())
    left = unjustified(found, reasons, 20)
    assert all(finding.level is Level.WARN for finding in left)
    passed = {finding.rule for finding in found if finding.level is Level.WARN}
    passed -= {finding.rule for finding in left}
    assert passed == {name for name in passed if len("".join(reasons[name].split())) >= 20}
    assert unjustified(found, dict.fromkeys(reasons, REASON), 20) == tuple(
        finding for finding in found if finding.level is Level.WARN and finding.rule not in reasons
    )
