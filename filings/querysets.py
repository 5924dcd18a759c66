"""Questions that are asked of many consortia at once. Nothing here hides rows by default."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, When
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils import timezone

from accounts.querysets import EDITING
from accounts.roles import is_officer
from filings.change_states import AT_THE_BUREAU, IN_EFFECT, ChangeStatus
from filings.eligibility.facts import ACADEMIC
from filings.states import ANSWER_DUE, EDITABLE, ENDED, FILED, MOVES, RUNS_OUT, Status


def answer_overdue(day: date) -> Q:
    """The filings to which the bureau owes an answer since before `day`."""
    return Q(status__in=ANSWER_DUE, action_due_on__lt=day)


def run_out(status: str, day: date) -> Q:
    """What was left in `status` though its last day is over on `day`."""
    last_day, _afterwards = RUNS_OUT[status]
    return Q(status=status, **{f"{last_day}__lt": day})


class ConsortiumQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What `user` may open: all for the bureau's officers, but no drafts that were never
        submitted; else what its units lead or take part in."""
        if is_officer(user):
            return self.exclude(first_submitted_at__isnull=True)
        return self.filter(
            Q(lead_unit__memberships__user=user) | Q(members__unit__memberships__user=user)
        ).distinct()

    def led_by(self, user):
        """What the people of the lead unit read, in any role."""
        return self.filter(lead_unit__memberships__user=user)

    def edited_by(self, user):
        """Those whose lead unit `user` may act for."""
        return self.filter(
            lead_unit__memberships__user=user, lead_unit__memberships__role__in=EDITING
        )

    def joined_by(self, user):
        """Those in which a unit of `user` is a member, whatever the state."""
        return self.filter(members__unit__memberships__user=user).distinct()

    def present_in(self, user, day: date):
        """Those in which a unit of `user` is a member on `day`."""
        members = self.model._meta.apps.get_model("filings", "Member").objects.present_on(day)
        mine = members.filter(unit__memberships__user=user)
        return self.filter(pk__in=mine.values("consortium"))

    def running_on(self, day: date):
        """Filed, within the term on `day`, and not ended before; needs no worker (clause 5.1)."""
        return self.filter(starts_on__lte=day, ends_on__gte=day).filter(
            Q(status__in=(Status.ACTIVE, Status.EXPIRED))
            | Q(status__in=(Status.TERMINATED, Status.REVOKED), ended_on__gt=day)
        )

    def in_state(self, status: str, day: date):
        """Those whose state on `day` is `status`, also where no sweep has recorded it yet."""
        if status in RUNS_OUT:
            last_day, _afterwards = RUNS_OUT[status]
            return self.filter(status=status, **{f"{last_day}__gte": day})
        found = Q(status=status)
        for before, (_last_day, afterwards) in RUNS_OUT.items():
            if afterwards == status:
                found |= run_out(before, day)
        return self.filter(found)

    def editable_on(self, day: date):
        """Those whose lead unit may edit them on `day`: `Consortium.is_editable` by sets."""
        return self.filter(status__in=EDITABLE).exclude(run_out(Status.RETURNED, day))

    def in_state_then(self, status: str, day: date):
        """Those whose state on `day` of the past was `status`: `Consortium.state_then` by sets."""
        if status == Status.ACTIVE:
            return self.running_on(day)
        if status == Status.EXPIRED:
            return self.filter(status__in=(Status.ACTIVE, Status.EXPIRED), ends_on__lt=day)
        return self.filter(status=status, ended_on__lte=day)

    def at_their_end(self, day: date, days: int):
        """Those whose term ends within `days` or has ended, by the calendar or early."""
        near = Q(status=Status.ACTIVE, ends_on__lte=day + timedelta(days))
        return self.filter(near | Q(status__in=(Status.EXPIRED, Status.TERMINATED)))

    def not_over_on(self, day: date):
        """Those that have not come to their end by `day`, in any of the ways there are."""
        going_on = self.exclude(status__in=ENDED)
        for status in RUNS_OUT:
            going_on = going_on.exclude(run_out(status, day))
        return going_on

    def registered(self):
        """What the public register shows: filed once, whatever came after."""
        return self.filter(status__in=FILED)

    def published(self):
        """Those that had a public notice, running or over; one of no days is none."""
        return self.filter(notice_ends_on__gt=F("notice_starts_on"))

    def noticed_on(self, day: date):
        """Those whose public notice runs on `day`."""
        return self.published().filter(status=Status.PUBLIC_NOTICE, notice_ends_on__gte=day)

    def due_to(self, action: str, day: date):
        """Those for which the calendar takes a move on `day`: a last day that is over, of a term
        (clause 5.1; Civil Code 201, 202) or of the time for correction."""
        (source,) = MOVES[action].sources
        return self.filter(run_out(source, day))

    def ending_between(self, first: date, last: date):
        return self.filter(ends_on__gte=first, ends_on__lte=last)

    def of_unit(self, unit_id: int):
        """Those that the unit leads or is still a member of."""
        members = self.model._meta.get_field("members").related_model.objects
        there = members.current().filter(consortium=OuterRef("pk"), unit=unit_id)
        return self.filter(Q(lead_unit=unit_id) | Exists(there))

    def without_academics(self):
        """Those that have neither a university nor a research institute (any more): in principle
        there is one (clause 3.5)."""
        members = self.model._meta.get_field("members").related_model.objects
        theirs = members.current().filter(consortium=OuterRef("pk"), kind__in=ACADEMIC)
        return self.exclude(Exists(theirs))

    def changed_since(self, day: date, times: int):
        """Those that changed at least `times` times from `day` on (clause 5.3)."""
        changes = self.model._meta.get_field("changes").related_model.objects
        often = changes.in_effect().filter(effective_on__gte=day).order_by().values("consortium")
        often = often.annotate(times=Count("pk")).filter(times__gte=times)
        return self.filter(pk__in=often.values("consortium"))

    def once_taken(self, action: str):
        """Those with which `action` was done at some time."""
        events = self.model._meta.get_field("events").related_model.objects
        return self.filter(Exists(events.filter(consortium=OuterRef("pk"), action=action)))

    def for_rules(self, day: date):
        """What the rules need of the filing itself; `credit_flag` spares most filings a look at
        the credit records of their units."""
        records = self.model._meta.apps.get_model("filings", "CreditRecord").objects
        units = Q(unit=OuterRef("lead_unit")) | Q(
            unit__memberships_in_consortia__consortium=OuterRef("pk")
        )
        flag = Exists(records.in_force(day).filter(units))
        return self.for_list().annotate(credit_flag=flag)

    def for_list(self):
        """All that a row of a list shows, without a query per row."""
        return self.select_related("lead_unit", "focus_field")


