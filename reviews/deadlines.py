"""What is due at the bureau's desk, and what it asks of units: answers, decisions, statements.

Where a filing keeps no day of its own, the day follows from the moment the matter came up and the
working days that the policy in force gives for it.
"""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.roles import LABELS, Role, has_role
from filings.deadlines import CHUNK, Deadline, Kind, changes_to_note, due_day
from filings.models import Change, Consortium, CreditCase, Objection, Policy
from filings.states import ANSWER_DUE, STAGES, Status
from filings.workdays import add_workdays
from reviews.models import ExpertInvitation
from reviews.queue import waiting_for
from reviews.sharing import holder_of

# So many of a kind are shown to an officer, whose queue may be long; the queue itself has all.
MOST = 100
_ANSWERS = {
    Status.SUBMITTED: Kind.INTAKE,
    Status.UNDER_REVIEW: Kind.REVIEW,
    Status.RECOMMENDED: Kind.DECISION,
}


def statements(cases: QuerySet[CreditCase]) -> Iterator[Deadline]:
    """The unit's side of an open case, until it is stated or the time is over (clause 5.3)."""
    open_cases = cases.filter(
        outcome=CreditCase.Outcome.OPEN, stated_at__isnull=True, proposed_at__isnull=True
    )
    rows = open_cases.select_related("unit", "consortium").order_by("statement_due_on", "pk")
    for case in rows.iterator(chunk_size=CHUNK):
        yield Deadline(
            Kind.STATEMENT,
            case.pk,
            case.consortium.name,
            case.statement_due_on,
            reverse("reviews:case", args=[case.pk]),
            case.unit.name,
            units=(case.unit_id,),
            row=case,
        )


def answers(consortia: QuerySet[Consortium]) -> Iterator[Deadline]:
    """The bureau's next step on a filing: of whoever has it, else of the officers of its stage."""
    waiting = consortia.filter(status__in=ANSWER_DUE, action_due_on__isnull=False)
    for consortium in _filings(waiting, "action_due_on"):
        yield _at_the_desk(_ANSWERS[Status(consortium.status)], consortium, due_day(consortium))


def decisions(consortia: QuerySet[Consortium], policy: Policy, today: date) -> Iterator[Deadline]:
    """What is to be filed or rejected once its notice is over."""
    skipped = Q(notice_ends_on=F("notice_starts_on"))
    over = consortia.filter(Q(notice_ends_on__lt=today) | skipped, status=Status.PUBLIC_NOTICE)
    for consortium in _filings(over, "notice_ends_on"):
        day = add_workdays(due_day(consortium), policy.decision_days)
        yield _at_the_desk(Kind.FILING, consortium, day)


def _filings(consortia: QuerySet[Consortium], *order: str) -> Iterator[Consortium]:
    rows = consortia.select_related("lead_unit").prefetch_related("assignments")
    return rows.order_by(*order, "pk").iterator(chunk_size=CHUNK)


def _at_the_desk(kind: Kind, consortium: Consortium, day: date) -> Deadline:
    role, holder = STAGES[Status(consortium.status)], holder_of(consortium)
    return Deadline(
        kind,
        consortium.pk,
        consortium.name,
        day,
        reverse("admin:filings_consortium_change", args=[consortium.pk]),
        LABELS[role],
        roles=(role,),
        people=(holder.officer_id,) if holder else (),
        barred=(consortium.recommended_by_id,) if role == Role.DECIDER else (),
        row=consortium,
    )


def objections(rows: QuerySet[Objection], policy: Policy) -> Iterator[Deadline]:
    """Each is answered before the filing is decided on."""
    unanswered = rows.filter(closed_at__isnull=True).select_related("consortium__lead_unit")
    for objection in unanswered.order_by("received_at", "pk").iterator(chunk_size=CHUNK):
        came = timezone.localdate(objection.received_at)
        yield Deadline(
            Kind.OBJECTION,
            objection.pk,
            objection.consortium.name,
            add_workdays(came, policy.objection_days),
            reverse("admin:filings_objection_change", args=[objection.pk]),
            LABELS[Role.DECIDER],
            roles=(Role.DECIDER,),
            barred=(objection.consortium.recommended_by_id,),
            row=objection,
        )


