"""What the bureau takes out of the list: a sheet for Excel, and the register as a paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.places import Place
from filings.as_of import views_of
from filings.deadlines import due_day
from filings.models import Consortium, ProvincialApplication
from filings.pdf import render
from filings.spreadsheet import Heading, Value, stream
from filings.states import Status
from filings.workdays import workdays_left
from reviews.sharing import holder_of

# A paper of more pages nobody reads, and it would keep a worker for too long.
MOST_PRINTED = 200
Outcome = ProvincialApplication.Outcome


@dataclass(frozen=True, slots=True)
class Words:
    """The codes of a row in Chinese."""

    states: dict[str, str]
    places: dict[str, str]
    outcomes: dict[str, str]


def headings() -> list[Heading]:
    """The first line, in Chinese: the sheet goes into the bureau's files."""
    with translation.override("zh-hans"):
        return [
            Heading(_("Filing number"), 22),
            Heading(_("Consortium"), 36),
            Heading(_("State"), 12),
            Heading(_("Lead unit"), 32),
            Heading(_("Credit code"), 22),
            Heading(_("District"), 12),
            Heading(_("Focus field"), 20),
            Heading(_("Officer"), 12),
            Heading(_("Submitted on"), 12),
            Heading(_("Due on"), 12),
            Heading(_("Working days left"), 12),
            Heading(_("First day of the term"), 14),
            Heading(_("Last day of the term"), 14),
            Heading(_("Sales revenue, 10k CNY"), 18),
            Heading(_("R&D spend, 10k CNY"), 18),
            Heading(_("R&D intensity, percent"), 16),
            Heading(_("Provincial level"), 24),
        ]


def spreadsheet(filings) -> Iterator[bytes]:
    """The filings as an .xlsx file, in pieces, in the order of the list."""
    with translation.override("zh-hans"):
        title, words = _("Consortia"), Words(_all(Status), _all(Place), _all(Outcome))
    today = timezone.localdate()
    # Many filings are due on few days.
    days_left = cache(partial(workdays_left, today))
    rows = filings.prefetch_related("provincial_applications").iterator(chunk_size=1000)
    return stream(title, headings(), (_row(c, today, days_left, words) for c in rows))


def _all(choices) -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices}


def _row(consortium: Consortium, today: date, days_left, words: Words) -> list[Value]:
    unit, due = consortium.lead_unit, due_day(consortium)
    holder, submitted = holder_of(consortium), consortium.submitted_at
    return [
        consortium.filing_number,
        consortium.name,
        words.states[consortium.state_on(today)],
        unit.name,
        unit.uscc,
        words.places.get(unit.place, unit.place),
        consortium.focus_field.name if consortium.focus_field else None,
        str(holder.officer) if holder else None,
        timezone.localdate(submitted) if submitted else None,
        due,
        days_left(due) if due else None,
        consortium.starts_on,
        consortium.ends_on,
        consortium.lead_revenue,
        consortium.lead_rd_spend,
        consortium.rd_intensity,
        _provincial(consortium, words.outcomes),
    ]


def _provincial(consortium: Consortium, outcomes: dict[str, str]) -> str | None:
    """The applications that the bureau stands for, each year with its outcome (clause 2)."""
    confirmed = [
        f"{row.year} {outcomes[row.outcome]}"
        for row in consortium.provincial_applications.all()
        if row.standing == row.Standing.CONFIRMED
    ]
    return "、".join(confirmed) or None


def register_of(filings):
    """Those of the filings that the register has, in its order."""
    return filings.registered().order_by("filing_year", "filing_serial")


def register_list(filings) -> bytes:
    """The register as a paper, A4 across, of the first `MOST_PRINTED` filings."""
    today = timezone.localdate()
    listed = views_of(register_of(filings)[:MOST_PRINTED], today)
    context = {"consortia": listed, "today": today}
    return render("sheets/register_list.html", context)
