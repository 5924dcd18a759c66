"""What the bureau knows of a filing's units from elsewhere, and which other filings say the same.

A constant number of questions, however many units: each asks for all of them at once, from an
index, and for no more than a reader can look at.
"""

from dataclasses import dataclass, field

from django.db.models import F, OuterRef, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit
from filings.models import Consortium, CreditRecord, Member, Submission
from filings.sections import Section
from filings.states import ENDED, Status
from reviews.likeness import names_alike, texts_alike
from reviews.models import FilingTrace, UnitTrace
from reviews.traces import unit_keys

# Of each unit's filings, and of each trace's companions, the newest so many.
MOST = 10
COMPANIONS = 5
CANDIDATES = 500
SHOWN = ("name", "status", "filing_number", "ends_on", "correction_due_on")


@dataclass(frozen=True, slots=True)
class Place:
    """A unit's part in another filing."""

    consortium: Consortium
    role: str


@dataclass(frozen=True, slots=True)
class Twin:
    """Another unit that may be the same one."""

    unit: Unit
    why: str


@dataclass(slots=True)
class Neighbour:
    unit: Unit
    role: str
    places: list[Place] = field(default_factory=list)
    earlier: list[Place] = field(default_factory=list)
    records: list[CreditRecord] = field(default_factory=list)
    twins: list[Twin] = field(default_factory=list)

    @property
    def noteworthy(self) -> bool:
        return bool(self.records or self.twins)


@dataclass(frozen=True, slots=True)
class Overlap:
    """An expert or a milestone of this filing, and where else it stands, nearly so or the same."""

    kind: str
    text: str
    others: list[FilingTrace]


def units_around(submission: Submission) -> list[Neighbour]:
    """The lead unit and the members as filed, each with what else is known of it."""
    content = submission.content
    lead = content[Section.LEAD]["uscc"]
    codes = [lead, *(member["uscc"] for member in content[Section.MEMBERS])]
    units = {unit.uscc: unit for unit in Unit.objects.filter(uscc__in=codes)}
    found = {
        units[code].pk: Neighbour(units[code], _("Lead unit") if code == lead else _("Member"))
        for code in dict.fromkeys(codes)
        if code in units
    }
    _places(found, submission.consortium_id)
    records = CreditRecord.objects.filter(unit__in=found).order_by("-valid_from", "-pk")
    for record in records:
        found[record.unit_id].records.append(record)
    _twins(found)
    return list(found.values())


def overlaps_of(consortium: Consortium) -> list[Overlap]:
    """Filings with the same chief expert, or with a milestone in the same or nearly same words."""
    others = FilingTrace.objects.filter(key=OuterRef("key")).exclude(consortium=consortium)
    newest = others.order_by("-pk").values("pk")
    nth = {f"other_{n}": Subquery(newest[n : n + 1]) for n in range(COMPANIONS)}
    own = list(FilingTrace.objects.filter(consortium=consortium).annotate(**nth))
    wanted = {getattr(trace, name) for trace in own for name in nth} - {None}
    there = (
        FilingTrace.objects.filter(pk__in=wanted)
        .select_related("consortium__lead_unit")
        .only("kind", "key", "text", "consortium__lead_unit__name", *_of("consortium"))
        .in_bulk()
    )
    found: dict[str, dict[int, FilingTrace]] = {}
    for trace in own:
        for other in filter(None, (there.get(getattr(trace, name)) for name in nth)):
            if trace.kind == FilingTrace.Kind.EXPERT or texts_alike(trace.text, other.text):
                found.setdefault(trace.text, {}).setdefault(other.consortium_id, other)
    kinds = {trace.text: trace.get_kind_display() for trace in own}
    return [Overlap(kinds[text], text, list(others.values())) for text, others in found.items()]


def _of(relation: str) -> list[str]:
    return [f"{relation}__{name}" for name in SHOWN]


def _newest(rows, unit: str, order: str):
    """The newest rows of each unit, counted in the database."""
    number = Window(RowNumber(), partition_by=F(unit), order_by=F(order).desc())
    return rows.annotate(number=number).filter(number__lte=MOST).order_by("number")


def _places(found: dict[int, Neighbour], own: int) -> None:
    day = timezone.localdate()
    submitted = Consortium.objects.filter(first_submitted_at__isnull=False).exclude(pk=own)
    led = submitted.filter(lead_unit__in=found).only("lead_unit", *SHOWN)
    joined = Member.objects.filter(unit__in=found, consortium__first_submitted_at__isnull=False)
    joined = joined.exclude(consortium=own).select_related("consortium")
    joined = joined.only("unit", "consortium", *_of("consortium"))
    parts = [(c.lead_unit_id, Place(c, _("Lead unit"))) for c in _newest(led, "lead_unit_id", "pk")]
    parts += [
        (member.unit_id, Place(member.consortium, _("Member")))
        for member in _newest(joined, "unit_id", "consortium_id")
    ]
    for unit, place in parts:
        ended = place.consortium.state_on(day) in (*ENDED, Status.DRAFT)
        (found[unit].earlier if ended else found[unit].places).append(place)


def _twins(found: dict[int, Neighbour]) -> None:
    keys = {pk: unit_keys(n.unit.name, n.unit.uscc) for pk, n in found.items()}
    wanted = set().union(*keys.values())
    traces = UnitTrace.objects.filter(key__in=wanted).select_related("unit")[:CANDIDATES]
    candidates: dict[Unit, set[str]] = {}
    for trace in traces:
        candidates.setdefault(trace.unit, set()).add(trace.key)
    for pk, neighbour in found.items():
        for unit, shared in candidates.items():
            common = shared & keys[pk]
            if unit.pk == pk or not common:
                continue
            if any(key.startswith("code:") for key in common):
                neighbour.twins.append(Twin(unit, _("the same organisation in its credit code")))
            elif names_alike(unit.name, neighbour.unit.name):
                neighbour.twins.append(Twin(unit, _("nearly the same name")))
