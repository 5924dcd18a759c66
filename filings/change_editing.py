"""What the lead unit's people write into a change before it is reported (clause 5.3)."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from filings import kept
from filings.as_of import as_of, proposed
from filings.attachments import file_under, taken_in
from filings.change_content import FIELDS, OF_A_PRESENT_MEMBER, row_of
from filings.change_states import CHANGE_EDITABLE
from filings.database import lock
from filings.merging import Merge, Seen
from filings.models import Change, ChangeKind, Consortium, DocumentKind, Member
from filings.permissions import TAKES_PAPERS, acts_for_unit
from filings.refusals import NotPermitted, Refused
from filings.services import write_member
from filings.snapshot import plain
from filings.states import Status

NOT_NOW = _("The change lies with others now and can't be edited.")


@transaction.atomic
def begin(consortium: Consortium, *, user, kind: str, member: Member | None = None) -> Change:
    """Begin a change; one of a member that is there names it. Raises NotPermitted for others than
    the lead unit, Refused when the consortium does not run."""
    consortium = lock(Consortium.objects).get(pk=consortium.pk)
    answer = acts_for_unit(user, consortium.lead_unit_id)
    if not answer:
        raise NotPermitted(answer.reason)
    if consortium.state != Status.ACTIVE:
        raise Refused(_("Changes are reported while the consortium is running."))
    if (kind in OF_A_PRESENT_MEMBER) != (member is not None):
        raise Refused(_("Choose the member whose part changes or that leaves, and no other."))
    if member and member.consortium_id != consortium.pk:
        raise Refused(_("This unit is no member of the consortium."))
    return Change.objects.create(
        consortium=consortium, kind=kind, member=member, created_by=user, saved_by=user
    )


def locked(change_id: int, *, user, statuses=CHANGE_EDITABLE) -> Change:
    """A change that the user may write to now, with its consortium locked before it.

    Raises NotPermitted for others than the lead unit, Refused in another status.
    """
    change = Change.objects.get(pk=change_id)
    consortium = lock(Consortium.objects.for_list()).get(pk=change.consortium_id)
    change = lock(Change.objects).select_related("member__unit").get(pk=change_id)
    change.consortium = consortium
    answer = acts_for_unit(user, consortium.lead_unit_id)
    if not answer:
        raise NotPermitted(answer.reason)
    if change.status not in statuses:
        raise Refused(NOT_NOW)
    return change


def _count_save(change: Change, user) -> None:
    change.version += 1
    change.saved_by = user
    change.save()


@transaction.atomic
def save_words(
    change: Change, *, user, fields: dict, seen: Seen | None = None, choices=None
) -> tuple[Change, Merge]:
    """Write what is said about the change, and its day; merged as the filing is."""
    change = locked(change.pk, user=user)
    return _write(change, user, fields, seen, choices)


@transaction.atomic
def save_signatures(
    change: Change, *, user, fields: dict, seen: Seen | None = None, choices=None
) -> tuple[Change, Merge]:
    """Write who signed the supplementary agreement, and when; also while the units confirm."""
    change = locked(change.pk, user=user, statuses=TAKES_PAPERS)
    return _write(change, user, fields, seen, choices)


def _write(change, user, fields, seen, choices) -> tuple[Change, Merge]:
    found = kept.merged(change, fields, seen, choices)
    for name in found.write:
        setattr(change, name, fields[name])
    if found.write:
        _count_save(change, user)
    return change, found


@transaction.atomic
def save_content(
    change: Change, *, user, fields: dict, seen: Seen | None = None, choices=None
) -> tuple[Consortium | Member, Merge]:
    """Write what the plan, the organisation, the mechanism or a member's part will be: only what
    differs from what holds on that day is kept. Gives what the form is about, as it would be."""
    change = locked(change.pk, user=user)
    row = _proposed_row(change)
    found = kept.merged(row, fields, seen, choices)
    for name in found.write:
        setattr(row, name, fields[name])
    now = row_of(as_of(change.consortium, change.effective_on), change)
    change.after = {
        name: value
        for name in FIELDS[change.kind]
        if (value := plain(getattr(row, name))) != plain(getattr(now, name))
    }
    if found.write:
        _count_save(change, user)
    return row, found


def _proposed_row(change: Change) -> Consortium | Member:
    row = row_of(proposed(change), change)
    if row is None:
        raise Refused(_("This unit is no member of the consortium on that day."))
    return row


@transaction.atomic
def save_joiner(
    change: Change, *, user, fields: dict, seen: Seen | None = None, choices=None, tasks=None
) -> tuple[Member, Merge]:
    """Write the member that joins, as a filing writes its members; `tasks` are the key tasks that
    it takes part in."""
    change = locked(change.pk, user=user)
    if change.kind != ChangeKind.JOIN:
        raise Refused(NOT_NOW)
    member = change.member or Member(joined_by=change)
    member.consortium = change.consortium
    member, found = write_member(member, change.consortium, fields, seen, choices)
    if tasks is not None:
        member.tasks.set(tasks)
    if found.write:
        change.member = member
        _count_save(change, user)
    return member, found


@transaction.atomic
def justify(change: Change, *, user, rule: str, text: str) -> None:
    """Keep the reason for departing from what the guideline asks in principle."""
    change = locked(change.pk, user=user, statuses=TAKES_PAPERS)
    change.justifications[rule] = text.strip()
    _count_save(change, user)


def attach_agreement(change: Change, *, user, upload) -> Change:
    """Attach the supplementary agreement; a newer one takes the place of the one before. Raises
    ValidationError for an unfit file."""
    with taken_in(upload) as document:
        change = locked(change.pk, user=user, statuses=TAKES_PAPERS)
        old = change.supplementary_agreement
        change.supplementary_agreement = file_under(
            document,
            change.consortium,
            user=user,
            kind=DocumentKind.SUPPLEMENTARY_AGREEMENT,
            replaces=old,
        )
        _count_save(change, user)
        return change
