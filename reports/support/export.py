"""What the bureau takes out of the list of requests: sheets for Excel, and a list as a paper."""

from collections.abc import Iterable, Iterator

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.places import Place
from filings.pdf import render
from filings.spreadsheet import Heading, Value, stream
from reports.models import SupportRequest
from reports.support.kinds import MEASURES, SHARED, Kind, MoneyKind, TalentKind, TalentLevel
from reports.support.states import Status

# A paper of more rows nobody reads, and it would keep a worker for too long.
MOST_PRINTED = 200
_CHINESE = "zh-hans"
_WIDE = {"title": 36, "purpose": 48, "institution": 28}


def headings() -> list[Heading]:
    """The first line, in Chinese: the sheet goes into the bureau's files."""
    with translation.override(_CHINESE):
        return [
            Heading(_("Measure"), 26),
            Heading(_("Year"), 8),
            Heading(_("Title"), 36),
            Heading(_("State"), 12),
            Heading(_("Consortium"), 36),
            Heading(_("Filing number"), 22),
            Heading(_("Lead unit"), 32),
            Heading(_("Asked by"), 32),
            Heading(_("Credit code"), 22),
            Heading(_("District"), 12),
            Heading(_("Focus field"), 20),
            Heading(_("Name of the person"), 14),
            Heading(_("Level of the plan"), 12),
            Heading(_("Kind of talent"), 24),
            Heading(_("Funds wanted, 10k CNY"), 18),
            Heading(_("Own funds, 10k CNY"), 18),
            Heading(_("Period in months"), 12),
            Heading(_("Priority index"), 12),
            Heading(_("Submitted on"), 12),
            Heading(_("Decided on"), 12),
            Heading(_("Project number"), 20),
            Heading(_("Amount granted, 10k CNY"), 18),
            Heading(_("Institution"), 28),
            Heading(_("Year of the result"), 12),
            Heading(_("Contact person"), 12),
            Heading(_("Contact telephone"), 18),
        ]


def recommended(requests) -> Iterator[bytes]:
    """Those of the requests that the bureau supported, as an .xlsx file, in pieces."""
    with translation.override(_CHINESE):
        title = _("Recommended requests")
        words = {
            choices: {choice.value: str(choice.label) for choice in choices}
            for choices in (Kind, Status, TalentLevel, TalentKind, Place)
        }
    rows = in_order(requests).iterator(chunk_size=1000)
    return stream(title, headings(), (_row(request, words) for request in rows))


def in_order(requests):
    """The supported ones, round by round, each by its priority."""
    rows = requests.supported().select_related(
        "consortium__lead_unit", "consortium__focus_field", "unit"
    )
    return rows.order_by("-year", "kind", "-priority", "pk")


def _row(request: SupportRequest, words) -> list[Value]:
    consortium, unit = request.consortium, request.unit
    return [
        words[Kind][request.kind],
        request.year,
        request.title,
        words[Status][request.status],
        consortium.name,
        consortium.filing_number,
        consortium.lead_unit.name,
        unit.name,
        unit.uscc,
        words[Place].get(unit.place, unit.place),
        consortium.focus_field.name if consortium.focus_field else None,
        request.person_name,
        words[TalentLevel].get(request.level),
        words[TalentKind].get(request.talent_kind),
        request.funds,
        request.own_funds,
        request.months,
        request.priority,
        _day(request.submitted_at),
        _day(request.decided_at),
        request.result_number,
        request.result_amount,
        request.result_institution,
        request.result_year,
        request.contact_name,
        request.contact_phone,
    ]


def _day(moment):
    return timezone.localdate(moment) if moment else None


def shared_headings() -> list[Heading]:
    """What an institution gets to read of a need: what the consent names, and nothing else."""
    label = MEASURES[Kind.FINANCING].label
    with translation.override(_CHINESE):
        words = {name: label(name) for name in SHARED} | {"funds": _("Amount wanted, 10k CNY")}
        return [
            Heading(_("Consortium"), 36),
            Heading(_("Asked by"), 32),
            *(Heading(words[name], _WIDE.get(name, 16)) for name in SHARED),
            Heading(_("Consent given on"), 14),
        ]


def shared(requests: Iterable[SupportRequest]) -> Iterator[bytes]:
    """Financing needs for an institution, as an .xlsx file in pieces; without attachments."""
    with translation.override(_CHINESE):
        title = _("Financing needs")
        kinds = {choice.value: str(choice.label) for choice in MoneyKind}
    return stream(title, shared_headings(), (_shared_row(need, kinds) for need in requests))


def _shared_row(need: SupportRequest, kinds) -> list[Value]:
    values = {name: getattr(need, name) for name in SHARED}
    values["money_kind"] = kinds.get(need.money_kind)
    given = timezone.localdate(need.consented_at)
    return [need.consortium.name, need.unit.name, *values.values(), given]


def paper(requests) -> bytes:
    """The supported ones as a paper, A4 across, the first `MOST_PRINTED`."""
    context = {"requests": in_order(requests)[:MOST_PRINTED], "today": timezone.localdate()}
    return render("sheets/support_list.html", context)
