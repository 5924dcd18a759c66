"""A small programme with everything in it, thrown by a dice that always falls the same way: written
as rows, so that the figures can be counted again from the rows, in plain Python."""

import random
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.models import Unit
from accounts.places import Place
from filings.models import (
    Change,
    Consortium,
    Document,
    Event,
    FocusField,
    KeyTask,
    LeadKind,
    Member,
    Milestone,
    ProvincialApplication,
)
from filings.states import IN_PROCEDURE, Action, Status
from filings.term import last_day
from reports.models import AnnualReport, MilestoneProgress, ReportCall, UnitPart
from reports.models.content import STANDARDS
from reports.models.unit import PURPOSES, SOURCES, TRAINED
from reports.states import Status as ReportStatus
from tests.factories import UserFactory, code_of

# The moves to a status, as (action, target).
WAY = (
    (Action.SUBMIT, Status.SUBMITTED), (Action.ACCEPT, Status.UNDER_REVIEW),
    (Action.RECOMMEND, Status.RECOMMENDED), (Action.PUBLISH, Status.PUBLIC_NOTICE),
    (Action.FILE, Status.ACTIVE),
)  # fmt: skip
RETURN = (Action.RETURN, Status.RETURNED)
ENDS = {
    Status.EXPIRED: Action.EXPIRE, Status.TERMINATED: Action.TERMINATE,
    Status.REVOKED: Action.REVOKE,
}  # fmt: skip
KINDS = ("enterprise", "enterprise", "university", "institute", "platform")


