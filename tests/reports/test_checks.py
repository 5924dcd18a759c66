"""Every check of a report by plain values: where it is silent, where it speaks, how loud."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from filings.eligibility.engine import Level, Source, evaluate
from reports import figures
from reports.checks import REPORT_RULES, RULES_BY_ID, facts_of, jumps
from reports.checks.facts import (
    Limits,
    MilestoneFacts,
    PlanFacts,
    ProjectFacts,
    ReportFacts,
    UnitFacts,
)
from reports.models import AnnualReport, MilestoneProgress, UnitPart
from reports.models.unit import FIGURES, PURPOSES, SOURCES
from reports.parts import Part
from tests.reports.factories import report_of

BLOCK, WARN, ADVISE = Level.BLOCK, Level.WARN, Level.ADVISE
YEAR_END = date(2026, 12, 31)
LEAD = UnitFacts(
    1, "牵头单位", is_lead=True, signed=False, funds_in=Decimal(900), funds_used=Decimal(800),
    income=Decimal(50), income_paid=Decimal(20), rd_staff=40, team_staff=10, projects=1,
)  # fmt: skip
MEMBER = UnitFacts(2, "成员单位", rd_staff=20, income_received=Decimal(20))
PROJECT = ProjectFacts(1, "项目", "running", Decimal(300), Decimal(100), 40, 40)
REACHED = MilestoneFacts(1, "完成设计", date(2026, 9, 2), "reached", evidence="验收意见")
PLANNED = PlanFacts(1, "完成中试", date(2027, 6, 30))
SOUND = ReportFacts(
    year_end=YEAR_END,
    term_end=date(2029, 3, 2),
    texts=dict.fromkeys(Part.values, "已完成。"),
    units=(LEAD, MEMBER),
    projects=(PROJECT,),
    milestones=(REACHED,),
    plan=(PLANNED,),
    figures={
        "funds_in": Decimal(900), "funds_used": Decimal(800), "team_managers": 3,
        "team_researchers": 5, "team_service": 2, "team_staff": 10, "trained": 4,
    },
    colleges_filed=1,
    colleges_now=1,
)  # fmt: skip


def figured(**changes):
    return {"figures": {**SOUND.figures, **changes}}


def with_unit(unit=MEMBER, **changes):
    return {"units": (LEAD, replace(unit, **changes))}


def with_lead(**changes):
    return {"units": (replace(LEAD, **changes), MEMBER)}


def with_project(**changes):
    return {"projects": (replace(PROJECT, **changes),)}


def with_milestone(**changes):
    return {"milestones": (replace(REACHED, **changes),)}


FAILING = [
    ("empty_parts", BLOCK, {"texts": SOUND.texts | {"plan": " \n"}}),
    ("unexplained_changes", BLOCK, {"unexplained": ("增补成员单位",)}),
    ("plan_days", BLOCK, {"plan": (replace(PLANNED, due_on=YEAR_END),)}),
    ("plan_milestones", WARN, {"plan": ()}),
    ("units_signed", BLOCK, with_unit(signed=False)),
    ("units_contribute", WARN, with_unit(rd_staff=None)),
    ("units_contribute", WARN, with_unit(rd_staff=0, team_staff=0, funds_in=Decimal(0))),
    ("colleges_kept", WARN, {"colleges_now": 0}),
    ("income_shared", BLOCK, with_lead(income=Decimal("19.99"))),
    ("income_shared", BLOCK, with_lead(income=None)),
    ("income_balances", BLOCK, with_lead(income_paid=Decimal("20.01"))),
    ("income_balances", BLOCK, with_unit(income_received=None)),
    ("funds_said", WARN, figured(funds_in=None)),
    ("funds_said", WARN, figured(funds_used=None)),
    ("funds_used", WARN, figured(funds_used=Decimal("900.01"))),
    ("projects_paid", WARN, with_project(budget=None, spent=Decimal("800.01"))),
    ("funds_planned", ADVISE, {"before": {"plan_funds": Decimal("900.01")}}),
    ("projects_named", WARN, {"projects": ()}),
    ("projects_within_budget", WARN, with_project(spent=Decimal("300.01"))),
    ("projects_done", WARN, with_project(stage="completed", done=99)),
    ("projects_measured", ADVISE, with_project(spent=None)),
    ("projects_measured", ADVISE, with_project(planned=None)),
    ("projects_measured", ADVISE, with_project(done=None)),
    ("milestones_said", BLOCK, with_milestone(state="", due_on=YEAR_END)),
    ("milestones_said", BLOCK, with_milestone(state="ahead", due_on=YEAR_END)),
    ("milestones_reasoned", WARN, with_milestone(state="delayed", reason=" ")),
    ("milestones_reasoned", WARN, with_milestone(state="dropped")),
    ("milestones_proven", ADVISE, with_milestone(evidence="")),
    ("team_said", ADVISE, figured(team_service=None, team_staff=8)),
    ("team_adds_up", WARN, figured(team_staff=9)),
    ("trained_said", ADVISE, figured(trained=None)),
    ("year_on_year", WARN, figured(sales=Decimal(451)) | {"before": {"sales": Decimal(300)}}),
    ("year_on_year", WARN, figured(sales=Decimal(0)) | {"before": {"sales": Decimal(300)}}),
    ("year_on_year", WARN, figured(papers=10) | {"before": {"papers": 0}}),
]

PASSING = [
    {},
    with_unit(signed=False, hindered="该单位正在办理名称变更。"),
    with_unit(rd_staff=None, projects=1),
    with_unit(rd_staff=None, funds_in=Decimal(1)),
    with_lead(income=Decimal(20)),
    figured(funds_in=Decimal(800)),
    figured(team_staff=None),
    {"colleges_now": 2},
    {"plan": (), "term_end": YEAR_END},
    {"plan": (replace(PLANNED, due_on=date(2027, 1, 1)),)},
    {"before": {"plan_funds": Decimal(900)}},
    with_project(stage="completed", done=100),
    with_project(spent=Decimal(300)),
    with_milestone(state="", due_on=date(2027, 1, 1)),
    with_milestone(state="delayed", reason="设备到货推迟。"),
    figured(sales=Decimal(450)) | {"before": {"sales": Decimal(300)}},
    figured(sales=Decimal(99)) | {"before": {"sales": Decimal(0)}},
    figured(papers=9) | {"before": {"papers": 0}},
    figured(papers=9),
]


def found(limits=Limits(), **changes):  # noqa: B008
    return evaluate(REPORT_RULES, replace(SOUND, **changes), limits)


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


def test_every_rule_has_a_failing_case_and_its_own_name():
    assert {rule.id for rule in REPORT_RULES} == {rule for rule, _level, _changes in FAILING}
    assert len(RULES_BY_ID) == len(REPORT_RULES)


def test_what_is_no_demand_of_the_guideline_cites_no_clause():
    practice = {rule.id for rule in REPORT_RULES if rule.source == Source.PRACTICE}
    assert practice == {"units_signed", "year_on_year"}


@pytest.mark.parametrize("part", Part.values)
def test_an_empty_part_is_shown_at_its_own_step(part):
    (finding,) = found(texts=SOUND.texts | {part: ""})
    assert finding.step == part


def test_how_much_is_a_jump_says_the_policy():
    changes = figured(sales=Decimal(330)) | {"before": {"sales": Decimal(300)}}
    assert found(**changes) == ()
    assert found(Limits(jump_percent=9, jump_least=Decimal(30)), **changes)
    assert not found(Limits(jump_percent=10, jump_least=Decimal(30)), **changes)
    assert not found(Limits(jump_percent=9, jump_least=Decimal(31)), **changes)


@pytest.mark.parametrize(("name", "part"), [(n, p) for n, (p, _w) in jumps.COUNTS.items()])
def test_a_jump_is_shown_at_the_part_of_its_figure(name, part):
    changes = figured(**{name: 200}) | {"before": {name: 100}}
    assert (name, part) in {
        (finding.evidence.get("figure"), finding.step) for finding in found(**changes)
    }


AMOUNTS = st.none() | st.decimals(0, 10**9, places=2)


@given(paid=st.lists(AMOUNTS, min_size=1, max_size=13), data=st.data())
def test_income_among_the_units_balances_whoever_passed_it_on(paid, data):
    """Whatever was passed on and came in elsewhere, in any order, contradicts nothing."""
    received = data.draw(st.permutations(paid))
    units = tuple(
        UnitFacts(place, "单位", income=out, income_paid=out, income_received=back, rd_staff=1)
        for place, (out, back) in enumerate(zip(paid, received, strict=True))
    )
    assert not [f for f in found(units=units) if f.rule in ("income_balances", "income_shared")]
    spoilt = replace(units[0], income_received=(units[0].income_received or 0) + Decimal("0.01"))
    rules = {f.rule for f in found(units=(spoilt, *units[1:]))}
    assert "income_balances" in rules


@given(
    rows=st.lists(st.fixed_dictionaries(dict.fromkeys((*SOURCES, *PURPOSES), AMOUNTS)), max_size=13)
)
def test_the_sums_of_a_report_are_those_of_its_units_to_the_cent(rows):
    """Added up in whole cents, by another way than the report's own."""
    report = AnnualReport(pk=1)
    report._prefetched_objects_cache = {"units": [UnitPart(**row) for row in rows]}
    sums = figures.values(report)
    for name, terms in (("funds_in", SOURCES), ("funds_used", PURPOSES)):
        cents = [int(row[t] * 100) for row in rows for t in terms if row[t] is not None]
        assert sums[name] == (Decimal(sum(cents)) / 100 if cents else None)


