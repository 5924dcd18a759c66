"""The rules on plain values: what hinders, what is only said, and where each stands."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.eligibility.engine import Level, blocking, evaluate
from reports.support.kinds import CONTACT, LABELS, MEASURES, SHARED, Kind
from reports.support.rules import TO_BEGIN, TO_DECIDE, TO_SUBMIT, SupportFacts

LIMITS = SimpleNamespace(min_text_length=30)
TODAY = date(2027, 6, 1)
TEXT = "围绕高精度谐波减速器的材料、齿形与装配工艺开展联合攻关，形成自主可控的产品与标准体系。"


def filled(kind) -> dict:
    numbers = {"funds": 100, "own_funds": None, "months": 12, "members": 1, "consent": True}
    return {name: numbers.get(name, TEXT) for name in (*MEASURES[kind].fields, *CONTACT)}


def facts(kind=Kind.TASK, values=None, **other) -> SupportFacts:
    usual = {
        "running": True, "ends_on": TODAY + timedelta(days=900), "reports_missing": (),
        "reports_waiting": (), "records": (), "cases": (),
    }  # fmt: skip
    return SupportFacts(
        kind=kind, today=TODAY, values=filled(kind) | (values or {}), **usual | other
    )


def found(rules, given) -> dict[str, Level]:
    return {f.rule.removeprefix("support_"): f.level for f in evaluate(rules, given, LIMITS)}


@pytest.mark.parametrize("kind", Kind)
def test_where_nothing_is_missing_nothing_is_found(kind):
    assert found(TO_SUBMIT[kind], facts(kind)) == {}


@pytest.mark.parametrize(
    ("other", "rule", "clause"),
    [
        ({"running": False}, "running", "5.1"),
        ({"reports_missing": (2026,)}, "reports_missing", "5.2"),
        ({"records": (("某单位", "宁科信决〔2026〕1号"),)}, "no_record", "5.3"),
        ({"cases": ("某单位",)}, "no_case", "5.3"),
    ],
)
@pytest.mark.parametrize("rules", [TO_BEGIN, TO_DECIDE, TO_SUBMIT[Kind.TASK]])
def test_state_and_record_stand_in_the_way_at_every_turn(rules, other, rule, clause):
    (finding,) = evaluate(rules, facts(**other), LIMITS)
    assert (finding.rule, finding.clause) == (f"support_{rule}", clause)
    assert finding.level is Level.BLOCK
    assert finding.message
    assert finding.remedy


def test_a_report_that_waits_for_the_bureau_hinders_only_its_yes():
    waiting = facts(reports_waiting=(2026,))
    assert found(TO_BEGIN, waiting) == {"reports_waiting": Level.ADVISE}
    assert found(TO_SUBMIT[Kind.TASK], waiting) == {"reports_waiting": Level.ADVISE}
    assert found(TO_DECIDE, waiting) == {"reports_waiting": Level.BLOCK}


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (kind, name)
        for kind in Kind
        for name in (*MEASURES[kind].fields, *CONTACT)
        if name not in MEASURES[kind].optional and name != "members"
    ],
)
@pytest.mark.parametrize("nothing", ["", None])
def test_every_field_of_a_kind_is_asked_for(kind, name, nothing):
    given = facts(kind, {name: nothing if nothing is None or name in LABELS else ""})
    if nothing is None and isinstance(filled(kind)[name], str):
        given = facts(kind, {name: ""})
    (finding,) = blocking(evaluate(TO_SUBMIT[kind], given, LIMITS))
    assert finding.field == name
    assert finding.clause == MEASURES[kind].clause


@pytest.mark.parametrize(("length", "level"), [(29, Level.BLOCK), (30, None)])
def test_prose_says_enough_by_the_policys_length(length, level):
    got = found(TO_SUBMIT[Kind.TASK], facts(values={"problem": "字" * length}))
    assert got.get("said") == level


def test_a_joint_application_is_joint_and_of_a_project_it_is_only_wanted():
    alone = {"members": 0}
    assert found(TO_SUBMIT[Kind.TALENT_JOINT], facts(Kind.TALENT_JOINT, alone)) == {
        "partners_needed": Level.BLOCK
    }
    assert found(TO_SUBMIT[Kind.TASK], facts(values=alone)) == {"partners_wanted": Level.ADVISE}


@pytest.mark.parametrize(("days", "level"), [(-1, Level.ADVISE), (0, None)])
def test_work_that_goes_on_after_the_term_is_said(days, level):
    ends_on = date(2028, 6, 1) + timedelta(days=days)
    got = found(TO_SUBMIT[Kind.TASK], facts(values={"months": 12}, ends_on=ends_on))
    assert got.get("within_term") == level


def test_without_consent_it_is_said_that_nothing_is_passed_on():
    got = found(TO_SUBMIT[Kind.FINANCING], facts(Kind.FINANCING, {"consent": False}))
    assert got == {"consent_given": Level.ADVISE}


@given(
    running=st.booleans(),
    missing=st.lists(st.integers(2024, 2030), max_size=3),
    waiting=st.lists(st.integers(2024, 2030), max_size=3),
    cases=st.lists(st.sampled_from(["甲", "乙"]), max_size=2),
)
def test_it_may_begin_exactly_when_nothing_of_state_and_record_hinders(
    running, missing, waiting, cases
):
    given = facts(
        running=running, reports_missing=tuple(missing), reports_waiting=tuple(waiting),
        cases=tuple(cases),
    )  # fmt: skip
    free = running and not missing and not cases
    assert (not blocking(evaluate(TO_BEGIN, given, LIMITS))) == free
    assert (not blocking(evaluate(TO_DECIDE, given, LIMITS))) == (free and not waiting)


def test_what_a_measure_names_is_a_field_and_nothing_personal_is_shared():
    for measure in MEASURES.values():
        assert {*measure.fields, *measure.optional, *measure.labels} <= set(LABELS)
        assert measure.optional <= set(measure.fields)
    assert set(SHARED) <= {*MEASURES[Kind.FINANCING].fields, *CONTACT}
    assert "person_name" not in SHARED
