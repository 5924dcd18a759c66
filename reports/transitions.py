"""The only writer of a report's status; the same shape as the filing's lifecycle."""

from django.db import transaction
from django.forms.models import model_to_dict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from filings.assessment import hindrances
from filings.database import lock
from filings.models import Policy
from filings.notifications import officers, people_of_lead
from filings.permissions import Answer
from filings.refusals import Conflict, NotPermitted, Refused
from filings.remarks import require_answers
from filings.workdays import add_workdays
from notices.services import notify
from reports.checks import findings_of
from reports.correction import open_comments, to_send
from reports.models import AnnualReport, ReportEvent
from reports.permissions import may_take
from reports.prefill import complete
from reports.states import MOVES, Action
from reports.submissions import freeze


def outlook(user, action: str, report: AnnualReport) -> Answer:
    """Whether an officer's move would go through now, and if not, what must be done first."""
    answer = may_take(user, action, report)
    if answer and action in GUARDS:
        try:
            GUARDS[Action(action)](report)
        except Refused as refused:
            return Answer(False, refused.message)
    return answer


@transaction.atomic
def perform(
    report_id: int,
    action: str,
    *,
    actor,
    reason: str = "",
    expected_version: int | None = None,
    signed_name: str = "",
    grade: str = "",
) -> ReportEvent:
    """Take one move and return its event.

    `signed_name` is who stands in for the truth of what is submitted, `grade` the code of one of
    the grades of the policy in force, for what is accepted. Raises Refused (NotPermitted, Conflict)
    with words for people; nothing is written then.
    """
    _sources, target, _who = MOVES[Action(action)]
    report = (
        lock(AnnualReport.objects).select_related("call", "consortium__lead_unit").get(pk=report_id)
    )
    if expected_version is not None and expected_version != report.version:
        last = report.events.select_related("actor").last()
        raise Conflict(
            _("Meanwhile: “%(action)s” by %(who)s. Look at it again before you go on.")
            % {
                "action": last.get_action_display() if last else _("Save"),
                "who": last.actor if last else "—",
            }
        )
    answer = may_take(actor, action, report)
    if not answer:
        in_table = report.status in MOVES[Action(action)][0]
        raise (NotPermitted if in_table else Refused)(answer.reason)
    if action in GUARDS:
        GUARDS[Action(action)](report)
    before = report.status
    EFFECTS[Action(action)](report, actor, signed_name=signed_name, grade=grade)
    report.status = target
    report.version += 1
    report.save()
    event = ReportEvent.objects.create(
        report=report, action=action, actor=actor, at=timezone.now(), from_status=before,
        to_status=target, reason=reason, data=_snapshot(report),
    )  # fmt: skip
    _announce(report, event)
    return event


def _submit(report: AnnualReport, actor, *, signed_name: str, **_other) -> None:
    if not signed_name.strip():
        raise Refused(_("Type your name to sign the statement."))
    require_answers(open_comments(report))
    complete(report)
    policy = Policy.objects.in_force()
    findings = findings_of(report, policy)
    open_findings = hindrances(findings, report.justifications, policy)
    if open_findings:
        raise Refused(
            _("This still stands in the way: %(first)s") % {"first": open_findings[0].message}
        )
    freeze(report, actor=actor, signed_name=signed_name, findings=findings, policy=policy)
    now = timezone.now()
    report.submitted_at, report.submitted_by = now, actor
    report.first_submitted_at = report.first_submitted_at or now
    report.correction_due_on = None


def _nothing_unsent(report: AnnualReport) -> None:
    # What was written for the lead unit is sent or deleted, never silently dropped.
    if to_send(report).exists():
        raise Refused(
            _("There are comments that were not sent: return the report, or delete them first.")
        )


def _something_to_mend(report: AnnualReport) -> None:
    if not to_send(report).exists():
        raise Refused(
            _("Write at least one comment first: the lead unit must see what to mend and where.")
        )


# What hinders an officer's move, whoever takes it.
GUARDS = {Action.ACCEPT: _nothing_unsent, Action.RETURN: _something_to_mend}


def _accept(report: AnnualReport, _actor, *, grade: str, **_other) -> None:
    names = dict(Policy.objects.in_force().report_grades.values_list("code", "name"))
    if grade not in names and (names or grade):
        raise Refused(_("Choose one of the grades of the policy in force."))
    report.accepted_at = timezone.now()
    report.grade, report.grade_name = grade, names.get(grade, "")


def _return(report: AnnualReport, _actor, **_other) -> None:
    # A report that was withdrawn and came again is returned as it came last.
    to_send(report).update(sent_at=timezone.now(), submission=report.submissions.last())
    days = Policy.objects.in_force().correction_days
    report.correction_due_on = add_workdays(timezone.localdate(), days)


def _withdraw(_report, _actor, **_other) -> None:
    """Nothing but the status changes."""


EFFECTS = {
    Action.SUBMIT: _submit,
    Action.WITHDRAW: _withdraw,
    Action.ACCEPT: _accept,
    Action.RETURN: _return,
}


def _snapshot(report: AnnualReport) -> dict:
    values = model_to_dict(report, exclude=["id"])
    if report.grade_name:
        values["grade"] = report.grade_name
    return {name: value if value is None else str(value) for name, value in values.items()}


def _announce(report: AnnualReport, event: ReportEvent) -> None:
    context = {
        "name": report.consortium.name,
        "year": report.call.reporting_year,
        "due": report.correction_due_on or report.due_on,
        "grade": report.grade_name,
        "reason": event.reason,
    }
    notify(
        people_of_lead(report.consortium),
        key=f"report-event:{event.pk}",
        kind=f"report_{event.action}",
        context=context,
        url=reverse("reports:detail", args=[report.pk]),
    )
    if event.action == Action.SUBMIT:
        notify(
            officers(Role.REVIEWER),
            key=f"report-event:{event.pk}",
            kind="report_waits",
            context=context,
            url=reverse("admin:reports_annualreport_change", args=[report.pk]),
        )
