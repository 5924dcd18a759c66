"""Support in figures, for whoever counts the programme: one query, by measure and year."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from reports.models import SupportRequest
from reports.support.kinds import Kind
from reports.support.states import SUPPORTED, Status


@dataclass(frozen=True, slots=True)
class Figures:
    """One measure in one year of submission; amounts in 10k CNY, of requests that were sent."""

    kind: Kind
    year: int
    asked: int
    supported: int
    declined: int
    granted: int
    funds_wanted: Decimal
    amount_granted: Decimal


def by_kind_and_year(**about) -> list[Figures]:
    """How many were asked, supported and granted, the latest year first; `about` are filters on
    support requests, like `year=2026` or `consortium__focus_field=field`."""
    rows = (
        SupportRequest.objects.sent()
        .filter(**about)
        .order_by("-year", "kind")
        .values("kind", "year")
        .annotate(
            asked=Count("pk"),
            supported=Count("pk", Q(status__in=SUPPORTED)),
            declined=Count("pk", Q(status=Status.DECLINED)),
            granted=Count("pk", Q(status=Status.GRANTED)),
            wanted=Sum("funds"),
            got=Sum("result_amount", filter=Q(status=Status.GRANTED)),
        )
    )
    nothing = Decimal("0.00")
    return [
        Figures(
            Kind(row["kind"]),
            row["year"],
            row["asked"],
            row["supported"],
            row["declined"],
            row["granted"],
            row["wanted"] or nothing,
            row["got"] or nothing,
        )
        for row in rows
    ]
