"""Who may do what with calls, reports and statistics: one answer each, with its reason."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from accounts.roles import ACTING, ASSIGNERS, CASE_OFFICERS, LABELS, Role, has_role, is_officer
from filings.permissions import YES, Answer, acts_for_unit, is_of_unit
from filings.states import Status as ConsortiumStatus
from reports.dossier import papers_of
from reports.models import AnnualReport, ReportCall, ReportDocument, ReportProject, UnitPart
from reports.states import LEAD, MOVES, Action, Status

# A call is drafted by one role and published by another: it binds every consortium.
DRAFTERS = (Role.REVIEWER,)
PUBLISHERS = (Role.DECIDER,)
EXTENDERS = (Role.REVIEWER, Role.DECIDER)
REMINDERS = CASE_OFFICERS
LAST_DAY = _("It is due on the last day that the guideline leaves: 31 December (clause 5.2).")

CLOSED = _("It can't be edited now.")
LEAD_SIGNS_WHOLE = _("The lead unit signs for the whole when it submits the report.")


def _for_role(user, *roles: Role) -> Answer:
    if has_role(user, *roles):
        return YES
    return Answer(False, _("This is for the role: %(role)s.") % {"role": LABELS[roles[0]]})


def may_take(user, action: str, report: AnnualReport) -> Answer:
    """Whether `user` may take the move now; what the report lacks is for the guards."""
    sources, _target, who = MOVES[Action(action)]
    if report.status not in sources:
        return Answer(
            False,
            _("“%(action)s” is not possible while the report is: %(status)s.")
            % {"action": Action(action).label, "status": report.get_status_display()},
        )
    if who == LEAD:
        return acts_for_unit(user, report.consortium.lead_unit_id)
    return _for_role(user, who)


def may_draft(user, call: ReportCall) -> Answer:
    """Whether `user` may change the call; published, it stays as it is."""
    if call.published_at:
        return Answer(False, _("The call has been published already."))
    return _for_role(user, *DRAFTERS)


def may_publish(user, call: ReportCall) -> Answer:
    if call.published_at:
        return Answer(False, _("The call has been published already."))
    return _for_role(user, *PUBLISHERS)


def may_postpone(user, call: ReportCall) -> Answer:
    """Whether `user` may move the due day of a published call later."""
    if call.published_at is None:
        return Answer(False, _("The call is a draft: its days are set there."))
    if call.due_on >= call.last_due_day:
        return Answer(False, LAST_DAY)
    return _for_role(user, *PUBLISHERS)


def may_extend(user, report: AnnualReport) -> Answer:
    """Whether `user` may give one consortium more time; what has come in needs none."""
    if report.first_submitted_at:
        return Answer(False, _("The report has come in already."))
    if report.due_on >= report.call.last_due_day:
        return Answer(False, LAST_DAY)
    return _for_role(user, *EXTENDERS)


def may_remind(user, report: AnnualReport) -> Answer:
    """Whether `user` may remind the lead unit: the ball must be with it, and it must still run."""
    if not report.is_editable:
        return Answer(False, _("The report lies with the bureau: nobody is to be reminded."))
    if report.consortium.state != ConsortiumStatus.ACTIVE:
        return Answer(False, _("The consortium has ended: it owes nothing any more."))
    return _for_role(user, *REMINDERS)


def may_claim(user, report: AnnualReport) -> Answer:
    """Whoever examines reports, while this one lies with the bureau."""
    if report.status != Status.SUBMITTED:
        return Answer(False, _("Nothing is asked of the bureau now."))
    return _for_role(user, Role.REVIEWER)


def may_release(user, report: AnnualReport) -> Answer:
    """The officer who has it, or who shares the work out."""
    return YES if report.officer_id == user.pk else _for_role(user, *ASSIGNERS)


def may_comment(user, report: AnnualReport) -> bool:
    """The officer whose turn it is collects what is to be mended."""
    return report.status == Status.SUBMITTED and has_role(user, Role.REVIEWER)


def get_visible_or_404(user, pk: int) -> AnnualReport:
    """The whole report, for the lead's people and, once it was submitted, the officers."""
    report = AnnualReport.objects.visible_to(user).for_list().distinct().filter(pk=pk).first()
    if report is None:
        raise Http404
    return report


