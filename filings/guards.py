"""What must be true before a move: each guard returns quietly or raises Refused with the remedy."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from filings.assessment import findings_of, hindrances, justifications_of
from filings.checklist import unanswered
from filings.correction import open_comments
from filings.guideline import grounds
from filings.models import (
    ASKED_BY,
    ClosingReason,
    Comment,
    Consortium,
    CreditCase,
    CreditRecord,
    Objection,
    Policy,
)
from filings.publication import refuse_unless_of_today
from filings.refusals import Conflict, NotPermitted, Refused
from filings.remarks import require_answers
from filings.snapshot import digest, take
from filings.states import Action


@dataclass(slots=True)
class Attempt:
    """One try at a move: the locked row, the day it happens on, and what the person gave along.

    Guards leave in `seen` what they looked at; it is kept in the event.
    """

    consortium: Consortium
    action: Action
    actor: Any
    day: date
    reason: str
    payload: dict[str, Any]
    policy: Policy
    seen: dict[str, Any] = field(default_factory=dict)
    findings: tuple = ()


def nothing_hinders(attempt: Attempt) -> None:
    """Submit only without BLOCK and with every WARN justified (design of the three levels)."""
    consortium = attempt.consortium
    attempt.findings = findings_of(consortium, policy=attempt.policy, on=attempt.day)
    justifications = justifications_of(consortium)
    open_findings = hindrances(attempt.findings, justifications, attempt.policy)
    if open_findings:
        count = len(open_findings)
        raise Refused(
            ngettext(
                "%(count)s point still stands in the way: %(first)s",
                "%(count)s points still stand in the way, the first: %(first)s",
                count,
            )
            % {"count": count, "first": open_findings[0].message}
        )


def it_is_signed(attempt: Attempt) -> None:
    """Somebody signs the statement of truth by name, and for what the page showed: nothing that
    was changed meanwhile is signed unseen. `digest` and `version` are those that were shown."""
    if not attempt.payload.get("signed_name", "").strip():
        raise Refused(_("Type your name to sign the statement."))
    consortium = attempt.consortium
    shown, version = attempt.payload.get("digest"), attempt.payload.get("version")
    changed = version is not None and version != consortium.version
    if changed or (shown is not None and shown != digest(take(consortium))):
        raise Conflict(
            _("The filing was changed after this page was made. Read it again, then sign.")
        )


def comments_are_answered(attempt: Attempt) -> None:
    """A resubmission answers what the bureau asked for, point by point."""
    require_answers(open_comments(attempt.consortium))


def nothing_was_edited(attempt: Attempt) -> None:
    """A return is cancelled only while the filing is still what the bureau has before it."""
    last = attempt.consortium.submissions.last()
    if digest(take(attempt.consortium)) != last.digest:
        raise Refused(
            _("The lead unit has begun to correct: let it submit, its work must not be lost.")
        )


def something_to_mend(attempt: Attempt) -> None:
    """All defects are told at once, and at least one."""
    if not Comment.objects.filter(consortium=attempt.consortium, sent_at__isnull=True).exists():
        raise Refused(
            _("Write at least one comment first: the applicant must see what to mend and where.")
        )


def no_comments_left(attempt: Attempt) -> None:
    """What was written for the applicant is sent or deleted, never silently dropped."""
    if Comment.objects.filter(consortium=attempt.consortium, sent_at__isnull=True).exists():
        raise Refused(
            _("There are comments that were not sent: return the filing, or delete them first.")
        )


def checklist_is_answered(attempt: Attempt) -> None:
    """Every question of the stage's checklist has an answer about what was submitted last."""
    submission = attempt.consortium.submissions.last()
    left = unanswered(submission, ASKED_BY[attempt.action])
    if left:
        raise Refused(
            ngettext(
                "%(count)s question of the checklist is not answered: %(items)s",
                "%(count)s questions of the checklist are not answered: %(items)s",
                len(left),
            )
            % {"count": len(left), "items": "；".join(text.rstrip("。.") for text in left)}
        )


def notice_is_over(attempt: Attempt) -> None:
    """The notice's last day belongs to it; a notice of no days (policy) is over at once."""
    consortium = attempt.consortium
    skipped = consortium.notice_ends_on == consortium.notice_starts_on
    if not skipped and attempt.day <= consortium.notice_ends_on:
        raise Refused(
            _("The public notice runs until the end of %(day)s.")
            % {"day": date_format(consortium.notice_ends_on)}
        )


