"""A filing as a line of the queue, in words: what the list shows, made once for every row."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from filings.deadlines import due_day
from filings.models import Consortium
from filings.workdays import workdays_left
from reviews.queue import SOON
from reviews.sharing import holder_of


@dataclass(frozen=True, slots=True)
class Row:
    key: int
    url: str
    name: str
    number: str
    lead: str
    field: str
    state: str
    state_label: str
    due: str
    left: str
    tone: str
    officer: str
    submitted: str


def rows(consortia) -> list[Row]:
    day = timezone.localdate()
    return [_row(consortium, day) for consortium in consortia]


def _row(consortium: Consortium, day: date) -> Row:
    due, holder, state = due_day(consortium), holder_of(consortium), consortium.state_on(day)
    left = workdays_left(day, due) if due else None
    return Row(
        key=consortium.pk,
        url=reverse("admin:filings_consortium_change", args=[consortium.pk]),
        name=consortium.name,
        number=consortium.filing_number or "",
        lead=consortium.lead_unit.name,
        field=consortium.focus_field.label if consortium.focus_field else "–",
        state=state.value,
        state_label=str(state.label),
        due=date_format(due) if due else "",
        left="" if left is None else _days_left(left),
        tone=_tone(left),
        officer=str(holder.officer) if holder else "",
        submitted=_on(consortium.submitted_at),
    )


def _on(moment) -> str:
    return date_format(timezone.localtime(moment)) if moment else "–"


def _tone(left: int | None) -> str:
    if left is None or left > SOON:
        return ""
    return "chip-over" if left < 0 else "chip-soon"


def _days_left(days: int) -> str:
    """The working days until the due day, or since."""
    if days < 0:
        late = ngettext("%(days)s working day late", "%(days)s working days late", -days)
        return late % {"days": -days}
    if days == 0:
        return _("Due today")
    left = ngettext("%(days)s working day left", "%(days)s working days left", days)
    return left % {"days": days}