class Programme:
    """`size` filings of every state with their histories, members, changes, tasks and reports."""

    def __init__(self, size: int, today: date, seed: int = 7):
        self.dice, self.today, self.user = random.Random(seed), today, UserFactory()
        self.fields = [*FocusField.objects.all()[:5], None]
        self.units = Unit.objects.bulk_create(
            Unit(uscc=code_of(810000 + n), name=f"示例单位{n}", kind=self.dice.choice(KINDS),
                 place=self.dice.choice(Place.values))
            for n in range(12)
        )  # fmt: skip
        self.calls = [self._call(today.year - back) for back in (2, 1)]
        self.leaves = []  # rows that no other row names: written as sets
        self.size = 0
        self.grow_to(size)

    def grow_to(self, size: int) -> None:
        for number in range(self.size, size):
            self._filing(number)
        self.size = size
        for model in {type(row) for row in self.leaves}:
            model.objects.bulk_create(row for row in self.leaves if type(row) is model)
        self.leaves = []

    def _call(self, year: int) -> ReportCall:
        due = date(year + 1, 6, 30) if year < self.today.year - 1 else self.today - timedelta(3)
        return ReportCall.objects.create(
            reporting_year=year, plan_year=year + 2, title=f"{year}", opens_on=date(year + 1, 3, 1),
            due_on=due, published_at=timezone.now(), opened_at=timezone.now(),
        )  # fmt: skip

    def _filing(self, number: int) -> None:
        status = self.dice.choice([*IN_PROCEDURE, *[Status.ACTIVE] * 6, *ENDS])
        filed = status == Status.ACTIVE or status in ENDS
        starts = self.today - timedelta(self.dice.randrange(30, 1300)) if filed else None
        if status == Status.EXPIRED:
            starts = self.today - timedelta(self.dice.randrange(1150, 1500))
        moves = self._moves(status, starts)
        filing = Consortium.objects.create(
            name=f"联合体{number}", lead_unit=self.dice.choice(self.units), created_by=self.user,
            focus_field=self.dice.choice(self.fields), status=status,
            lead_kind=self.dice.choice([*LeadKind.values, ""]), first_submitted_at=moves[0][2],
            submitted_at=moves[0][2], starts_on=starts,
            ends_on=last_day(starts, 36) if filed else None,
            ended_on=self._end(status, starts), filing_number=f"第{number}号" if filed else None,
            filing_year=starts.year if filed else None, filing_serial=number if filed else None,
            verification_code=f"code{number}" if filed else None,
            action_due_on=self.today + timedelta(self.dice.randrange(-9, 9)),
            correction_due_on=self.today + timedelta(5),
            notice_starts_on=self.today, notice_ends_on=self.today + timedelta(7),
        )  # fmt: skip
        self._history(filing, moves)
        self._members(filing)
        if filed:
            self._operation(filing)

    def _end(self, status, starts) -> date | None:
        if status in (Status.TERMINATED, Status.REVOKED):
            return starts + timedelta(self.dice.randrange(1, 29))
        return None

    def _moves(self, status, starts) -> list[tuple]:
        names = [move[1] for move in WAY]
        way = list(WAY[: names.index(status) + 1]) if status in names else list(WAY)
        if status == Status.RETURNED:
            way = [WAY[0], RETURN]
        elif self.dice.random() < 0.3:
            way = [WAY[0], RETURN, *way]
        if status in ENDS:
            way.append((ENDS[status], status))
        day = (starts or self.today) - timedelta(sum(self.dice.randrange(1, 9) for _ in way) + 5)
        found = []
        for action, target in way:
            day += timedelta(self.dice.randrange(0, 5))
            hour = time(self.dice.randrange(0, 24), 30)
            found.append((action, target, timezone.make_aware(datetime.combine(day, hour))))
        return found

    def _history(self, filing, moves) -> None:
        before = Status.DRAFT
        for action, target, at in moves:
            self._event(filing, action, before, target, at)
            # What moves nothing lies between, and counts for nothing.
            self._event(filing, "assigned", target, target, at)
            before = target

    def _event(self, filing, action, before, after, at) -> None:
        self.leaves.append(Event(
            consortium=filing, action=action, actor=self.user, at=at, from_status=before,
            to_status=after,
        ))  # fmt: skip

    def _members(self, filing) -> None:
        others = [unit for unit in self.units if unit != filing.lead_unit]
        for unit in self.dice.sample(others, self.dice.randrange(1, 5)):
            left = self.today - timedelta(9) if self.dice.random() < 0.2 else None
            Member.objects.create(
                consortium=filing, unit=unit, name=unit.name, kind=unit.kind, place=unit.place,
                left_on=left,
            )  # fmt: skip

    def _operation(self, filing) -> None:
        paper = Document.objects.create(
            consortium=filing, kind="supplementary_agreement", file="x.pdf", original_name="x.pdf",
            size=1, pages=1, sha256="0" * 64, uploaded_by=self.user,
        )  # fmt: skip
        for _number in range(self.dice.choice([0, 1, 3, 6])):
            self.leaves.append(Change(
                consortium=filing, kind="mechanism", description="x", reason="x",
                effective_on=self.today - timedelta(self.dice.randrange(1, 450)),
                supplementary_agreement=paper, reported_by=self.user,
                status="reported", reported_at=timezone.now(),
            ))  # fmt: skip
        self._provincial(filing)
        task = KeyTask.objects.create(consortium=filing, title="任务", goal="目标")
        for month in self.dice.sample(range(1, 37), 4):
            Milestone.objects.create(task=task, title=f"{month}", month=month)
        for call in self.calls:
            if self.dice.random() < 0.8:
                self._report(call, filing, task)

    def _provincial(self, filing) -> None:
        for year, standing in zip((2024, 2025, 2026), self._shuffled(), strict=True):
            outcome = self.dice.choice(ProvincialApplication.Outcome.values)
            self.leaves.append(ProvincialApplication(
                consortium=filing, year=year, outcome=outcome, standing=standing,
                decided_on=None if outcome == "applied" else self.today, answer="x",
                checked_at=None if standing == "reported" else timezone.now(),
                reported_by=self.user,
            ))  # fmt: skip

    def _shuffled(self) -> list[str]:
        return self.dice.sample(ProvincialApplication.Standing.values, 3)

    def _report(self, call, filing, task) -> None:
        status = self.dice.choice(ReportStatus.values)
        came = status != ReportStatus.DRAFT
        day = call.due_on + timedelta(self.dice.choice([-9, 0, 2]))
        at = timezone.make_aware(datetime.combine(day, time(23, 30))) if came else None
        report = AnnualReport.objects.create(
            call=call, consortium=filing, status=status, submitted_at=at, first_submitted_at=at,
            **self._figures(),
        )  # fmt: skip
        for milestone in task.milestones.all():
            self.leaves.append(MilestoneProgress(
                report=report, milestone=milestone,
                state=self.dice.choice(MilestoneProgress.State.values),
            ))  # fmt: skip

        units = [(filing.lead_unit, None), *((m.unit, m) for m in filing.members.all())]
        for unit, member in units:
            self.leaves.append(UnitPart(
                report=report, unit=unit, member=member, name=unit.name, kind=unit.kind,
                **{name: self._money() for name in (*SOURCES, *PURPOSES)},
                **{name: self._number() for name in TRAINED},
            ))  # fmt: skip

    def _figures(self) -> dict:
        counts = ("patents_granted", *STANDARDS, "papers", "products", "prizes")
        return {name: self._number() for name in counts} | {"sales": self._money()}

    def _money(self) -> Decimal | None:
        return self.dice.choice([None, Decimal(self.dice.randrange(10**6)) / 100])

    def _number(self) -> int | None:
        return self.dice.choice([None, self.dice.randrange(9)])
