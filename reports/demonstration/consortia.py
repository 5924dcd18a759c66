"""Consortia in every state, with members, tasks, documents, submissions and their history."""

import hashlib
import itertools
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import prefetch_related_objects
from django.utils import timezone

from filings import confirmation, numbering, search, snapshot
from filings.assessment import findings_of
from filings.eligibility.rules.attachments import LEAD, asked_of
from filings.models import (
    Comment,
    Consortium,
    Document,
    DocumentKind,
    Event,
    FilingCounter,
    FocusField,
    KeyTask,
    Member,
    Milestone,
    Policy,
    Submission,
)
from filings.papers import asked_of_member
from filings.pdf import render
from filings.states import FILED, Action, Status
from filings.term import last_day
from filings.workdays import add_workdays
from reports.demonstration import checklists, papers
from reports.demonstration.script import (
    ACTORS,
    PATHS,
    REASONS,
    ROUND,
    SPACING,
    STATUS_AFTER,
    SUBJECTS,
    TEXT,
)


class Builder:
    """Builds `count` consortia over `units`; `people` are the accounts of the tour."""

    def __init__(self, units, people, rng, today: date):
        self.units, self.people, self.rng, self.today = units, people, rng, today
        self.fields = list(FocusField.objects.all())
        self.policy = Policy.objects.in_force(today)
        self.firms = [u for u in units if u.kind in ("enterprise", "platform")]
        self.schools = [u for u in units if u.kind in ("university", "institute")]
        self.file, self.size, self.sha256 = _agreement()
        self.serials: Counter[int] = Counter()
        self.letter_serials: Counter[int] = Counter()

    def build(self, count: int, batch: int = 500) -> None:
        plans = [self._plan(n) for n in range(count)]
        # Numbers follow the order of filing, as a year's numbers do.
        for plan in sorted((p for p in plans if p["starts_on"]), key=lambda p: p["starts_on"]):
            self.serials[plan["starts_on"].year] += 1
            plan["serial"] = self.serials[plan["starts_on"].year]
        for start in range(0, count, batch):
            self._store(plans[start : start + batch])
        FilingCounter.objects.bulk_create(
            FilingCounter(year=year, last=last) for year, last in self.serials.items()
        )
        papers.close(self.letter_serials)

    def _plan(self, number: int) -> dict:
        status = ROUND[number % len(ROUND)]
        lead = self.firms[number % len(self.firms)] if number % 5 else self.firms[0]
        starts_on = self._first_day(number, status) if status in FILED else None
        return {"number": number, "status": status, "lead": lead, "starts_on": starts_on}

    def _first_day(self, number: int, status: str) -> date:
        if status == "expired":
            return self.today - timedelta(days=1150 + self.rng.randrange(200))
        if number in (1, 5):  # one that ends in thirty days, and one of the tour's lead unit
            ends_on = last_day(self.today, 1 if number == 1 else 2)
            return ends_on.replace(year=ends_on.year - 3, day=min(ends_on.day, 28))
        return self.today - timedelta(days=60 + self.rng.randrange(900))

    def _store(self, plans: list[dict]) -> None:
        rows = Consortium.objects.bulk_create([self._consortium(plan) for plan in plans])
        self._rows_of(rows)
        prefetch_related_objects(rows, *snapshot.rows())
        submitted = [c for c in rows if c.first_submitted_at]
        Submission.objects.bulk_create([self._submission(c) for c in submitted])
        search.index([c.pk for c in submitted])
        Event.objects.bulk_create(itertools.chain.from_iterable(self._events(c) for c in rows))
        self._afterwards(rows)
        checklists.answer(rows, self.policy, self.people)
        papers.publish(rows, self.people["decider"])
        papers.write(rows, self.policy, self.letter_serials)

    def _consortium(self, plan: dict) -> Consortium:
        rng, number, status = self.rng, plan["number"], plan["status"]
        subject = SUBJECTS[number % len(SUBJECTS)]
        text = TEXT.format(subject=subject)
        revenue = Decimal(rng.randrange(200_000, 80_000_000)) / 100
        extra = f"（第{number // len(SUBJECTS) + 1}期）" if number >= len(SUBJECTS) else ""
        consortium = Consortium(
            name=f"{subject}关键技术创新联合体{extra}", lead_unit=plan["lead"], status=status,
            created_by=self.people["lead"], lead_kind="leading_enterprise", lead_revenue=revenue,
            lead_rd_spend=(revenue * rng.randrange(30, 150) / 1000).quantize(Decimal("0.01")),
            standing=text, open_sharing=text, focus_field=rng.choice(self.fields),
            goal_kinds=["bottleneck"], bottleneck=text, goals=text, nanjing_strength=text,
            council_kind="council", council_chair="甲示例", chair_is_lead_head=True, mechanism=text,
            mechanism_innovation=text if number % 3 else "", chief_expert="丙样本",
            chief_expert_post="示例江东理工大学 教授", advisory_committee=text if number % 2 else "",
            results_sharing=text, income_sharing=text, lead_signed=True,
            agreement_signed_on=self.today - timedelta(days=1500),
            created_at=_at(self.today - timedelta(days=5), 9),
        )  # fmt: skip
        if status == "draft" and number > 20:
            consortium.bottleneck = consortium.income_sharing = ""
            consortium.lead_rd_spend = None
        self._dates(consortium, plan)
        return consortium

    def _dates(self, c: Consortium, plan: dict) -> None:
        path = PATHS[c.status]
        last = plan["starts_on"] or self.today - timedelta(days=2)
        days = {}
        day = last
        upto = path[: path.index("file") + 1] if "file" in path else path
        for action in reversed(upto):
            days[action] = day
            day = add_workdays(day - timedelta(days=2 * SPACING.get(action, 1)), 1)
        c.demo_days = days
        if "submit" in days:
            c.submitted_at = c.first_submitted_at = _at(days["submit"], 10)
            c.created_at = _at(days["submit"] - timedelta(days=20), 9)
            c.action_due_on = add_workdays(max(days.values()), 5)
        if "return" in days:
            c.correction_due_on = add_workdays(days["return"], self.policy.correction_days)
            if c.status == "lapsed":
                c.correction_due_on = days["lapse"] - timedelta(days=1)
            c.action_due_on = None
        if "recommend" in days:
            c.recommended_by = self.people["reviewer"]
        if "publish" in days or "reject" in days:
            c.decided_by, c.action_due_on = self.people["decider"], None
        if "publish" in days:
            c.notice_starts_on = days["publish"]
            c.notice_ends_on = add_workdays(days["publish"], self.policy.public_notice_days)
        if plan["starts_on"]:
            c.starts_on, c.ends_on = plan["starts_on"], last_day(plan["starts_on"], 36)
            c.filing_year, c.filing_serial = c.starts_on.year, plan["serial"]
            c.filing_number = numbering.written(c.filing_year, c.filing_serial)
            c.verification_code = hashlib.sha256(f"demo{plan['number']}".encode()).hexdigest()[:16]
            self._end(c)

    def _end(self, c: Consortium) -> None:
        if c.status == "expired":
            c.ended_on, c.demo_days["expire"] = c.ends_on, c.ends_on + timedelta(days=1)
        elif c.status in ("terminated", "revoked"):
            c.ended_on = self.today - timedelta(days=20)
            c.demo_days["terminate" if c.status == "terminated" else "revoke"] = c.ended_on
            c.closing_reason = "completed" if c.status == "terminated" else ""

    def _rows_of(self, rows: list[Consortium]) -> None:
        members, tasks, milestones, documents = [], [], [], []
        for c in rows:
            members += self._members(c)
            tasks += [
                KeyTask(
                    consortium=c, title=f"{c.name[:12]}攻关任务{n}", goal=c.goals,
                    budget=Decimal(self.rng.randrange(500, 6000)), own_funds=Decimal(400), order=n,
                )
                for n in range(1, self.rng.randrange(2, 5))
            ]  # fmt: skip
            documents.append(
                Document(
                    consortium=c, kind="agreement", file=self.file, original_name="组建协议.pdf",
                    size=self.size, pages=1, sha256=self.sha256, uploaded_by=self.people["lead"],
                )
            )  # fmt: skip
        members = Member.objects.bulk_create(members, batch_size=1000)
        documents += self._papers(rows, members)
        tasks = KeyTask.objects.bulk_create(tasks, batch_size=1000)
        by_consortium: dict[int, list[Member]] = {}
        for member in members:
            by_consortium.setdefault(member.consortium_id, []).append(member)
        for task in tasks:
            milestones += [
                Milestone(task=task, title=title, month=month)
                for title, month in (
                    ("完成方案与样机设计", 6),
                    ("完成样机试制", 18),
                    ("完成产线验证", 36),
                )
            ]
        Milestone.objects.bulk_create(milestones, batch_size=1000)
        KeyTask.members.through.objects.bulk_create(
            [
                KeyTask.members.through(keytask=task, member=member)
                for task in tasks
                for member in by_consortium[task.consortium_id]
            ],
            batch_size=1000,
        )
        Document.objects.bulk_create(documents, batch_size=1000)

    def _papers(self, rows: list[Consortium], members: list[Member]) -> Iterator[Document]:
        """What the policy asks of each unit, all of it the same demonstration sheet."""
        asked = [(c, None, asked_of(self.policy.papers, LEAD, c.lead_unit.kind)) for c in rows]
        asked += [(m.consortium, m, asked_of_member(m, self.policy)) for m in members]
        for consortium, member, kinds in asked:
            for kind in kinds:
                yield Document(
                    consortium=consortium, member=member, kind=kind, file=self.file,
                    original_name=f"{DocumentKind(kind).label}.pdf", size=self.size, pages=1,
                    sha256=self.sha256, uploaded_by=self.people["lead"],
                )  # fmt: skip

    def _members(self, c: Consortium) -> list[Member]:
        firms = [
            u for u in self.rng.sample(self.firms, self.rng.randrange(2, 6)) if u != c.lead_unit
        ]
        schools = self.rng.sample(self.schools, self.rng.randrange(1, 3))
        waiting = c.status == "draft"
        members = []
        for order, unit in enumerate(dict.fromkeys([*firms, self.units[2], *schools])):
            firm = unit.kind in ("enterprise", "platform")
            member = Member(
                consortium=c, unit=unit, name=unit.name, kind=unit.kind, place=unit.place,
                chain_roles=["production", "application"] if firm else ["learning", "research"],
                position_in_chain="核心部件配套" if firm else "关键技术研究",
                division_of_work=c.goals, capability=c.goals if firm else "",
                rd_staff=self.rng.randrange(10, 300), team="" if firm else c.goals,
                facilities="" if firm else c.goals, contact_name="丙样本",
                contact_email="contact@example.com", signed=True, order=order,
                confirmation="pending" if waiting and unit == self.units[2] else "confirmed",
                invited_at=timezone.now(), answered_by=self.people["member"],
            )  # fmt: skip
            member.confirmed_digest = confirmation.digest_of(member)
            members.append(member)
        return members

    def _submission(self, c: Consortium) -> Submission:
        content = snapshot.take(c)
        day = c.demo_days["submit"]
        return Submission(
            consortium=c, number=1, submitted_by=self.people["lead"], submitted_at=c.submitted_at,
            signed_name=self.people["lead"].full_name,
            policy=self.policy, content=content, digest=snapshot.digest(content),
            findings=[f.as_dict() for f in findings_of(c, policy=self.policy, on=day)],
        )  # fmt: skip

    def _events(self, c: Consortium):
        before = Status.DRAFT.value
        for action in PATHS[c.status]:
            after = STATUS_AFTER[action]
            actor = self.people[ACTORS[action]] if action in ACTORS else None
            yield Event(
                consortium=c, action=action, actor=actor, at=_at(c.demo_days[action], 15),
                from_status=before, to_status=after, reason=REASONS.get(action, ""),
                data={"clause": papers.GROUNDS} if action == Action.REJECT else {},
            )  # fmt: skip
            before = after

    def _afterwards(self, rows: list[Consortium]) -> None:
        returned = [c for c in rows if c.status in ("returned", "lapsed")]
        firsts = {s.consortium_id: s for s in Submission.objects.filter(consortium__in=returned)}
        Comment.objects.bulk_create(
            Comment(
                consortium=c, submission=firsts[c.pk], section=section, field=field, text=text,
                author=self.people["intake"], sent_at=_at(c.demo_days["return"], 15),
            )
            for c in returned
            for section, field, text in (
                ("focus", "goals", "请补充可考核的量化指标。"),
                ("sharing", "income_sharing", "请写明收益分配的比例或原则。"),
            )
        )  # fmt: skip
        for c in [c for c in rows if c.status == "public_notice"][:1]:
            text = "认为其技术路线与在先项目重复，请核实。"
            c.objections.create(objector="某示例企业", contact="示例", text=text)


def _agreement() -> tuple[str, int, str]:
    data = render("sheets/agreement.html", {})
    name = default_storage.save("documents/demonstration-agreement.pdf", ContentFile(data))
    return name, len(data), hashlib.sha256(data).hexdigest()


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
