"""Every deadline as data: what is due, by the end of which day, and who owes it.

One function for each kind says where its day comes from. What a person owes, what waits at the
bureau, who is reminded and what stands in a calendar is read from them. Each room has its own
`deadlines`; the roof puts them together. A day ends at its end, 24:00 in Shanghai.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.roles import LABELS, Role
from filings.models import Change, ChangeDuty, ChangeKind, Consortium, Member, Policy
from filings.states import Status
from filings.workdays import add_workdays, workdays_left

CHUNK = 1000


class Kind(TextChoices):
    """What is due, in words that stand before the name of what it is about."""

    CORRECTION = "correction", _("Correction due")
    MEMBER_CHANGE = "member_change", _("Member to be replaced")
    CONFIRMATION = "confirmation", _("Part to be confirmed")
    NOTICE_END = "notice_end", _("Public notice ends")
    EXPIRY = "expiry", _("Term ends")
    REPORT = "report", _("Yearly report due")
    REPORT_CORRECTION = "report_correction", _("Correction of the yearly report due")
    SUPPORT_COMPLETION = "support_completion", _("Completion of a request for support due")
    STATEMENT = "statement", _("Statement in a credit case due")
    INTAKE = "intake", _("Completeness to be checked")
    REVIEW = "review", _("Review due")
    DECISION = "decision", _("Decision on the recommendation due")
    FILING = "filing", _("Decision after the public notice due")
    OBJECTION = "objection", _("Answer to an objection due")
    CHANGE_NOTE = "change_note", _("Change to be noted")
    PROPOSAL = "proposal", _("Credit case to be put up for decision")
    CASE_DECISION = "case_decision", _("Decision of a credit case due")
    REPORT_REVIEW = "report_review", _("Yearly report to be examined")
    EXPERT_SCORES = "expert_scores", _("Scores of an expert due")


# Clauses 5.1 and 5.2 set these; all other periods are counted in working days.
IN_DAYS = (Kind.EXPIRY, Kind.REPORT)
# They come by themselves: nobody has to do anything for them.
BY_ITSELF = (Kind.NOTICE_END, Kind.EXPIRY)
# The field that holds the day of what a filing's state sets or lets come.
_OF_LEAD = {
    Kind.CORRECTION: "correction_due_on",
    Kind.NOTICE_END: "notice_ends_on",
    Kind.EXPIRY: "ends_on",
}
# The field that holds the day of a filing, by its state.
_DAYS = {
    Status.SUBMITTED: "action_due_on",
    Status.UNDER_REVIEW: "action_due_on",
    Status.RECOMMENDED: "action_due_on",
    Status.RETURNED: "correction_due_on",
    Status.PUBLIC_NOTICE: "notice_ends_on",
}


def due_day(consortium: Consortium) -> date | None:
    """The day that counts in the procedure: the bureau's, the lead unit's, or the notice's last."""
    name = _DAYS.get(consortium.state)
    return getattr(consortium, name) if name else None


@dataclass(frozen=True, slots=True)
class Deadline:
    """One thing that is due by the end of `day`; None where no day is set.

    Those who owe it: the people of `units`, or of the bureau whoever has it (`people`), or the
    officers of `roles` but for those in `barred`, whom the two-person rule keeps from it. `row` is
    what it was read from.
    """

    kind: Kind
    pk: int
    subject: str
    day: date | None
    url: str
    owed_by: str = ""
    units: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    barred: tuple[int | None, ...] = ()
    row: Any = field(default=None, compare=False, repr=False)

    @property
    def key(self) -> str:
        """What it is known by wherever it is shown again, whatever becomes of its day."""
        return f"{self.kind.value}-{self.pk}"

    @property
    def label(self) -> str:
        return self.kind.label

    @property
    def by_itself(self) -> bool:
        return self.kind in BY_ITSELF

    def left(self, today: date) -> int:
        """The days until its day is over, in working days where it is counted in them."""
        if self.kind in IN_DAYS:
            return (self.day - today).days
        return workdays_left(today, self.day)


def in_order(deadlines: Iterable[Deadline]) -> list[Deadline]:
    """What is due first comes first; what has no day comes last."""
    return sorted(deadlines, key=lambda found: (found.day is None, found.day or date.max))


