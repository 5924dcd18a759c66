"""Who at the bureau may do what besides the moves of a filing: one answer each, with its reason."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.roles import ACTING, CASE_OFFICERS, LABELS, Role, has_role
from filings.models import Change, Comment, Consortium, CreditCase, CreditRecord, Objection
from filings.permissions import TWO_PERSONS, YES, Answer
from filings.states import STAGES

CASE_OPENERS = (Role.INTAKE, Role.REVIEWER)
# Who shares the work out among others.
ASSIGNERS = (Role.DECIDER, Role.ADMINISTRATOR)
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


def may_change_comment(user, comment: Comment) -> bool:
    """Any case officer, until the return that sends it: the list belongs to the desk."""
    return comment.sent_at is None and has_role(user, *CASE_OFFICERS)


def may_write_note(user) -> bool:
    """Any officer that may change something; the auditor reads."""
    return has_role(user, *ACTING)


def may_delete_note(user, note) -> bool:
    """Who wrote it: what an officer told its colleagues is not another's to take away."""
    return note.author_id == user.pk and may_write_note(user)


def may_answer_objection(user, objection: Objection) -> Answer:
    """A deciding officer, but not who recommended the filing that is objected to."""
    if objection.closed_at:
        return Answer(False, _("The objection has been answered."))
    if objection.consortium.recommended_by_id == user.pk:
        return Answer(
            False, _("You recommended this filing; another person must answer the objection.")
        )
    return _for_role(user, Role.DECIDER)


def may_note_change(user, change: Change) -> Answer:
    if change.noted_at:
        return Answer(False, _("The bureau has taken note of it."))
    return _for_role(user, Role.REVIEWER)


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


def may_lift(user, record: CreditRecord) -> Answer:
    if record.lifted_on:
        return Answer(False, _("The record has been lifted."))
    return _for_role(user, Role.DECIDER)
