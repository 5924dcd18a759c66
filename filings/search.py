"""Finding filings by number, name, unit, code and all of what was submitted, from an index.

The only module that knows the index; the result is the same on PostgreSQL and SQLite.
"""

from collections.abc import Iterable, Iterator

from django.db.models import Prefetch
from django.db.models.signals import post_save
from django.dispatch import receiver

from accounts.models import Unit
from filings import numbering
from filings.bigrams import asked, tokens
from filings.models import Consortium, KeyTask, Member, SearchEntry, Submission

BATCH = 100
FEW = 10_000
# Codes of choices and digests: words of the program and not of the filing.
_UNSAID = {"sha256", "goal_kinds", "chain_roles", "code"} | {
    field.name for model in (Consortium, Member, KeyTask) for field in model._meta.fields
    if field.choices
}  # fmt: skip


def matching(queryset, text: str):
    """The consortia of `queryset` in which everything occurs that was asked for.

    A filing number in any writing finds its entry. Raises `bigrams.TooShort` for less than two
    characters.
    """
    if number := numbering.read(text):
        return queryset.filter(filing_year=number[0], filing_serial=number[1])
    wanted = asked(text)
    # A few are looked up first and then put in order; of what many filings have, a page is full
    # soon when they are read in order and looked at one by one. The planner can't know which.
    found = SearchEntry.objects.filter(tokens__has=wanted).values("consortium")[: FEW + 1]
    if found.count() <= FEW:
        return queryset.filter(pk__in=found)
    return queryset.filter(search_entry__tokens__has=wanted)


def index(consortium_ids: Iterable[int]) -> int:
    """Bring the entries of these filings up to date and return how many there are; a draft that
    was never submitted has none."""
    newest = Prefetch("submissions", Submission.objects.order_by("-number"), to_attr="newest_first")
    came = Member.objects.filter(joined_on__isnull=False).select_related("unit")
    joined = Prefetch("members", came, to_attr="joined")
    consortia = (
        Consortium.objects.filter(pk__in=consortium_ids, first_submitted_at__isnull=False)
        .select_related("lead_unit")
        .prefetch_related(newest, joined)
    )
    entries = [SearchEntry(consortium=c, tokens=tokens(_texts(c))) for c in consortia]
    SearchEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["consortium"], update_fields=["tokens"]
    )
    return len(entries)


@receiver(post_save, sender=Unit)
def _follow_names(sender, instance, created, **_signal) -> None:
    """A unit that is renamed, by whomever and in whichever room, is found by its new name."""
    if not created:
        index(Consortium.objects.filter(lead_unit=instance).values("pk"))


def rebuild() -> int:
    """Make every entry anew, a hundred filings at a time, while the portal is in use."""
    keys = list(Consortium.objects.order_by("pk").values_list("pk", flat=True))
    return sum(index(keys[start : start + BATCH]) for start in range(0, len(keys), BATCH))


def _texts(consortium: Consortium) -> Iterator[str]:
    """What identifies it comes first, so that an overlong filing never loses it. Members are in
    what was submitted, and those that joined since: what the lead unit is typing now is not the
    bureau's to find."""
    unit = consortium.lead_unit
    yield from (consortium.name, consortium.filing_number or "", unit.name, unit.uscc)
    for member in consortium.joined:
        yield from (member.name, member.uscc)
    if consortium.newest_first:
        yield from _said(consortium.newest_first[0].content)


def _said(content) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for key, value in content.items():
            if key not in _UNSAID:
                yield from _said(value)
    elif isinstance(content, list):
        for value in content:
            yield from _said(value)