def of_lead(kind: Kind, consortium: Consortium, url: str = "") -> Deadline:
    """What the state of a filing sets its lead unit, or lets come by itself."""
    return Deadline(
        kind,
        consortium.pk,
        consortium.name,
        getattr(consortium, _OF_LEAD[kind]),
        url or consortium.get_absolute_url(),
        "" if kind in BY_ITSELF else consortium.lead_unit.name,
        units=(consortium.lead_unit_id,),
        row=consortium,
    )


def _stream(rows: QuerySet, *order: str) -> Iterator:
    return rows.order_by(*order, "pk").iterator(chunk_size=CHUNK)


def corrections(consortia: QuerySet[Consortium], today: date) -> Iterator[Deadline]:
    """What was returned is submitted again by then, or lapses."""
    returned = consortia.in_state(Status.RETURNED, today).select_related("lead_unit")
    for consortium in _stream(returned, "correction_due_on"):
        yield of_lead(Kind.CORRECTION, consortium, reverse("filings:check", args=[consortium.pk]))


def notice_ends(consortia: QuerySet[Consortium], today: date) -> Iterator[Deadline]:
    """Until then anybody may object."""
    for consortium in _stream(consortia.noticed_on(today).select_related("lead_unit"), "pk"):
        yield of_lead(Kind.NOTICE_END, consortium)


def expiries(consortia: QuerySet[Consortium], today: date) -> Iterator[Deadline]:
    """The last day of the term, after which the filing has ended (clause 5.1)."""
    running = consortia.in_state(Status.ACTIVE, today).select_related("lead_unit")
    for consortium in _stream(running, "ends_on"):
        yield of_lead(Kind.EXPIRY, consortium)


def member_changes(duties: QuerySet[ChangeDuty], today: date) -> Iterator[Deadline]:
    """What records against members ask of the running consortia they are in (clause 5.3)."""
    asked = duties.open(today).select_related("member", "consortium__lead_unit")
    for duty in _stream(asked, "due_on"):
        consortium = duty.consortium
        where = reverse("filings:change_add", args=[consortium.pk])
        about = {"kind": ChangeKind.LEAVE.value, "member": duty.member_id}
        yield Deadline(
            Kind.MEMBER_CHANGE,
            duty.pk,
            consortium.name,
            duty.due_on,
            f"{where}?{urlencode(about)}",
            consortium.lead_unit.name,
            units=(consortium.lead_unit_id,),
            row=duty,
        )


def note_due_on(change: Change, policy: Policy) -> date:
    """By when the bureau takes note of a reported change, or says what is to be mended."""
    return add_workdays(timezone.localdate(change.reported_at), policy.change_note_days)


def changes_to_note(changes: QuerySet[Change], policy: Policy) -> Iterator[Deadline]:
    """What was reported waits for the bureau; it holds from its day all the same (clause 5.3)."""
    for change in _stream(changes.to_note().select_related("consortium__lead_unit"), "reported_at"):
        yield Deadline(
            Kind.CHANGE_NOTE,
            change.pk,
            change.consortium.name,
            note_due_on(change, policy),
            reverse("admin:filings_change_change", args=[change.pk]),
            LABELS[Role.REVIEWER],
            roles=(Role.REVIEWER,),
            row=change,
        )


def confirmations(members: QuerySet[Member], today: date) -> Iterator[Deadline]:
    """Members that were asked to confirm their part (clause 3.2). Its day is the lead's, while the
    filing is being corrected; before it was ever submitted there is none."""
    asked = members.waiting_for(today).select_related("consortium__lead_unit")
    for member in _stream(asked):
        yield Deadline(
            Kind.CONFIRMATION,
            member.pk,
            member.consortium.name,
            due_day(member.consortium),
            reverse("filings:confirm", args=[member.token]),
            member.name,
            units=(member.unit_id,),
            row=member,
        )


def of_units(units, today: date) -> Iterator[Deadline]:
    """What these units owe, and what ends for them."""
    led = Consortium.objects.filter(lead_unit__in=units)
    yield from _of(led, Member.objects.filter(unit__in=units), today)


def of_consortium(consortium_id: int, today: date) -> Iterator[Deadline]:
    led = Consortium.objects.filter(pk=consortium_id)
    yield from _of(led, Member.objects.filter(consortium=consortium_id), today)


def _of(led: QuerySet[Consortium], members: QuerySet[Member], today: date) -> Iterator[Deadline]:
    yield from corrections(led, today)
    yield from notice_ends(led, today)
    yield from expiries(led, today)
    yield from member_changes(ChangeDuty.objects.filter(consortium__in=led), today)
    yield from confirmations(members, today)
