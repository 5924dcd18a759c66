"""What the addresses name that are about no filing: reports, calls, requests, experts."""

from notices.models import Message
from tests.expertise import asked, expert, policy_of_experts
from tests.reports.factories import ReportCallFactory, call_paper, part_of, report_of
from tests.reports.support.factories import paper_for, request_of


def elsewhere(row, lead_owner, consortium) -> list:
    """The arguments of an address of `row.of`, which is made."""
    if row.of == "report":
        return [report_of(lead_owner).pk, *(["plan"] if row.args else [])]
    if row.of == "unit":
        part = part_of(consortium("active"))
        project = part.report.projects.create(title="x", unit=part.unit, stage="running")
        return [part.report_id, *(part.pk, project.pk)[: len(row.args)]]
    if row.of == "support":
        found = request_of(lead_owner, consortium=consortium("active"))
        return [found.pk, *([paper_for(found, lead_owner).pk] if row.args else [])]
    if row.of == "call":
        paper = call_paper(ReportCallFactory(published=True))
        return [paper.call_id, *([paper.pk] if row.args else [])]
    if row.of == "message":
        return [Message.objects.create(recipient=lead_owner, key="k").pk]
    policy_of_experts()
    return [asked(consortium("under_review"), expert())[0].expert.name]
