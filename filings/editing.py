"""The way to a filing that is being edited: locked, allowed, and each save counted."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.database import lock
from filings.models import Consortium
from filings.refusals import NotPermitted


def editable(consortium_id: int, *, user) -> Consortium:
    """The consortium, locked for writing until the transaction ends.

    Raises NotPermitted when it is not the user's to edit now.
    """
    mine = Consortium.objects.edited_by(user).for_rules(timezone.localdate())
    consortium = lock(mine).filter(pk=consortium_id).first()
    if consortium is None:
        raise NotPermitted(_("Only owners and editors of the lead unit may edit a filing."))
    if not consortium.is_editable:
        raise NotPermitted(_("It can't be edited now."))
    return consortium


@transaction.atomic
def touch(consortium_id: int, *, user) -> Consortium:
    """Count a save of one of the filing's rows (member, task, document) as a save of the filing."""
    consortium = editable(consortium_id, user=user)
    count_save(consortium, user)
    return consortium


def count_save(consortium: Consortium, user) -> None:
    """Write a filing that `editable` gave, and who did."""
    consortium.version += 1
    consortium.saved_by = user
    consortium.save()
