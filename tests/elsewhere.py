"""What the addresses name: parts of a filing, and what is about none."""

from filings.models import Comment, Document
from filings.uploads import begin
from notices.models import Message
from tests.changes import parts_of_changes
from tests.endings import applied, begun, handed_in
from tests.expertise import asked, expert, policy_of_experts
from tests.factories import ConsortiumFactory, DocumentFactory
from tests.reports.factories import ReportCallFactory, call_paper, paper_of, part_of, report_of
from tests.reports.support.factories import paper_for, request_of


def elsewhere(row, lead_owner, consortium) -> list:
    """The arguments of an address of `row.of`, which is made."""
    if row.args == ("remark",):
        comment = report_of(lead_owner, status="returned").comments.get()
        return [comment.report_id, comment.pk]
    if row.of == "report":
        state = "submitted" if row.args == ("number",) else "draft"
        report = report_of(lead_owner, status=state)
        known = {
            "part": lambda: "plan",
            "number": lambda: 1,
            "document": lambda: paper_of(report, lead_owner).pk,
        }
        return [report.pk, *(known[word]() for word in row.args)]
    if row.of == "unit":
        part = part_of(consortium("active"))
        project = part.report.projects.create(title="x", unit=part.unit, stage="running")
        known = {"part": part.pk, "project": project.pk}
        return [part.report_id, *(known[word] for word in row.args)]
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


def parts_of(found, lead_owner) -> dict:
    """What the addresses of a filing name, made or found when it is asked for."""
    return {
        "token": lambda: found.members.first().token,
        "comment": lambda: Comment.objects.get(consortium=found).pk,
        "member": lambda: found.members.first().pk,
        "task": lambda: found.tasks.get().pk,
        "document": lambda: Document.objects.get(consortium=found, kind="agreement").pk,
        "upload": lambda: begin(found, user=lead_owner, name="a.pdf", size=1).pk,
        "section": lambda: "lead",
        "rows": lambda: "members",
        "submission": lambda: found.submissions.last().number,
        "number": lambda: found.filing_number,
        "code": lambda: found.verification_code,
        "notice": lambda: found.notice_entry.notice_id,
        "objection": lambda: found.objections.create(objector="x", contact="x", text="x").code,
        "attached": lambda: DocumentFactory(consortium=found, kind="closing").pk,
        "handed_in": lambda: handed_in(found, lead_owner).number,
        "application": lambda: applied(found, lead_owner).pk,
        "letter": lambda: found.letters.get().pk,
    } | parts_of_changes(found, lead_owner)


def made_in(state: str, lead, owner):
    """A consortium in a state; "closing" is one at its end whose summary has been begun."""
    reached = "expired" if state == "closing" else state
    made = ConsortiumFactory(**{reached: True}, lead_unit=lead, created_by=owner)
    if state == "closing":
        begun(made, owner)
    return made