def no_open_objection(attempt: Attempt) -> None:
    count = attempt.consortium.objections.filter(closed_at__isnull=True).count()
    if count:
        raise Refused(
            ngettext(
                "%(count)s objection is not answered yet.",
                "%(count)s objections are not answered yet.",
                count,
            )
            % {"count": count}
        )


def no_upheld_objection(attempt: Attempt) -> None:
    """What was objected to with reason is not filed; the diagram leaves rejecting it."""
    if attempt.consortium.objections.filter(outcome=Objection.Outcome.UPHELD).exists():
        raise Refused(
            _(
                "An objection was upheld: reject the filing. The lead unit can mend it and file "
                "it anew."
            )
        )


def notice_is_todays(attempt: Attempt) -> None:
    notice = attempt.payload.get("notice")
    if notice is not None:
        refuse_unless_of_today(notice, attempt.actor, attempt.day, attempt.policy)


def clause_is_given(attempt: Attempt) -> None:
    """A rejection rests on a clause of the guideline, and says on which."""
    clause = attempt.payload.get("clause")
    if clause not in grounds():
        raise Refused(_("Name the clause of the guideline that the rejection rests on."))
    attempt.seen["clause"] = clause


def no_credit_record(attempt: Attempt) -> None:
    """No unit has a record of dishonesty in force on the day of filing (clause 5.3)."""
    consortium = attempt.consortium
    units = [
        consortium.lead_unit_id,
        *consortium.members.values_list("unit_id", flat=True),
    ]
    record = (
        CreditRecord.objects.in_force(attempt.day)
        .filter(unit__in=units)
        .select_related("unit")
        .first()
    )
    if record:
        raise Refused(
            _("%(unit)s has a credit record in force (clause 5.3).") % {"unit": record.unit.name}
        )


def term_still_runs(attempt: Attempt) -> None:
    if attempt.consortium.ends_on < attempt.day:
        raise Refused(_("The term is over: the filing has already ended by itself."))


def closing_reason_is_given(attempt: Attempt) -> None:
    if attempt.payload.get("closing_reason") not in ClosingReason.values:
        raise Refused(_("Say why the consortium ends early."))


def case_was_upheld(attempt: Attempt) -> None:
    """Revoked only on a case against the lead unit that two people upheld (clause 5.3)."""
    case = attempt.payload.get("credit_case")
    consortium = attempt.consortium
    if (
        not isinstance(case, CreditCase)
        or case.outcome != CreditCase.Outcome.UPHELD
        or case.consortium_id != consortium.pk
        or case.unit_id != consortium.lead_unit_id
    ):
        raise Refused(
            _("Revocation needs a credit case against the lead unit that was upheld (clause 5.3).")
        )
    attempt.seen["credit_case"] = case.pk


def another_proposed_it(attempt: Attempt) -> None:
    """Revocation is two persons' work: who put the case up does not revoke on it."""
    if attempt.payload["credit_case"].proposed_by_id == attempt.actor.pk:
        raise NotPermitted(
            _("You put this credit case up for decision; another person must revoke.")
        )


# Rooms above add theirs with `also`, in a module `filing_guards` that is found at the start.
GUARDS: dict[Action, tuple[Callable[[Attempt], None], ...]] = {
    Action.SUBMIT: (it_is_signed, comments_are_answered, nothing_hinders),
    Action.WITHDRAW: (),
    Action.ACCEPT: (no_comments_left, checklist_is_answered),
    Action.RETURN: (something_to_mend,),
    Action.RECALL: (nothing_was_edited,),
    Action.RECOMMEND: (no_comments_left, checklist_is_answered, no_credit_record),
    Action.PUBLISH: (notice_is_todays, no_credit_record),
    Action.FILE: (notice_is_over, no_open_objection, no_upheld_objection, no_credit_record),
    Action.REJECT: (clause_is_given,),
    Action.TERMINATE: (term_still_runs, closing_reason_is_given),
    Action.REVOKE: (term_still_runs, case_was_upheld, another_proposed_it),
}


def also(action: Action, guard: Callable[[Attempt], None]) -> None:
    """Let a room above ask something before a move; the move still has its one door."""
    GUARDS[action] = (*GUARDS[action], guard)