class PublicNoticeQuerySet(models.QuerySet):
    def running_on(self, day: date):
        """Those in which there is still something to object to on `day`."""
        entries = self.model._meta.get_field("entries").related_model
        undecided = entries.objects.filter(
            notice=OuterRef("pk"), consortium__status=Status.PUBLIC_NOTICE
        )
        return self.filter(Exists(undecided), ends_on__gte=day)

    def over_on(self, day: date):
        """Those that ended before `day`, by the calendar or since every filing was decided."""
        return self.exclude(pk__in=self.running_on(day).values("pk"))


class MemberQuerySet(models.QuerySet):
    def present_on(self, day: date):
        """Those that are members on `day`: one that joins by a change from its first day on, one
        that leaves until the day before its `left_on` (clause 5.3)."""
        return self.filter(
            Q(joined_by__isnull=True) | Q(joined_on__lte=day),
            Q(left_on__isnull=True) | Q(left_on__gt=day),
        )

    def current(self):
        """Those that are members today."""
        return self.present_on(timezone.localdate())

    def waiting_for(self, day: date):
        """Those that were asked to confirm and have not answered, while it can be answered."""
        filings = self.model._meta.get_field("consortium").related_model.objects.editable_on(day)
        return self.filter(
            Q(consortium__in=filings.values("pk"), joined_by__isnull=True)
            | Q(joined_by__status=ChangeStatus.AWAITING),
            confirmation="pending",
            invited_at__isnull=False,
        )

    def edited_by(self, user):
        """Those that `user` may answer for."""
        return self.filter(unit__memberships__user=user, unit__memberships__role__in=EDITING)


class ChangeQuerySet(models.QuerySet):
    def in_effect(self):
        """Those that count from their day on: reported, noted or not, and not returned since."""
        return self.filter(status__in=IN_EFFECT)

    def to_note(self):
        """Those that wait for the bureau."""
        return self.filter(status=ChangeStatus.REPORTED)

    def read_by(self, user, consortium):
        """What `user` reads of the changes of a consortium it may open: all for the lead unit's
        people, for members from the moment they are asked, for the bureau what was reported."""
        mine = self.filter(consortium=consortium)
        if is_officer(user):
            return mine.filter(status__in=AT_THE_BUREAU)
        if consortium.lead_unit.memberships.filter(user=user).exists():
            return mine
        return mine.exclude(status__in=(ChangeStatus.DRAFT, ChangeStatus.DROPPED))


class MilestoneQuerySet(models.QuerySet):
    def past_on(self, day: date):
        """Those whose month of the term is over on `day`: its last day (`term.last_day`) is past.

        A month whose last day falls into that of `day` is over when the term began on an earlier
        day of the month; where the month is too short for that day it is not over within it.
        """
        began = F("task__consortium__starts_on")
        months = day.year * 12 + day.month - ExtractYear(began) * 12 - ExtractMonth(began)
        unfinished = Case(When(task__consortium__starts_on__day__lt=day.day, then=0), default=1)
        return self.filter(
            task__consortium__starts_on__isnull=False, month__lte=months - unfinished
        )


class CreditRecordQuerySet(models.QuerySet):
    def in_force(self, day: date):
        """Records that block new filings on `day` (clause 5.3)."""
        return self.filter(valid_from__lte=day, lifted_on__isnull=True).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )


class ChangeDutyQuerySet(models.QuerySet):
    def open(self, day: date | None = None):
        """What is still asked for, of consortia that run on `day` (today by default): of others
        nothing can change."""
        return self.filter(
            change__isnull=True,
            closed_at__isnull=True,
            consortium__status=Status.ACTIVE,
            consortium__ends_on__gte=day or timezone.localdate(),
        )

    def overdue(self, day: date):
        return self.open(day).filter(due_on__lt=day)

    def edited_by(self, user):
        """Those of consortia whose lead unit `user` may act for."""
        return self.filter(
            consortium__lead_unit__memberships__user=user,
            consortium__lead_unit__memberships__role__in=EDITING,
        )
