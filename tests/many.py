"""Many consortia at once, written as sets: for what only shows in numbers."""

from datetime import date

from accounts.models import Membership, Unit, User
from accounts.uscc import check_character
from filings.models import Consortium, Member
from filings.states import Status
from filings.term import last_day


def filed(count: int, *, ends_on: date, leads: int = 10) -> None:
    """`count` active consortia whose terms end on `ends_on`, led by `leads` units in turn, each
    with one member; every unit has one person."""
    units = Unit.objects.bulk_create(
        Unit(uscc=_code(n), name=f"示例单位{n}", kind="enterprise", place="320115")
        for n in range(leads + 1)
    )
    people = User.objects.bulk_create(
        User(username=f"many{n}", email=f"many{n}@example.com", full_name=f"演示人员{n}")
        for n in range(leads + 1)
    )
    Membership.objects.bulk_create(
        Membership(user=user, unit=unit, role="owner")
        for user, unit in zip(people, units, strict=True)
    )
    starts_on = ends_on.replace(year=ends_on.year - 3)
    consortia = Consortium.objects.bulk_create(
        (
            Consortium(
                name=f"示例联合体{n}",
                lead_unit=units[n % leads],
                created_by=people[n % leads],
                status=Status.ACTIVE,
                filing_year=starts_on.year,
                filing_serial=n + 1,
                filing_number=f"宁创联备〔{starts_on.year}〕{n + 1}号",
                verification_code=f"many-{n}",
                starts_on=starts_on,
                ends_on=last_day(starts_on, 36),
            )
            for n in range(count)
        ),
        batch_size=1000,
    )
    Member.objects.bulk_create(
        (
            Member(consortium=c, unit=units[-1], name=units[-1].name, kind="enterprise", place="")
            for c in consortia
        ),
        batch_size=1000,
    )


def _code(n: int) -> str:
    first = f"91320115MANY{n:05d}"
    return first + check_character(first)
