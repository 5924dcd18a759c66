"""Every figure of the picture beside the same, counted from the raw rows in plain Python."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from filings.models import Change, Consortium, Event, Member, Milestone, ProvincialApplication
from filings.states import ANSWER_DUE, IN_PROCEDURE, Status
from filings.term import last_day
from filings.workdays import is_workday
from reports.models import AnnualReport, MilestoneProgress
from reports.statistics import picture
from reports.statistics.network import MOST_UNITS
from reports.statistics.stages import percentile

pytestmark = pytest.mark.django_db
TODAY = date(2027, 6, 1)


@pytest.fixture
def figures(programme):
    return picture.take().figures


def active() -> list[Consortium]:
    return [
        c
        for c in Consortium.objects.select_related("lead_unit", "focus_field")
        if c.status == "active" and c.ends_on >= TODAY
    ]


def workdays(first: date, last: date) -> int:
    days = (first + timedelta(n) for n in range(1, (last - first).days + 1))
    return sum(map(is_workday, days))


def visits():
    """Every stay in a stage of the procedure: the stage, its first and its last day."""
    histories = defaultdict(list)
    for event in Event.objects.order_by("pk"):
        if event.from_status != event.to_status:
            histories[event.consortium_id].append(event)
    for events in histories.values():
        for came, went in pairwise(events):
            yield came.to_status, timezone.localdate(came.at), timezone.localdate(went.at)


def test_how_far_filings_have_come(figures):
    taken = {(event.consortium_id, event.action) for event in Event.objects.all()}
    counted = Counter(action for _consortium, action in taken)
    steps = ("submit", "accept", "recommend", "publish", "file")
    assert figures["came_through"] == {step: counted[step] for step in steps}
    assert counted["submit"] == 40


def test_where_they_wait_and_since_when(figures):
    for stage in IN_PROCEDURE:
        here = [c for c in Consortium.objects.all() if c.status == stage]
        late = [c for c in here if stage in ANSWER_DUE and c.action_due_on < TODAY]
        since = [
            timezone.localdate(
                c.events.filter(to_status=stage).exclude(from_status=stage).last().at
            )
            for c in here
        ]
        longest = workdays(min(since), TODAY) if since else None
        expected = {"count": len(here), "late": len(late), "longest": longest}
        assert figures["waiting"][stage] == expected, stage


def test_how_long_the_stages_took(figures):
    took = defaultdict(list)
    for stage, came, went in visits():
        if stage in IN_PROCEDURE and went >= TODAY - timedelta(365):
            took[stage].append(workdays(came, went))
    for stage in IN_PROCEDURE:
        days = sorted(took[stage])
        found = figures["times"][stage]
        assert found["count"] == len(days)
        if days:
            assert found["median"] == days[(len(days) + 1) // 2 - 1]
            assert found["ninetieth"] == days[-(-len(days) * 9 // 10) - 1]
    assert sum(map(len, took.values())) > 20


@given(st.lists(st.integers(0, 60), min_size=1), st.sampled_from([50, 90]))
def test_a_percentile_is_the_least_value_that_so_many_do_not_exceed(values, percent):
    found = percentile(Counter(values).items(), percent)
    assert found in values
    assert 100 * sum(value <= found for value in values) >= percent * len(values)
    assert 100 * sum(value < found for value in values) < percent * len(values)


def test_nothing_has_no_percentile():
    assert percentile([], 50) is None


def test_what_runs_by_field_district_and_kind_of_lead(figures):
    rows = active()
    assert figures["active"] == len(rows) > 5
    assert figures["running"] == {
        "field": Counter(c.focus_field.code if c.focus_field else "none" for c in rows),
        "district": Counter(c.lead_unit.place for c in rows),
        "lead_kind": Counter(c.lead_kind or "none" for c in rows),
    }


def test_when_terms_end(figures):
    quarters = Counter(f"{c.ends_on.year}Q{(c.ends_on.month - 1) // 3 + 1}" for c in active())
    assert figures["ends"] == dict(quarters)
    assert list(figures["ends"]) == sorted(quarters)


def test_a_term_that_is_over_is_not_counted_though_no_sweep_has_run(figures):
    over = Consortium.objects.filter(status=Status.ACTIVE, ends_on__lt=TODAY)
    assert over.exists()
    assert figures["active"] + over.count() == Consortium.objects.filter(status="active").count()


def test_which_reports_are_owed_in_and_late(figures):
    assert [call["year"] for call in figures["punctuality"]] == [2026, 2025]
    running = active()
    for call in figures["punctuality"]:
        rows = [r for r in AnnualReport.objects.select_related("call") if r.call_id == call["call"]]
        due = rows[0].call.due_on
        came = [r for r in rows if r.first_submitted_at]
        assert call == {
            "call": rows[0].call_id,
            "year": rows[0].call.reporting_year,
            "due_on": due.isoformat(),
            "owed": len(rows),
            "came_in": sum(r.status in ("submitted", "accepted") for r in rows),
            "accepted": sum(r.status == "accepted" for r in rows),
            "returned": sum(r.status == "returned" for r in rows),
            "late": sum(timezone.localdate(r.first_submitted_at) > due for r in came),
            "missing": sum(
                r.status in ("draft", "returned") and due < TODAY and r.consortium in running
                for r in rows
            ),
        }


OF_UNIT = {
    "funds_in": ("own_funds", "public_funds", "finance_funds", "other_funds"),
    "funds_used": (
        "used_labour", "used_equipment", "used_materials", "used_services", "used_other",
    ),
    "trained": ("doctors", "masters", "engineers", "technicians"),
}  # fmt: skip
OF_REPORT = {
    "patents": ("patents_granted",),
    "standards": (
        "standards_international", "standards_national", "standards_industry", "standards_group",
    ),
    "papers": ("papers",),
    "products": ("products",),
    "prizes": ("prizes",),
    "sales": ("sales",),
}  # fmt: skip


def test_what_the_accepted_reports_add_up_to(figures):
    totals = defaultdict(lambda: defaultdict(Decimal))
    for report in AnnualReport.objects.select_related("call", "consortium__focus_field"):
        if report.status != "accepted":
            continue
        field = report.consortium.focus_field
        sums = totals[report.call.reporting_year, field.code if field else "none"]
        sums["reports"] += 1
        for thing, terms in ((report, OF_REPORT), *((u, OF_UNIT) for u in report.units.all())):
            for name, columns in terms.items():
                sums[name] += sum(getattr(thing, column) or 0 for column in columns)
    assert len(totals) > 3
    found = {(entry["year"], entry["field"]): entry for entry in figures["sums"]}
    assert found.keys() == totals.keys()
    for key, sums in totals.items():
        assert {name: Decimal(found[key][name]) for name in sums} == dict(sums)


def test_what_became_of_applications_to_the_province(figures):
    years = defaultdict(Counter)
    for application in ProvincialApplication.objects.all():
        if application.standing == "confirmed":
            years[application.year][application.outcome] += 1
    assert years
    outcomes = ("applied", "granted", "not_granted")
    assert figures["provincial"] == [
        {"year": year, **{outcome: years[year][outcome] for outcome in outcomes}}
        for year in sorted(years, reverse=True)
    ]


def test_which_units_work_together(figures):
    places, pairs, names = Counter(), Counter(), {}
    for consortium in active():
        current = Member.objects.filter(consortium=consortium, left_on=None)
        units = {consortium.lead_unit_id, *current.values_list("unit", flat=True)}
        places.update(units)
        pairs.update(combinations(sorted(units), 2))
    busiest = sorted(places, key=lambda unit: (-places[unit], unit))[:MOST_UNITS]
    found = figures["network"]
    assert [(unit, number) for unit, _name, number in found["units"]] == [
        (unit, places[unit]) for unit in busiest
    ]
    names = {unit: name for unit, name, _number in found["units"]}
    assert names == {m.unit_id: m.unit.name for m in Member.objects.filter(unit__in=names)} | names
    shown = {pair: times for pair, times in pairs.items() if set(pair) <= set(busiest)}
    assert {(one, other): times for one, other, times in found["pairs"]} == shown
    assert [times for *_pair, times in found["pairs"]] == sorted(shown.values(), reverse=True)


def test_what_the_bureau_should_look_at(figures):
    rows = active()
    since = TODAY - timedelta(365)
    changes = Counter(c.consortium_id for c in Change.objects.all() if c.effective_on >= since)
    missing = {
        r.consortium_id
        for r in AnnualReport.objects.select_related("call")
        if r.status in ("draft", "returned") and r.call.due_on < TODAY
    }
    academic = {
        m.consortium_id
        for m in Member.objects.all()
        if m.kind in ("university", "institute") and m.left_on is None
    }
    settled = {
        p.milestone_id
        for p in MilestoneProgress.objects.select_related("report")
        if p.state in ("reached", "dropped") and p.report.status in ("submitted", "accepted")
    }
    late = {
        m.task.consortium_id
        for m in Milestone.objects.select_related("task__consortium")
        if last_day(m.task.consortium.starts_on, m.month) < TODAY and m.pk not in settled
    }
    expected = {
        "no-report": sum(c.pk in missing for c in rows),
        "many-changes": sum(changes[c.pk] >= 3 for c in rows),
        "no-university": sum(c.pk not in academic for c in rows),
        "late-milestones": sum(c.pk in late for c in rows),
    }
    assert figures["concerns"] == expected
    assert all(expected.values())
