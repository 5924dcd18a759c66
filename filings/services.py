"""What the lead unit's people do to a filing that is theirs to edit: write it, row by row."""

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings import kept, search
from filings.confirmation import answer_of
from filings.editing import count_save, editable, touch
from filings.merging import Merge, Seen
from filings.models import (
    Consortium,
    Justification,
    KeyTask,
    Member,
    Milestone,
)
from filings.permissions import acts_for_unit
from filings.refusals import Conflict, NotPermitted
from filings.remarks import answer, resolve
from filings.snapshot import rows


def create_draft(*, user, unit, name: str) -> Consortium:
    """Begin a filing that `unit` leads. Raises NotPermitted for whoever may not act for it."""
    answer = acts_for_unit(user, unit.pk)
    if not answer:
        raise NotPermitted(answer.reason)
    return Consortium.objects.create(lead_unit=unit, name=name, created_by=user)


@transaction.atomic
def save_content(
    consortium_id: int, *, user, fields: dict, seen: Seen | None = None, choices=None
) -> tuple[Consortium, Merge]:
    """Write fields of the filing itself; `signed_members` are the ids of the members that signed.

    `seen` is what the form showed: what somebody else changed since then is not overwritten, and
    the answer, beside the filing as it is now, says what is to be chosen between. Without it all
    is written. Raises as `editable`.
    """
    consortium = editable(consortium_id, user=user)
    prefetch_related_objects([consortium], *rows())
    found = kept.merged(consortium, fields, seen, choices)
    for name in found.write:
        if name == "signed_members":
            _sign(consortium, fields[name])
        else:
            setattr(consortium, name, fields[name])
    if found.write:
        count_save(consortium, user)
    if "name" in found.write:
        search.index([consortium.pk])
    return consortium, found


def _sign(consortium: Consortium, keys) -> None:
    members = consortium.members.all()
    for member in members:
        member.signed = member.pk in keys
    Member.objects.bulk_update(members, ["signed"])


def _stored(rows, row):
    found = rows.filter(pk=row.pk).first()
    if found is None:
        raise Conflict(_("Somebody else removed “%(row)s” meanwhile.") % {"row": row})
    return found


@transaction.atomic
def save_member(
    member: Member, *, user, fields: dict, seen: Seen | None = None, choices=None
) -> tuple[Member, Merge]:
    """Write fields of a member, stored or new, merged as by `save_content`; `uscc` is its unit.

    Its answer is about the part it read: it falls when the part changes, and stands again when
    the part is once more what it was.
    """
    consortium = editable(member.consortium_id, user=user)
    member, found = write_member(member, consortium, fields, seen, choices)
    if found.write:
        count_save(consortium, user)
    return member, found


def write_member(
    member: Member, consortium: Consortium, fields: dict, seen: Seen | None = None, choices=None
) -> tuple[Member, Merge]:
    """Write fields of a member of a filing, or of one that joins by a change; the consortium is
    locked. Raises Conflict when the unit is a member already, or the member was removed."""
    if member.pk:
        member = _stored(Member.objects.select_related("unit"), member)
        member.consortium = consortium
        found = kept.merged(member, fields, seen, choices)
    else:
        member.order = consortium.members.count()
        found = Merge.of_new(fields)
    for name in found.write:
        setattr(member, "unit" if name == "uscc" else name, fields[name])
    twins = consortium.members.filter(unit_id=member.unit_id, left_on__isnull=True)
    if "uscc" in found.write and twins.exclude(pk=member.pk).exists():
        raise Conflict(_("This unit is already a member of the consortium."))
    if found.write:
        member.confirmation = answer_of(member)
        member.save()
    return member, found


@transaction.atomic
def save_task(
    task: KeyTask, *, user, fields: dict, seen: Seen | None = None, choices=None
) -> tuple[KeyTask, Merge]:
    """Write fields of a key task, stored or new, merged as by `save_content`; `members` are the
    ids of those that take part, `milestones` its [month, title]."""
    consortium = editable(task.consortium_id, user=user)
    if task.pk:
        task = _stored(KeyTask.objects.prefetch_related("members", "milestones"), task)
        task.consortium = consortium
        found = kept.merged(task, fields, seen, choices)
    else:
        task.order = consortium.tasks.count()
        found = Merge.of_new(fields)
    for name in found.write - {"members", "milestones"}:
        setattr(task, name, fields[name])
    if found.write:
        count_save(consortium, user)
        task.save()
    if "members" in found.write:
        task.members.set(fields["members"])
    if "milestones" in found.write:
        task.milestones.all().delete()
        Milestone.objects.bulk_create(
            Milestone(task=task, month=month, title=title) for month, title in fields["milestones"]
        )
        task = KeyTask.objects.select_related("consortium").get(pk=task.pk)
    return task, found


@transaction.atomic
def delete_row(row, *, user) -> None:
    """Take a member or a key task out of a filing that is being edited."""
    touch(row.consortium_id, user=user)
    if isinstance(row, Member):
        # Without it they would pass for papers of the lead unit.
        row.documents.filter(replaced_at__isnull=True).update(replaced_at=timezone.now())
    row.delete()


@transaction.atomic
def move_row(row: Member | KeyTask, *, user, up: bool) -> None:
    """Move a member or a key task one place up or down in its list."""
    touch(row.consortium_id, user=user)
    row = _stored(type(row).objects, row)
    rows = list(type(row).objects.filter(consortium_id=row.consortium_id))
    place = rows.index(row)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
        for order, moved in enumerate(rows):
            moved.order = order
        type(row).objects.bulk_update(rows, ["order"])


@transaction.atomic
def justify(consortium: Consortium, *, user, rule: str, text: str) -> None:
    """Keep the reason for departing from what the guideline asks in principle."""
    touch(consortium.pk, user=user)
    Justification.objects.update_or_create(
        consortium=consortium, rule=rule, defaults={"text": text.strip()}
    )


@transaction.atomic
def answer_comment(comment, *, user, text: str) -> None:
    """The lead unit says how it dealt with what the bureau asked for."""
    touch(comment.consortium_id, user=user)
    answer(comment, text)


@transaction.atomic
def resolve_comment(comment, *, user) -> None:
    """The lead unit did as it was asked and has nothing to add."""
    touch(comment.consortium_id, user=user)
    resolve(comment)
