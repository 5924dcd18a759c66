"""Which units work with which, in the consortia that run."""

from collections import Counter

from django.db.models import Count, F

from accounts.models import Unit
from filings.models import Member

# A picture of more units shows nothing.
MOST_UNITS = 16


def counted(consortia, most: int = MOST_UNITS) -> dict[str, list]:
    """The units that are in the most of the consortia, and in how many each pair of them is
    together: as lead unit and member, or as members."""
    busiest = _busiest(consortia, most)
    keys = [unit for unit, _number in busiest]
    names = dict(Unit.objects.filter(pk__in=keys).values_list("pk", "name"))
    pairs = _pairs(consortia, keys)
    return {
        "units": [[unit, names[unit], number] for unit, number in busiest],
        "pairs": [[*pair, pairs[pair]] for pair in sorted(pairs, key=lambda p: (-pairs[p], p))],
    }


def _busiest(consortia, most: int) -> list[tuple[int, int]]:
    places = Counter(dict(consortia.order_by().values_list("lead_unit").annotate(Count("pk"))))
    there = _members(consortia).order_by().values_list("unit").annotate(Count("pk"))
    places.update(dict(there))
    return sorted(places.items(), key=lambda place: (-place[1], place[0]))[:most]


def _pairs(consortia, units: list[int]) -> Counter:
    pairs = Counter()
    led = _members(consortia).filter(unit__in=units, consortium__lead_unit__in=units)
    for lead, member, number in (
        led.order_by().values_list("consortium__lead_unit", "unit").annotate(Count("pk"))
    ):
        pairs[min(lead, member), max(lead, member)] += number
    beside = _members(consortia).filter(
        unit__in=units,
        consortium__members__unit__in=units,
        consortium__members__unit__gt=F("unit"),
        consortium__members__in=Member.objects.current(),
    )
    rows = beside.order_by().values_list("unit", "consortium__members__unit")
    for one, other, number in rows.annotate(Count("pk")):
        pairs[one, other] += number
    return pairs


def _members(consortia):
    return Member.objects.current().filter(consortium__in=consortia.order_by().values("pk"))
