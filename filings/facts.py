"""A consortium as the plain values that the rules look at."""

from datetime import date

from django.db.models import prefetch_related_objects
from django.utils import timezone

from accounts.places import in_nanjing
from filings.eligibility.facts import (
    AgreementFacts,
    ChangeFacts,
    CreditFacts,
    FilingFacts,
    GovernanceFacts,
    LeadFacts,
    MemberFacts,
    MilestoneFacts,
    PaperFacts,
    TaskFacts,
)
from filings.models import Consortium, CreditRecord, DocumentKind, Member
from filings.snapshot import rows


def build(consortium: Consortium, on: date | None = None) -> FilingFacts:
    """Read everything the rules ask for, in a constant number of queries; of a consortium that
    runs, as `filings.as_of` gives it."""
    day = on or timezone.localdate()
    prefetch_related_objects([consortium], *rows())
    members = list(consortium.members.all())
    field = consortium.focus_field
    papers = tuple(
        PaperFacts(kind=paper.kind, member_id=paper.member_id)
        for paper in consortium.documents.all()
        if paper.replaced_at is None
    )
    return FilingFacts(
        name=consortium.name,
        today=day,
        focus_field_code=field.code if field else None,
        focus_field_current=bool(field) and field.is_current_on(day),
        goal_kinds=tuple(consortium.goal_kinds),
        bottleneck=consortium.bottleneck,
        goals=consortium.goals,
        nanjing_strength=consortium.nanjing_strength,
        lead=lead_of(consortium),
        members=tuple(_member(member) for member in members),
        tasks=tuple(_task(task) for task in consortium.tasks.all()),
        governance=GovernanceFacts(
            council_kind=consortium.council_kind,
            chair=consortium.council_chair,
            chair_is_lead_head=consortium.chair_is_lead_head,
            mechanism=consortium.mechanism,
            chief_expert=consortium.chief_expert,
            advisory_committee=consortium.advisory_committee,
            mechanism_innovation=consortium.mechanism_innovation,
        ),
        results_sharing=consortium.results_sharing,
        income_sharing=consortium.income_sharing,
        agreement=AgreementFacts(
            document=any(paper.kind == DocumentKind.AGREEMENT for paper in papers),
            signed_on=consortium.agreement_signed_on,
            lead_signed=consortium.lead_signed,
        ),
        term_months=consortium.term_months,
        credit_records=_credit(consortium, members, day),
        changes=tuple(
            ChangeFacts(
                id=change.pk,
                kind=change.kind,
                effective_on=change.effective_on,
                has_supplementary_agreement=change.supplementary_agreement_id is not None,
                description=change.description,
            )
            for change in (consortium.changes.in_effect() if consortium.is_filed else ())
        ),
        filed_lead_uscc=_lead_as_filed(consortium),
        papers=papers,
    )


def lead_of(consortium: Consortium) -> LeadFacts:
    unit = consortium.lead_unit
    inside = in_nanjing(unit.place)
    return LeadFacts(
        name=unit.name,
        uscc=unit.uscc,
        lead_kind=consortium.lead_kind,
        revenue=consortium.lead_revenue,
        rd_spend=consortium.lead_rd_spend,
        platform_kind=consortium.platform_kind,
        platform_level=consortium.platform_level,
        district=unit.place if inside else "",
        in_nanjing=inside,
        open_sharing=consortium.open_sharing,
        unit_kind=unit.kind,
    )


def _member(member) -> MemberFacts:
    return MemberFacts(
        id=member.pk,
        name=member.name,
        uscc=member.uscc,
        kind=member.kind,
        chain_roles=tuple(member.chain_roles),
        position=member.position_in_chain,
        division_of_work=member.division_of_work,
        capability=member.capability,
        rd_staff=member.rd_staff,
        team=member.team,
        facilities=member.facilities,
        signed=member.signed,
        confirmation=member.confirmation,
    )


def _task(task) -> TaskFacts:
    units = tuple(member.pk for member in task.members.all())
    return TaskFacts(
        id=task.pk,
        title=task.title,
        goal=task.goal,
        budget=task.budget,
        own_funds=task.own_funds,
        unit_ids=(None, *units) if task.led_by_lead else units,
        milestones=tuple(
            MilestoneFacts(id=m.pk, title=m.title, month=m.month) for m in task.milestones.all()
        ),
    )


def _credit(consortium: Consortium, members: list[Member], day: date) -> tuple[CreditFacts, ...]:
    if not getattr(consortium, "credit_flag", True):
        return ()
    units = [consortium.lead_unit_id, *(member.unit_id for member in members)]
    records = CreditRecord.objects.in_force(day).filter(unit_id__in=units)
    return tuple(
        CreditFacts(
            unit_name=record.unit.name,
            uscc=record.unit.uscc,
            valid_from=record.valid_from,
            valid_to=record.valid_to,
            decision_number=record.decision_number,
        )
        for record in records.select_related("unit")
    )


def _lead_as_filed(consortium: Consortium) -> str | None:
    if not consortium.is_filed:
        return None
    last = consortium.submissions.last()
    return last.content["lead"]["uscc"] if last else None
