"""A consortium as it was, is or will be on a day of its term (clause 5.3): the one reader of what
changes have made of it, for the register, the pages, the papers, the exports and the rules.

The rows keep what was filed. What holds on a day is derived from the days of the changes that were
reported, so that nothing has to run for a change to take effect, and every past day can be asked.
"""

import copy
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils import timezone

from filings.models import Change, ChangeKind, Consortium, Member, Renaming
from filings.querysets import MemberQuerySet


def as_of(consortium: Consortium, day: date | None = None) -> Consortium:
    """The consortium on `day` (today by default). Raises nothing for days outside of its term:
    before it is as it was filed, after it is as it ended."""
    return views_of([consortium], day or timezone.localdate())[0]


def proposed(change: Change) -> Consortium:
    """The consortium as it would be on the day of a change that is not in effect yet."""
    day = change.effective_on or timezone.localdate()
    present = Member.objects.present_on(day)
    if change.kind == ChangeKind.LEAVE:
        present = present.exclude(pk=change.member_id)
    if change.kind == ChangeKind.JOIN:
        present = Member.objects.filter(Q(pk__in=present.values("pk")) | Q(joined_by=change))
    (view,) = views_of([change.consortium], day, present)
    apply(view, [change])
    return view


def views_of(
    consortia: Sequence[Consortium], day: date, members: MemberQuerySet | None = None
) -> list[Consortium]:
    """Each of them as on `day`, in three queries for all: a copy for reading alone, with its
    members of that day (or `members` of it) under their names of that day."""
    views = [_copy(consortium) for consortium in consortia]
    until = Change.objects.in_effect().filter(effective_on__lte=day)
    members = Member.objects.present_on(day) if members is None else members
    prefetch_related_objects(
        views,
        Prefetch("members", members.select_related("unit")),
        Prefetch("changes", until.order_by("effective_on", "pk"), to_attr="changes_until"),
    )
    for view in views:
        apply(view, view.changes_until)
    _name(views, day)
    return views


def apply(view: Consortium, changes: Iterable[Change]) -> None:
    """Lay what the changes say, one after another, over a copy made for reading."""
    parts = {member.pk: member for member in view.members.all()}
    for change in changes:
        row = parts.get(change.member_id) if change.kind == ChangeKind.PART else view
        if row is None or change.kind in (ChangeKind.JOIN, ChangeKind.LEAVE):
            continue  # who is a member is for its days to say
        for name, value in change.after.items():
            setattr(row, name, value)


def _copy(consortium: Consortium) -> Consortium:
    view = copy.copy(consortium)
    view._prefetched_objects_cache = {}
    return view


def _name(views: Sequence[Consortium], day: date) -> None:
    """Give the units the names they had on `day`, where they were renamed since."""
    units = {view.lead_unit_id for view in views}
    units |= {member.unit_id for view in views for member in view.members.all()}
    later = defaultdict(list)
    renamed = Renaming.objects.filter(
        unit__in=units, status=Renaming.Status.NOTED, renamed_on__gt=day
    )
    for renaming in renamed.order_by("renamed_on", "pk"):
        later[renaming.unit_id].append(renaming)
    for view in views if later else ():
        if since := later[view.lead_unit_id]:
            view.lead_unit = copy.copy(view.lead_unit)
            view.lead_unit.name = since[0].old_name
        for member in view.members.all():
            since = later[member.unit_id]
            if since and member.name == since[-1].new_name:
                member.name = since[0].old_name
