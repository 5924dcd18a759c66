"""Who at the bureau may do what besides the moves of a filing: one answer each, with its reason."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.roles import ASSIGNERS, LABELS, Role, has_role, is_officer
from filings.models import (
    ChangeDuty,
    ClosingSummary,
    Consortium,
    CreditCase,
    CreditRecord,
    ExpertReview,
    Objection,
    Policy,
    ProvincialApplication,
)
from filings.permissions import TWO_PERSONS, YES, Answer, is_of_unit
from filings.states import STAGES, Status
from reviews.models import ExpertInvitation, ExpertRound

CASE_OPENERS = (Role.INTAKE, Role.REVIEWER)
NOT_AT_THE_BUREAU = _("Nothing is asked of the bureau now.")


def _for_role(user, *roles: Role) -> Answer:
    if has_role(user, *roles):
        return YES
    return Answer(False, _("This is for the role: %(role)s.") % {"role": LABELS[roles[0]]})


def may_claim(user, consortium: Consortium) -> Answer:
    """An officer of the stage; not who recommended it, when it is to be decided."""
    stage = STAGES.get(consortium.status)
    if stage is None:
        return Answer(False, NOT_AT_THE_BUREAU)
    if stage == Role.DECIDER and consortium.recommended_by_id == user.pk:
        return Answer(False, TWO_PERSONS)
    return _for_role(user, stage)


def may_work_on(officer, consortium: Consortium) -> Answer:
    """Whether the filing can be given to somebody; as `may_claim`, told to a third person."""
    if may_claim(officer, consortium):
        return YES
    return Answer(
        False,
        _("It can't be given to %(who)s, who has another role or recommended it.")
        % {"who": officer},
    )


def may_assign(user, consortium: Consortium) -> Answer:
    if consortium.status not in STAGES:
        return Answer(False, NOT_AT_THE_BUREAU)
    return _for_role(user, *ASSIGNERS)


def may_release(user, assignment) -> Answer:
    """Its officer, or who shares the work out."""
    return YES if assignment.officer_id == user.pk else _for_role(user, *ASSIGNERS)


def may_answer_objection(user, objection: Objection) -> Answer:
    """A deciding officer, but not who recommended the filing that is objected to."""
    if objection.closed_at:
        return Answer(False, _("The objection has been answered."))
    if objection.consortium.recommended_by_id == user.pk:
        return Answer(
            False, _("You recommended this filing; another person must answer the objection.")
        )
    return _for_role(user, Role.DECIDER)


def may_note_summary(user, summary: ClosingSummary) -> Answer:
    if summary.noted_at:
        return Answer(False, _("The bureau has taken note of it."))
    return _for_role(user, Role.REVIEWER)


def may_check_application(user, application: ProvincialApplication) -> Answer:
    """Who reviews or decides confirms what a lead unit reported, once."""
    if application.standing != ProvincialApplication.Standing.REPORTED:
        return Answer(False, _("It has been checked."))
    return _for_role(user, Role.REVIEWER, Role.DECIDER)


def may_open_case(user, consortium: Consortium) -> Answer:
    """Dishonesty can show at any stage from the first submission on (clause 5.3)."""
    if consortium.first_submitted_at is None:
        return Answer(False, _("The filing was never submitted."))
    return _for_role(user, *CASE_OPENERS)


def may_propose(user, case: CreditCase, day: date) -> Answer:
    """A reviewing officer, once the unit has stated its side or its time for that is over."""
    if case.outcome != CreditCase.Outcome.OPEN:
        return Answer(False, _("The case has been decided."))
    if case.proposed_at:
        return Answer(False, _("The case lies with the deciding officer already."))
    if not case.stated_at and day <= case.statement_due_on:
        return Answer(
            False,
            _("The unit may state its side until the end of %(day)s.")
            % {"day": date_format(case.statement_due_on)},
        )
    return _for_role(user, Role.REVIEWER)


def may_decide(user, case: CreditCase) -> Answer:
    """A deciding officer other than the one who proposed, superusers included."""
    if case.outcome != CreditCase.Outcome.OPEN:
        return Answer(False, _("The case has been decided."))
    if not case.proposed_at:
        return Answer(False, _("A reviewing officer must put it up for decision first."))
    if case.proposed_by_id == user.pk:
        return Answer(False, _("You put this case up for decision; another person must decide it."))
    return _for_role(user, Role.DECIDER)


def may_add_evidence(user, case: CreditCase) -> Answer:
    """Until the unit has answered: whatever it is charged with it must be able to answer."""
    if not case.is_open:
        return Answer(False, _("The case has been decided."))
    if case.stated_at or case.proposed_at:
        return Answer(False, _("The unit has answered already: open another case if need be."))
    return _for_role(user, *CASE_OPENERS)


def may_read_case(user, case: CreditCase) -> bool:
    """The officers, and the people of the unit concerned; nobody else knows of a case."""
    return is_officer(user) or is_of_unit(user, case.unit_id)


def may_close_duty(user, duty: ChangeDuty) -> Answer:
    if not duty.is_open:
        return Answer(False, _("Nothing is asked for any more."))
    return _for_role(user, Role.REVIEWER, Role.DECIDER)


def may_correct(user, record: CreditRecord) -> Answer:
    if record.lifted_on:
        return Answer(False, _("The record has been lifted."))
    return _for_role(user, Role.DECIDER)


def may_lift(user, record: CreditRecord) -> Answer:
    if record.lifted_on:
        return Answer(False, _("The record has been lifted."))
    return _for_role(user, Role.DECIDER)


def may_invite(user, consortium: Consortium, policy: Policy) -> Answer:
    """A reviewing officer, while the filing is under review and the policy uses experts."""
    if policy.expert_review == ExpertReview.OFF:
        return Answer(False, _("The policy in force uses no experts."))
    if consortium.status != Status.UNDER_REVIEW:
        return Answer(False, _("Experts are asked while a filing is under review."))
    return _for_role(user, Role.REVIEWER)


def may_close_round(user, found: ExpertRound) -> Answer:
    if not found.is_running:
        return Answer(False, _("It is over."))
    return _for_role(user, Role.REVIEWER)


def may_renew(user, invitation: ExpertInvitation) -> Answer:
    """Whether an invitation may still be sent anew or taken back."""
    if invitation.is_over or not invitation.round.is_running:
        return Answer(False, _("It is over."))
    return _for_role(user, Role.REVIEWER)
