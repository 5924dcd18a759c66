"""What holds on a day: whatever changes were reported, in whatever order, every day reads as if
they had been replayed up to it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filings.as_of import as_of, views_of
from filings.exchange.document import export
from filings.models import Change, Consortium, Member, Renaming
from filings.snapshot import take
from tests.changes import reported
from tests.factories import ConsortiumFactory, UnitFactory

pytestmark = pytest.mark.django_db

FILED_ON = date(2026, 3, 2)
DAYS = st.integers(0, 40).map(lambda n: FILED_ON + timedelta(days=n))
TEXTS = st.text("甲乙丙", min_size=1, max_size=3)
KINDS = ("mechanism", "strategic_plan", "part", "leave", "join")
STEPS = st.lists(st.tuples(st.sampled_from(KINDS), DAYS, TEXTS, st.integers(0, 1)), max_size=8)
ON = {"mechanism": "mechanism", "strategic_plan": "goals", "part": "division_of_work"}


@pytest.fixture
def consortium(lead_owner):
    unit = lead_owner.memberships.get().unit
    return ConsortiumFactory(active=True, lead_unit=unit, created_by=lead_owner, on=FILED_ON)


class Undone(Exception):
    """Raised to roll an example back."""


def enter(consortium, steps) -> list[tuple]:
    """Write the changes as their reports leave them, and give them as the oracle replays them."""
    members, agreement = list(consortium.members.all()), consortium.documents.first()
    entered, gone = [], set()
    for kind, day, text, number in steps:
        member = members[number] if kind in ("part", "leave") else None
        if kind == "leave":
            if number in gone:
                continue
            gone.add(number)
        change = Change.objects.create(
            consortium=consortium, kind=kind, member=member, effective_on=day,
            supplementary_agreement=agreement, after={ON[kind]: text} if kind in ON else {},
        )  # fmt: skip
        key = member.pk if member else None
        if kind == "join":
            key = Member.objects.create(
                consortium=consortium, unit=UnitFactory(), name=text, kind="enterprise",
                place="320115", joined_by=change, joined_on=day, division_of_work=text,
            ).pk  # fmt: skip
        if kind == "leave":
            Member.objects.filter(pk=key).update(left_on=day)
        entered.append((day, change.pk, kind, key, text))
    rows = Change.objects.filter(consortium=consortium)
    rows.update(status="reported", reported_at=consortium.submitted_at)
    return entered


def replayed(consortium, entered, day) -> tuple:
    """The plain way: begin with the filing, take each change whose day has come, in their order."""
    texts = {"mechanism": consortium.mechanism, "goals": consortium.goals}
    parts = {
        m.pk: m.division_of_work
        for m in Member.objects.filter(consortium=consortium, joined_by=None)
    }
    for begins, _pk, kind, member, text in sorted(entered):
        if begins > day:
            break
        if kind == "join":
            parts[member] = text
        elif kind == "leave":
            parts.pop(member, None)
        elif kind == "part":
            parts |= {member: text} if member in parts else {}
        else:
            texts[ON[kind]] = text
    return texts, parts


@given(STEPS, st.lists(DAYS, min_size=1, max_size=4))
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_any_day_reads_as_if_the_changes_were_replayed(consortium, steps, days):
    try:
        with transaction.atomic():
            entered = enter(consortium, steps)
            for day in days:
                view = as_of(consortium, day)
                texts = {"mechanism": view.mechanism, "goals": view.goals}
                parts = {m.pk: m.division_of_work for m in view.members.all()}
                assert (texts, parts) == replayed(consortium, entered, day)
            raise Undone
    except Undone:
        pass


def test_a_day_is_read_for_many_in_as_many_questions_as_for_one(consortium, lead_owner):
    reported(consortium, user=lead_owner, kind="part", member=consortium.members.first())
    ConsortiumFactory(active=True, on=FILED_ON)
    ConsortiumFactory(active=True, on=FILED_ON)
    asked = []
    for number in (1, 3):
        listed = list(Consortium.objects.for_list().order_by("pk")[:number])
        with CaptureQueriesContext(connection) as queries:
            assert len(views_of(listed, FILED_ON)) == number
        asked.append(len(queries))
    assert asked == [3, 3]


def test_looking_at_a_day_changes_nothing(consortium, lead_owner):
    reported(consortium, user=lead_owner, kind="strategic_plan")
    view = as_of(consortium, FILED_ON)
    assert view.goals != consortium.goals
    consortium.refresh_from_db()
    assert view.goals != consortium.goals
    assert consortium.submissions.last().content["focus"]["goals"] == consortium.goals


def test_exports_and_the_rules_read_today(consortium, lead_owner):
    with time_machine.travel("2026-06-01T09:00:00+08:00"):
        unit, member = UnitFactory(), consortium.members.first()
        leave = {"kind": "leave", "member": member, "effective_on": date(2026, 5, 20)}
        join = {"kind": "join", "unit": unit, "effective_on": date(2026, 7, 1)}
        reported(consortium, user=lead_owner, **join)
        reported(consortium, user=lead_owner, **leave)
        now = {row["uscc"] for row in export(consortium)["members"]}
        assert (member.uscc in now, unit.uscc in now) == (False, False)
    with time_machine.travel("2026-07-01T00:00:01+08:00"):
        content = take(as_of(consortium))
        assert unit.uscc in {row["uscc"] for row in content["members"]}
        assert unit.name in content["tasks"][0]["members"]
        assert member.name not in content["tasks"][0]["members"]


def test_a_unit_has_the_name_of_the_day(consortium, lead_owner):
    unit, names = consortium.lead_unit, ["甲公司", "乙公司", "丙公司"]
    for number, day in ((0, date(2026, 4, 1)), (1, date(2026, 6, 1))):
        Renaming.objects.create(
            unit=unit, old_name=names[number], new_name=names[number + 1], renamed_on=day,
            status="noted", reported_by=lead_owner,
        )  # fmt: skip
    type(unit).objects.filter(pk=unit.pk).update(name=names[2])
    consortium = Consortium.objects.for_list().get(pk=consortium.pk)
    days = (FILED_ON, date(2026, 4, 1), date(2026, 5, 31), date(2026, 6, 1))
    read = [as_of(consortium, day).lead_unit.name for day in days]
    assert read == ["甲公司", "乙公司", "乙公司", "丙公司"]
    assert consortium.lead_unit.name == "丙公司"