def case_steps(cases: QuerySet[CreditCase], policy: Policy, today: date) -> Iterator[Deadline]:
    """The bureau's step in a case: put up once the unit has stated its side or its time is over,
    then decided by another person."""
    ready = Q(stated_at__isnull=False) | Q(statement_due_on__lt=today)
    waiting = cases.filter(Q(proposed_at__isnull=False) | ready, outcome=CreditCase.Outcome.OPEN)
    rows = waiting.select_related("unit", "consortium").order_by("pk")
    for case in rows.iterator(chunk_size=CHUNK):
        proposed = case.proposed_at is not None
        role = Role.DECIDER if proposed else Role.REVIEWER
        yield Deadline(
            Kind.CASE_DECISION if proposed else Kind.PROPOSAL,
            case.pk,
            f"{case.unit.name} · {case.consortium.name}",
            add_workdays(_turned_up(case), policy.case_days),
            reverse("admin:filings_creditcase_change", args=[case.pk]),
            LABELS[role],
            roles=(role,),
            barred=(case.proposed_by_id,) if proposed else (),
            row=case,
        )


def _turned_up(case: CreditCase) -> date:
    """The day from which the bureau's step counts."""
    moment = case.proposed_at or case.stated_at
    return timezone.localdate(moment) if moment else case.statement_due_on


def expert_scores(invitations: QuerySet[ExpertInvitation]) -> Iterator[Deadline]:
    """The day on which an expert's link ends; the officer who asked hears of it."""
    waiting = invitations.filter(
        submitted_at__isnull=True,
        withdrawn_at__isnull=True,
        conflict="",
        round__closed_at__isnull=True,
        round__consortium__status=Status.UNDER_REVIEW,
    )
    rows = waiting.select_related("expert", "round__consortium").order_by("expires_on", "pk")
    for invitation in rows.iterator(chunk_size=CHUNK):
        yield Deadline(
            Kind.EXPERT_SCORES,
            invitation.pk,
            invitation.round.consortium.name,
            invitation.expires_on,
            reverse("admin:reviews_expertround_change", args=[invitation.round_id]),
            str(invitation.expert),
            roles=(Role.REVIEWER,),
            people=(invitation.round.opened_by_id,),
            row=invitation,
        )


def of_units(units, today: date) -> Iterator[Deadline]:
    """What open cases ask of these units."""
    return statements(CreditCase.objects.filter(unit__in=units))


def of_consortium(consortium_id: int, today: date) -> Iterator[Deadline]:
    """What waits at the bureau for one filing, and what its cases ask of units."""
    policy, filing = Policy.objects.in_force(today), Consortium.objects.filter(pk=consortium_id)
    cases = CreditCase.objects.filter(consortium=consortium_id)
    yield from answers(filing)
    yield from decisions(filing, policy, today)
    yield from objections(Objection.objects.filter(consortium=consortium_id), policy)
    yield from changes_to_note(Change.objects.filter(consortium=consortium_id), policy)
    yield from statements(cases)
    yield from case_steps(cases, policy, today)
    yield from expert_scores(ExpertInvitation.objects.filter(round__consortium=consortium_id))


def of_officer(user, today: date) -> Iterator[Deadline]:
    """What waits for this person: what nobody else has, and nothing that it may not decide."""
    policy = Policy.objects.in_force(today)
    mine = Consortium.objects.visible_to(user).filter(waiting_for(user, today))
    yield from islice(answers(mine), MOST)
    yield from islice(decisions(mine, policy, today), MOST)
    if has_role(user, Role.DECIDER):
        foreign = Objection.objects.exclude(consortium__recommended_by=user)
        yield from islice(objections(foreign, policy), MOST)
    turns = Q(pk__in=[])
    if has_role(user, Role.REVIEWER):
        yield from islice(changes_to_note(Change.objects.all(), policy), MOST)
        turns |= Q(proposed_at__isnull=True)
    if has_role(user, Role.DECIDER):
        turns |= Q(proposed_at__isnull=False) & ~Q(proposed_by=user)
    yield from islice(case_steps(CreditCase.objects.filter(turns), policy, today), MOST)
    yield from expert_scores(ExpertInvitation.objects.filter(round__opened_by=user))
