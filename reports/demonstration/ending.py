"""Consortia at the end of their term: one that writes its closing summary, one that handed it in
and was granted by the province, one that applies anew."""

from datetime import date, timedelta

from django.utils import timezone

from filings import provincial
from filings.closing import writing
from filings.closing.content import take, with_rows
from filings.exchange import copying
from filings.kept import row_field
from filings.models import ClosingResult, ClosingSubmission, ClosingSummary, Consortium
from filings.snapshot import digest

REACHED = (
    "备案时提出的关键技术攻关目标基本完成：核心部件样机通过第三方检测，两条示范产线稳定运行，"
    "形成自主可控的设计、工艺与检测方法。"
)
OUTPUTS = "成果已在本市三家整机企业应用，形成企业标准两项，成员单位按协议分享收益。"
LESSONS = "量产验证较计划晚两个月，原因是关键设备到货延迟；今后将提前锁定设备供应。"
CONTINUES = "成员单位继续共用中试平台，并拟在现有基础上重新申报备案。"
PROOF = "验收意见、检测报告及用户使用证明。"


def build_endings(people, today: date) -> None:
    """The lead of the tour sees its own consortium near the end; another has ended long ago."""
    lead = people["lead"]
    near = Consortium.objects.edited_by(lead).running_on(today).order_by("ends_on", "pk").first()
    if near is not None and (near.ends_on - today).days <= 90:
        summary = writing.begin(near, user=lead)
        fields = {"reached": REACHED, "outputs": OUTPUTS}
        first = with_rows(summary).results.all()[0]
        fields[row_field("results", first.pk, "state")] = ClosingResult.State.REACHED
        fields[row_field("results", first.pk, "evidence")] = PROOF
        writing.save(near.pk, user=lead, fields=fields)
        said = {"year": today.year, "outcome": "applied", "decided_on": None}
        provincial.report(near, user=lead, said=said | {"title": "", "number": ""})
        copying.renew(near, user=lead)
    ended = Consortium.objects.filter(status="expired").order_by("pk").first()
    if ended is not None:
        _handed_in(ended, lead)
        _granted(ended, people["reviewer"])


def _handed_in(consortium: Consortium, person) -> None:
    """As its lead unit would have done it, which in the demonstration has no accounts."""
    summary = ClosingSummary.objects.create(
        consortium=consortium, reached=REACHED, outputs=OUTPUTS, lessons=LESSONS,
        continuation=CONTINUES, patents=12, standards=2, papers=9, products=3, income=860,
        saved_by=person,
    )  # fmt: skip
    done = {"summary": summary, "state": ClosingResult.State.REACHED, "evidence": PROOF}
    for task in consortium.tasks.prefetch_related("milestones"):
        ClosingResult.objects.bulk_create(
            ClosingResult(task=task, milestone=milestone, **done)
            for milestone in (None, *task.milestones.all())
        )
    late = summary.results.filter(milestone__isnull=False).order_by("milestone__month").last()
    late.state, late.evidence = ClosingResult.State.PARTLY, LESSONS
    late.save()
    content = take(summary)
    ClosingSubmission.objects.create(
        summary=summary, number=1, content=content, digest=digest(content),
        signed_name=person.full_name, submitted_by=person,
    )  # fmt: skip
    summary.submitted_at = timezone.now()
    summary.save()


def _granted(consortium: Consortium, officer) -> None:
    decided = consortium.ends_on - timedelta(days=200)
    said = {
        "year": decided.year,
        "outcome": "granted",
        "decided_on": decided,
        "title": f"江苏省{consortium.name}",
        "number": f"演示苏科〔{decided.year}〕88号",
    }
    provincial.report(consortium, user=officer, said=said)
