"""A new draft from an earlier filing of the same unit: what can be said again is, and no more."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.as_of import as_of
from filings.database import lock
from filings.ending import ending_of, successor_of
from filings.forms.rows import MemberForm
from filings.history import record
from filings.models import Consortium, KeyTask, Member, Milestone, Policy
from filings.refusals import Conflict, Refused
from filings.services import create_draft
from filings.snapshot import FIELDS, TASK_FIELDS
from filings.states import Entry

# Given by each filing anew; the term is the policy's until somebody says otherwise.
NOT_COPIED = frozenset(("agreement_signed_on", "lead_signed"))


@transaction.atomic
def copy(earlier: Consortium, *, user) -> Consortium:
    """A draft with the content, members, tasks and milestones of `earlier`.

    Documents, the date and signatures of the agreement, and the members' answers do not come along;
    nor does a focus field that is no longer on the bureau's list. Raises NotPermitted for people of
    other units.
    """
    earlier = as_of(earlier)
    draft = _content_of(earlier, user)
    _rows_of(earlier, draft, with_milestones=True)
    record(draft, Entry.COPY, user, earlier.filing_number or "", earlier=earlier.pk)
    return draft


@transaction.atomic
def renew(earlier: Consortium, *, user) -> Consortium:
    """A draft that applies anew for a consortium whose term is near its end or over.

    As `copy`, but linked to it, and without milestones: those of the old term lie behind the new
    one. The rules are those of any filing. Raises Refused while the end is not near, Conflict when
    it was begun already.
    """
    earlier = lock(Consortium.objects).get(pk=earlier.pk)
    today = timezone.localdate()
    if ending_of(earlier, today, Policy.objects.in_force(today)) is None:
        raise Refused(_("It can be applied for anew when the end of its term is near, or after."))
    if successor_of(earlier):
        raise Conflict(_("It has been applied for anew already."))
    view = as_of(earlier)
    draft = _content_of(view, user)
    draft.predecessor = earlier
    draft.save(update_fields=["predecessor"])
    _rows_of(view, draft, with_milestones=False)
    record(draft, Entry.RENEW, user, earlier.filing_number, earlier=earlier.pk)
    return draft


def _content_of(earlier: Consortium, user) -> Consortium:
    draft = create_draft(user=user, unit=earlier.lead_unit, name=earlier.name)
    for name in (name for names in FIELDS.values() for name in names):
        if name not in NOT_COPIED:
            setattr(draft, name, getattr(earlier, name))
    if draft.focus_field and not draft.focus_field.is_current_on(timezone.localdate()):
        draft.focus_field = None
    draft.save()
    return draft


def _rows_of(earlier: Consortium, draft: Consortium, *, with_milestones: bool) -> None:
    members = {
        member.pk: _copied(member, MemberForm._meta.fields, draft, unit=member.unit)
        for member in earlier.members.all()
    }
    for task in earlier.tasks.prefetch_related("members", "milestones"):
        new = _copied(task, TASK_FIELDS, draft)
        new.members.set(members[m.pk] for m in task.members.all() if m.pk in members)
        if with_milestones:
            Milestone.objects.bulk_create(
                Milestone(task=new, month=m.month, title=m.title) for m in task.milestones.all()
            )


def _copied(row: Member | KeyTask, names, draft: Consortium, **fields):
    values = {name: getattr(row, name) for name in names}
    return type(row).objects.create(consortium=draft, order=row.order, **values, **fields)
