"""A unit's new name under the same credit code, and the only writer of a renaming's status.

The unit reports it with the registry's document (工商变更证明). Once the bureau took note it has
the new name wherever it is named today. What was filed, issued or sent keeps the name it had.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from accounts.roles import LABELS, Role, has_role
from filings.confirmation import digest_of
from filings.database import lock
from filings.documents import inspect
from filings.history import record
from filings.models import Consortium, Member, Renaming
from filings.notifications import announce_renaming
from filings.permissions import YES, Answer, acts_for_unit
from filings.refusals import Conflict, NotPermitted, Refused
from filings.states import Entry

Status = Renaming.Status


def report_renaming(unit: Unit, *, user, new_name: str, renamed_on: date, upload: File) -> Renaming:
    """Report the new name with the document that proves it.

    Raises NotPermitted for others than those who act for the unit, Refused while another renaming
    waits, ValidationError for the name, the day or the file.
    """
    found = inspect(upload)
    with transaction.atomic():
        unit = lock(Unit.objects).get(pk=unit.pk)
        answer = acts_for_unit(user, unit.pk)
        if not answer:
            raise NotPermitted(answer.reason)
        _refuse_unfit(unit, new_name, renamed_on)
        renaming = Renaming.objects.create(
            unit=unit,
            old_name=unit.name,
            new_name=new_name,
            renamed_on=renamed_on,
            file=upload,
            original_name=found.name,
            sha256=found.sha256,
            reported_by=user,
        )
        announce_renaming(renaming)
        return renaming


def _refuse_unfit(unit: Unit, new_name: str, renamed_on: date) -> None:
    if new_name == unit.name:
        raise ValidationError({"new_name": _("This is the name that the unit has already.")})
    if renamed_on > timezone.localdate():
        raise ValidationError({"renamed_on": _("The day is still to come: report it then.")})
    if unit.renamings.filter(status=Status.REPORTED).exists():
        raise Refused(_("A renaming of this unit waits for the bureau already."))
    last = unit.renamings.filter(status=Status.NOTED).first()
    if last and renamed_on < last.renamed_on:
        raise ValidationError(
            {"renamed_on": _("The unit was renamed later than that already: check the day.")}
        )


def may_answer(user, renaming: Renaming) -> Answer:
    """Whether `user` may take note of it or return it."""
    if renaming.status != Status.REPORTED:
        return Answer(
            False,
            _("%(who)s has answered it already: %(status)s.")
            % {"who": renaming.decided_by, "status": renaming.get_status_display()},
        )
    if has_role(user, Role.REVIEWER):
        return YES
    return Answer(False, _("This is for the role: %(role)s.") % {"role": LABELS[Role.REVIEWER]})


@transaction.atomic
def note_renaming(renaming: Renaming, *, user) -> None:
    """Take note: from now on the unit has its new name. Raises NotPermitted, or Conflict when
    somebody was quicker."""
    unit = lock(Unit.objects).get(pk=renaming.unit_id)
    renaming = _waiting(renaming, user)
    _close(renaming, user, Status.NOTED)
    unit.name = renaming.new_name
    unit.save(update_fields=["name"])
    for member in Member.objects.filter(unit=unit, name=renaming.old_name):
        _rename(member, renaming.new_name)
    led = Consortium.objects.filter(lead_unit=unit)
    joined = Consortium.objects.filter(members__unit=unit)
    for consortium in (led | joined).distinct():
        record(consortium, Entry.RENAMED, user, str(renaming), renaming=renaming.pk)
    announce_renaming(renaming)


def _rename(member: Member, name: str) -> None:
    """What a member confirmed stands: it is the same unit with the same part."""
    stood = member.confirmed_digest == digest_of(member)
    member.name = name
    if stood:
        member.confirmed_digest = digest_of(member)
    member.save(update_fields=["name", "confirmed_digest"])


@transaction.atomic
def return_renaming(renaming: Renaming, *, user, reason: str) -> None:
    """Say what is to be mended; the unit reports it anew. Raises as `note_renaming`."""
    if not reason.strip():
        raise Refused(_("Say what is to be mended: the unit reads it."))
    renaming = _waiting(renaming, user)
    renaming.to_mend = reason.strip()
    _close(renaming, user, Status.RETURNED)
    announce_renaming(renaming)


def _waiting(renaming: Renaming, user) -> Renaming:
    renaming = lock(Renaming.objects).get(pk=renaming.pk)
    answer = may_answer(user, renaming)
    if not answer:
        waits = renaming.status == Status.REPORTED
        raise (NotPermitted if waits else Conflict)(answer.reason)
    return renaming


def _close(renaming: Renaming, user, status: Renaming.Status) -> None:
    renaming.status = status
    renaming.decided_by, renaming.decided_at = user, timezone.now()
    renaming.save()


def former_names(unit_ids) -> dict[int, list[Renaming]]:
    """The names that units had before, by unit, the latest first: for the register's 曾用名."""
    names: dict[int, list[Renaming]] = {}
    noted = Renaming.objects.filter(unit__in=unit_ids, status=Status.NOTED)
    for renaming in noted:
        names.setdefault(renaming.unit_id, []).append(renaming)
    return names
