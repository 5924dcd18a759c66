"""What moves and changes of a consortium leave in its credit cases (clause 5.3)."""

from filings.models import Change, ChangeDuty, CreditCase, CreditEvent

What = CreditEvent.What


def enter(case: CreditCase, what: What, user, reason: str = "", **data) -> CreditEvent:
    """Write an entry of the case's history: who did what, when and why."""
    return CreditEvent.objects.create(
        case=case, action=what, actor=user, reason=reason.strip(), data=data
    )


def fulfil_duties(change: Change) -> None:
    """A change by which a member leaves does what was asked because of that member."""
    asked = ChangeDuty.objects.open().filter(member=change.member_id).select_related("case")
    for duty in asked:
        duty.change = change
        duty.save(update_fields=["change"])
        enter(duty.case, What.DUTY_DONE, change.reported_by, change.description, change=change.pk)


def reopen_duties(change: Change, user) -> None:
    """The change was taken back or returned: until it is reported again, what was asked is open."""
    for duty in ChangeDuty.objects.filter(change=change).select_related("case"):
        duty.change = None
        duty.save(update_fields=["change"])
        enter(duty.case, What.DUTY_REOPENED, user, change.description, change=change.pk)


def mark_revoked(case: CreditCase, user) -> None:
    """The consortium lost its qualification on this case, by another person than its proposer."""
    case.revoked_by = user
    case.save(update_fields=["revoked_by"])
    enter(case, What.REVOKED, user)
