"""Every check of a report by plain values: where it is silent, where it speaks, how loud."""

from dataclasses import replace
from decimal import Decimal

import pytest

from filings.eligibility.engine import Level, evaluate
from reports.checks import REPORT_RULES, ReportFacts, facts_of
from reports.models import MilestoneProgress
from reports.parts import Part
from tests.reports.factories import report_of

SOUND = ReportFacts(
    texts=dict.fromkeys(Part.values, "已完成。"),
    team_size=60,
    rd_staff=40,
    funds_in=Decimal("900"),
    funds_used=Decimal("900"),
    income=Decimal("50"),
    income_shared=Decimal("50"),
    projects=1,
    unexplained=(),
    unsaid=(),
    unreasoned=(),
)

FAILING = [
    ("empty_parts", Level.BLOCK, {"texts": SOUND.texts | {"plan": " \n"}}),
    ("unexplained_changes", Level.BLOCK, {"unexplained": ("增补成员单位",)}),
    ("income_shared", Level.BLOCK, {"income_shared": Decimal("50.01")}),
    ("income_shared", Level.BLOCK, {"income": None, "income_shared": Decimal("0.01")}),
    ("milestones_said", Level.BLOCK, {"unsaid": ("完成齿形设计",)}),
    ("funds_used", Level.WARN, {"funds_used": Decimal("900.01")}),
    ("funds_used", Level.WARN, {"funds_in": None}),
    ("funds_used", Level.WARN, {"funds_used": None}),
    ("milestones_reasoned", Level.WARN, {"unreasoned": ("完成样机",)}),
    ("projects_named", Level.WARN, {"projects": 0}),
    ("team_adds_up", Level.ADVISE, {"team_size": None}),
    ("team_adds_up", Level.ADVISE, {"rd_staff": None}),
]

PASSING = [
    {},
    {"income": None, "income_shared": None},
    {"income": Decimal("1"), "income_shared": None},
    {"funds_in": Decimal("0"), "funds_used": Decimal("0")},
    {"team_size": 0, "rd_staff": 0},
]


def found(**changes):
    return evaluate(REPORT_RULES, replace(SOUND, **changes), None)


@pytest.mark.parametrize("changes", PASSING)
def test_a_sound_report_finds_nothing(changes):
    assert found(**changes) == ()


@pytest.mark.parametrize(("rule", "level", "changes"), FAILING)
def test_a_check_speaks_alone_and_as_loud_as_the_guideline(rule, level, changes):
    (finding,) = found(**changes)
    assert (finding.rule, finding.level) == (rule, level)
    assert finding.step in Part.values
    assert finding.message
    assert finding.remedy


def test_every_rule_has_a_failing_case():
    assert {rule.id for rule in REPORT_RULES} == {rule for rule, _level, _changes in FAILING}


@pytest.mark.parametrize("part", Part.values)
def test_an_empty_part_is_shown_at_its_own_step(part):
    (finding,) = found(texts=SOUND.texts | {part: ""})
    assert finding.step == part


@pytest.mark.django_db
def test_a_milestone_is_due_when_its_month_ended_by_the_years_end(lead_owner):
    """Filed on 2 March 2026: month 6 ends in 2026, months 18 and 36 do not."""
    report = report_of(lead_owner)
    assert facts_of(report).unsaid == ("完成齿形设计",)
    report.milestones.filter(milestone__month=6).update(state=MilestoneProgress.State.AHEAD)
    assert facts_of(report).unsaid == ("完成齿形设计",)
    report.milestones.filter(milestone__month=6).update(state=MilestoneProgress.State.DELAYED)
    facts = facts_of(report)
    assert (facts.unsaid, facts.unreasoned) == ((), ("完成齿形设计",))
    report.milestones.update(note="设备到货推迟。")
    assert facts_of(report).unreasoned == ()


@pytest.mark.django_db
def test_funds_put_in_are_the_sum_of_what_was_given(lead_owner):
    report = report_of(lead_owner)
    assert facts_of(report).funds_in is None
    report.funds_own, report.funds_public = Decimal("1.50"), Decimal("2.25")
    assert facts_of(report).funds_in == Decimal("3.75")
    assert facts_of(report).projects == 1
