"""What is known of a filing's units from elsewhere, and which filings say the same."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import Unit
from filings import confirmation
from filings.models import Consortium, Milestone
from filings.states import Status
from reviews.models import FilingTrace, UnitTrace
from reviews.neighbours import overlaps_of, units_around
from reviews.traces import catch_up
from tests.factories import (
    ConsortiumFactory,
    DocumentFactory,
    MemberFactory,
    UnitFactory,
    bring_to,
    code_of,
    upheld_case,
)
from tests.people import as_

pytestmark = pytest.mark.django_db
MILESTONE = "完成谐波减速器样机试制并通过验收"


def join(filing, unit) -> None:
    """Put one more member into a complete draft, with its part, its paper and its consent."""
    member = MemberFactory(consortium=filing, unit=unit, order=filing.members.count() + 1)
    member.confirmed_digest = confirmation.digest_of(member)
    member.save()
    filing.tasks.get().members.add(member)
    DocumentFactory(consortium=filing, member=member, kind="licence")


def submitted(unit=None, members=(), milestone="", **fields) -> Consortium:
    filing = ConsortiumFactory(complete=True, lead_unit=unit or UnitFactory(), **fields)
    for other in members:
        join(filing, other)
    if milestone:
        Milestone.objects.filter(task__consortium=filing, month=6).update(title=milestone)
    bring_to(filing, Status.SUBMITTED)
    return filing


def neighbour(filing, unit):
    return next(n for n in units_around(filing.submissions.last()) if n.unit == unit)


def test_a_units_other_consortia_and_earlier_filings_stand_apart():
    unit = UnitFactory()
    running = submitted(unit)
    over = ConsortiumFactory(lead_unit=unit, rejected=True)
    ConsortiumFactory(lead_unit=unit)  # a draft is not the bureau's to see
    found = neighbour(submitted(members=[unit]), unit)
    assert [(p.consortium, p.role) for p in found.places] == [(running, gettext("Lead unit"))]
    assert [p.consortium for p in found.earlier] == [over]
    assert found.role == gettext("Member")
    assert not neighbour(running, unit).records


def test_a_credit_record_is_shown_also_when_it_was_lifted():
    filing = submitted()
    case = upheld_case(ConsortiumFactory(active=True))
    type(case.record).objects.filter(pk=case.record.pk).update(
        unit=filing.lead_unit, lifted_on=timezone.localdate()
    )
    assert neighbour(filing, filing.lead_unit).records == [case.record]


def test_a_unit_of_the_same_code_or_a_like_name_is_pointed_at():
    unit = UnitFactory(name="南京示例星火智能装备有限公司", uscc=code_of(81))
    same = UnitFactory(name="另一个名字研究院", uscc=code_of(81, "12320000"))
    like = UnitFactory(name="江苏示例星火智能设备股份有限公司", uscc=code_of(82))
    UnitFactory(name="南京示例云帆软件有限公司", uscc=code_of(83))
    found = neighbour(submitted(unit), unit)
    assert {twin.unit for twin in found.twins} == {same, like}
    assert found.noteworthy
    like.name = "南京示例远航软件有限公司"
    like.save()
    assert [twin.unit for twin in neighbour(submitted(unit), unit).twins] == [same]


def test_the_same_expert_or_milestone_elsewhere_is_an_overlap():
    filing = submitted(chief_expert="王 样本", milestone=MILESTONE)
    expert = submitted(chief_expert="王样本")
    words = submitted(chief_expert="李样本", milestone="完成谐波减速器样机试制，并通过专家验收")
    submitted(chief_expert="赵样本", milestone="完成减速器产线建设并批量供货")
    found = {o.kind: [other.consortium for other in o.others] for o in overlaps_of(filing)}
    assert found == {
        FilingTrace.Kind.EXPERT.label: [expert],
        FilingTrace.Kind.MILESTONE.label: [words],
    }


def test_what_the_lead_is_typing_is_no_overlap():
    filing = submitted(chief_expert="王样本")
    other = submitted(chief_expert="李样本")
    Consortium.objects.filter(pk=other.pk).update(chief_expert="王样本")
    assert overlaps_of(filing) == []


def test_what_was_written_past_the_models_is_caught_up_with():
    filing = submitted(chief_expert="王样本")
    other = submitted(chief_expert="王样本")
    FilingTrace.objects.all().delete()
    UnitTrace.objects.all().delete()
    assert overlaps_of(filing) == []
    assert catch_up() == Unit.objects.count() + 2
    assert [o.others[0].consortium for o in overlaps_of(filing)] == [other]
    assert catch_up() == 0


def test_the_questions_are_as_many_for_twenty_members_as_for_two():
    counts = []
    submitted(chief_expert="王样本")
    for more in (0, 20):
        units = UnitFactory.create_batch(more)
        filing = submitted(chief_expert="王样本", members=units, milestone=MILESTONE)
        for _number in range(more // 10):
            submitted(chief_expert="王样本", members=units[:3], milestone=MILESTONE)
        with CaptureQueriesContext(connection) as asked:
            assert len(units_around(filing.submissions.last())) == 3 + more
            overlaps_of(filing)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 8


def test_the_page_says_it(reviewer):
    filing = submitted(chief_expert="王样本")
    other = submitted(chief_expert="王样本")
    page = as_(reviewer).get(f"/admin/filings/consortium/{filing.pk}/change/?tab=units")
    assert other.name in page.text
    assert filing.lead_unit.uscc in page.text