@pytest.mark.django_db
def test_the_database_adds_up_as_the_report_does(lead_owner):
    report = report_of(lead_owner, complete=True)
    sums, shown = report.units.sums(), figures.values(report)
    assert {name: sums[name] for name in sums} == {name: shown[name] for name in sums}
    assert sums["funds_in"] == Decimal("900.00")
    assert set(sums) > set(FIGURES)


@pytest.mark.django_db
def test_only_milestones_that_were_due_in_the_year_must_be_said(lead_owner):
    report = report_of(lead_owner)
    months = {m.title: m.due_on for m in facts_of(report).milestones if m.due_on <= YEAR_END}
    # Filed on 2 March 2026: month 6 ended in the year, 18 and 36 did not.
    assert months == {"完成齿形设计": date(2026, 9, 2)}


@pytest.mark.django_db
def test_the_facts_of_a_filled_report_are_sound(lead_owner):
    report = report_of(lead_owner, complete=True)
    facts = facts_of(report)
    assert evaluate(REPORT_RULES, facts, Limits()) == ()
    assert (facts.colleges_filed, facts.colleges_now) == (1, 1)
    report.consortium.members.filter(kind="university").update(left_on=date(2026, 10, 1))
    again = facts_of(AnnualReport.objects.get())
    assert (again.colleges_filed, again.colleges_now) == (1, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("more", [0, 3])
def test_the_facts_take_the_same_queries_however_many_rows(more, lead_owner):
    report = report_of(lead_owner, complete=True)
    for project in list(report.projects.all()) * more:
        partners = list(project.partners.all())
        project.pk = None
        project.save()
        project.partners.set(partners)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        facts_of(AnnualReport.objects.for_list().get())
    assert len(asked) == 9
    assert MilestoneProgress.objects.count() == 3