def get_of_lead_or_404(user, pk: int) -> AnnualReport:
    """The report if the user may act for the unit that owes it. Raises Http404 else."""
    report = get_visible_or_404(user, pk)
    if not acts_for_unit(user, report.consortium.lead_unit_id):
        raise Http404
    return report


def get_editable_or_404(user, pk: int) -> AnnualReport:
    report = get_of_lead_or_404(user, pk)
    if not report.is_editable:
        raise Http404
    return report


def may_edit(user, report: AnnualReport) -> Answer:
    """The lead's people assemble the whole while it is theirs."""
    if not report.is_editable:
        return Answer(False, CLOSED)
    return acts_for_unit(user, report.consortium.lead_unit_id)


def may_edit_unit(user, row: UnitPart | ReportProject | ReportDocument) -> Answer:
    """A unit's own people fill in its part, its projects and its papers; so may the lead, which
    answers for the whole. What is of no unit is the lead's alone."""
    if not row.report.is_editable:
        return Answer(False, CLOSED)
    return may_edit(user, row.report) or acts_for_unit(user, row.unit_id)


def may_sign(user, part: UnitPart) -> Answer:
    """A member's people sign off its part, nobody in their place."""
    if part.is_lead:
        return Answer(False, LEAD_SIGNS_WHOLE)
    if not part.report.is_editable:
        return Answer(False, CLOSED)
    return acts_for_unit(user, part.unit_id)


def may_skip(user, part: UnitPart) -> Answer:
    """The lead may go on without a member's sign-off, with a reason."""
    if part.is_lead:
        return Answer(False, LEAD_SIGNS_WHOLE)
    return may_edit(user, part.report)


def _is_theirs(user, row: UnitPart | ReportDocument) -> bool:
    """Whether it is of a unit of the user, or the user is of the lead."""
    units = (row.report.consortium.lead_unit_id, row.unit_id)
    return any(is_of_unit(user, unit) for unit in units)


def get_unit_or_404(user, pk: int, part_pk: int) -> UnitPart:
    """A unit's part, for its own people, the lead's, and the officers while it lies with them: the
    other members do not see it. Raises Http404 else."""
    parts = UnitPart.objects.select_related(
        "unit", "member", "signed_by", "saved_by", "report__call", "report__consortium__lead_unit"
    )
    part = parts.filter(report=pk, pk=part_pk).first()
    if part is None or not (
        _is_theirs(user, part) or (is_officer(user) and not part.report.is_editable)
    ):
        raise Http404
    return part


def get_open_unit_or_404(user, pk: int, part_pk: int) -> UnitPart:
    """The same, for those who may edit it now."""
    part = get_unit_or_404(user, pk, part_pk)
    if not may_edit_unit(user, part):
        raise Http404
    return part


def get_document_or_404(user, pk: int, document_pk: int) -> ReportDocument:
    """A paper of a report, for the lead's people, those of the unit that it is of, and the officers
    if it was handed in with the latest submission and not taken out since. Raises Http404 else."""
    papers = ReportDocument.objects.select_related("report__consortium")
    found = papers.filter(report=pk, pk=document_pk).first()
    if found is None or not (_is_theirs(user, found) or (is_officer(user) and _is_filed(found))):
        raise Http404
    return found


def _is_filed(document: ReportDocument) -> bool:
    return document in papers_of(document.report, document.report.submissions.last())


def get_open_document_or_404(user, pk: int, document_pk: int) -> ReportDocument:
    """The same, for those who may take it out now."""
    found = get_document_or_404(user, pk, document_pk)
    if not may_edit_unit(user, found):
        raise Http404
    return found


def get_project_or_404(user, pk: int, project_pk: int) -> tuple[ReportProject, bool]:
    """A project of a report, for those who may edit it now, and whether they assemble the whole
    report. Raises Http404 for others."""
    projects = ReportProject.objects.select_related(
        "unit", "report__call", "report__consortium__lead_unit"
    )
    project = projects.filter(report=pk, pk=project_pk).first()
    if project is None:
        raise Http404
    leads = bool(may_edit(user, project.report))
    if not leads and not may_edit_unit(user, project):
        raise Http404
    return project, leads


def may_count(user) -> Answer:
    """Whether `user` may have the figures counted anew, or a yearly report of them made. Everybody
    at the bureau reads both; the auditor sets nothing going."""
    if has_role(user, *ACTING):
        return YES
    return Answer(False, _("The auditor reads and changes nothing."))
