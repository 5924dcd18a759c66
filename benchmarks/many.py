"""Many filings, copied set by set inside PostgreSQL from a few hundred that the demonstration made:
other names, numbers, days and officers, the same long texts."""

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection

from accounts.models import User
from accounts.roles import Role
from filings.models import Consortium

SEED, STRIDE = 250, 1000
OFFICERS = 12
# What differs from copy to copy; every other column is the original's.
_OTHER = {
    "id": f"c.id + n * {STRIDE}",
    "name": "c.name || '第' || n || '批'",
    "filing_serial": "c.filing_serial + n * 1000",
    "filing_number": "'宁创联备〔' || c.filing_year || '〕' || "
    "(c.filing_serial + n * 1000) || '号'",
    "verification_code": "CASE WHEN c.verification_code > '' THEN md5(c.id || ' ' || n) END",
    "action_due_on": "c.action_due_on + (n * 7 % 30)",
    "submitted_at": "c.submitted_at + n * interval '1 minute'",
}
_CONSORTIA = """
INSERT INTO filings_consortium ({columns}) SELECT {values}
FROM filings_consortium c, generate_series(%(first)s, %(last)s) n WHERE c.id < {stride}
"""
_ENTRIES = f"""
INSERT INTO filings_searchentry (consortium_id, tokens)
SELECT e.consortium_id + n * {STRIDE}, e.tokens || array_to_tsvector(
    array_remove(ARRAY['第', '批', n::text, (c.filing_serial + n * 1000)::text], NULL))
FROM filings_searchentry e JOIN filings_consortium c ON c.id = e.consortium_id,
generate_series(%(first)s, %(last)s) n WHERE e.consortium_id < {STRIDE}
"""  # noqa: S608 - numbers of our own
_ASSIGNMENTS = f"""
INSERT INTO reviews_assignment (consortium_id, stage, officer_id, assigned_by_id, assigned_at)
SELECT c.id, %(role)s, (%(officers)s::bigint[])[c.id / {STRIDE} %% {OFFICERS} + 1],
    (%(officers)s::bigint[])[1], now()
FROM filings_consortium c WHERE c.status = ANY(%(states)s) AND c.id / {STRIDE} %% 2 = 1
ON CONFLICT DO NOTHING
"""  # noqa: S608 - numbers of our own
_DESKS = {
    Role.INTAKE: ["submitted"],
    Role.REVIEWER: ["under_review"],
    Role.DECIDER: ["recommended", "public_notice"],
}


def grow_to(size: int) -> None:
    """Fill the database up to `size` filings, with every second copy claimed by some officer."""
    if not Consortium.objects.exists():
        call_command("demo", consortia=SEED, verbosity=0)
    here = Consortium.objects.count() // SEED
    span = {"first": here, "last": size // SEED - 1}
    fields = [field.column for field in Consortium._meta.concrete_fields]
    copy = _CONSORTIA.format(
        columns=", ".join(f'"{name}"' for name in fields),
        values=", ".join(_OTHER.get(name, f'c."{name}"').replace("%", "%%") for name in fields),
        stride=STRIDE,
    )
    with connection.cursor() as cursor:
        if span["last"] >= here:
            cursor.execute(copy, span)
            cursor.execute(_ENTRIES, span)
        for role, states in _DESKS.items():
            officers = _officers(role)
            cursor.execute(_ASSIGNMENTS, {"role": role, "states": states, "officers": officers})
        cursor.execute("VACUUM ANALYZE")


def _officers(role: Role) -> list[int]:
    group = Group.objects.get(name=role)
    people = [
        User.objects.get_or_create(
            username=f"{role}{n}", defaults={"email": f"{role}{n}@example.com", "is_staff": True}
        )[0]
        for n in range(OFFICERS)
    ]
    group.user_set.add(*people)
    return [person.pk for person in people]
