"""Where a consortium stands, as its people read it: in plain words, who acts next, and by when."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from filings.deadlines import due_day
from filings.models import Confirmation, Consortium, Member
from filings.states import APPLICANT_WORDS, Status
from filings.workdays import workdays_left


@dataclass(frozen=True, slots=True)
class Standing:
    """`due` is what the lead unit has to keep, `promise` what it may count on."""

    consortium: Consortium
    state: Status
    words: str
    promise: str
    due: date | None = None
    days: int | None = None
    missing: tuple[Member, ...] = ()


def standing_of(consortium: Consortium, today: date) -> Standing:
    """`missing` are the members that have not confirmed, where `with_missing` fetched them."""
    state = consortium.state_on(today)
    due = due_day(consortium) if state == Status.RETURNED else None
    return Standing(
        consortium,
        state,
        APPLICANT_WORDS[state],
        _promise(consortium, state, today),
        due,
        workdays_left(today, due) if due else None,
        tuple(getattr(consortium, "unconfirmed", ())) if consortium.is_editable else (),
    )


def with_missing(consortia):
    """A queryset of consortia with the members that have not confirmed, in one more query."""
    unconfirmed = Member.objects.exclude(confirmation=Confirmation.CONFIRMED)
    return consortia.prefetch_related(Prefetch("members", unconfirmed, to_attr="unconfirmed"))


def promised(day: date, today: date) -> str:
    """By when the bureau acts next, in words for who waits for it."""
    text = _("The bureau promised its next step by the end of %(day)s.")
    if day < today:
        text = _("The bureau promised its next step by %(day)s and is late.")
    return text % {"day": date_format(day)}


def _promise(consortium: Consortium, state: Status, today: date) -> str:
    match state:
        case Status.SUBMITTED | Status.UNDER_REVIEW | Status.RECOMMENDED:
            day = due_day(consortium)
            return promised(day, today) if day else ""
        case Status.PUBLIC_NOTICE:
            day = due_day(consortium)
            text = _("The notice runs until the end of %(day)s; then the bureau decides.")
        case Status.ACTIVE:
            day, text = consortium.ends_on, _("The term runs until the end of %(day)s.")
        case _other:
            return ""
    return text % {"day": date_format(day)} if day else ""
