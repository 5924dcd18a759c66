"""The daily e-mail: at 08:00 in Shanghai, one to each person who chose so and has anything new.

It is a message like others, with the key of its day, so that the ledger's constraint makes it once
per person and day. In one transaction the items are locked, the e-mail is written, and the items
are marked as in it: after a crash either all of it is there or nothing. What comes in too late for
today's e-mail, or after an outage of days, is in the next one.
"""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.database import lock
from notices.delivery import bundle
from notices.kinds import DIGEST
from notices.models import Delivery, Message


def write_digests() -> int:
    """Write the daily e-mails that are due; return how many. Run as often as you like."""
    now = timezone.now()
    key = _key(now)
    told = Message.objects.filter(kind=DIGEST, key=key).values("recipient")
    waiting = Delivery.objects.held(now).exclude(message__recipient__in=told)
    people = set(waiting.order_by().values_list("message__recipient", flat=True))
    return sum(write_digest(pk) for pk in sorted(people))


@transaction.atomic
def write_digest(person_id: int) -> bool:
    """Write one person's e-mail of today; False when there is one already, or nothing to tell."""
    now = timezone.now()
    # The person is locked, not only the items: two workers can't each take some of them.
    person = lock(get_user_model().objects.filter(pk=person_id)).first()
    held = Delivery.objects.held(now).filter(message__recipient=person_id)
    rows = list(held.select_related("message"))
    key = _key(now)
    if not rows or Message.objects.filter(recipient=person, key=key).exists():
        return False
    with translation.override(person.language):
        written = Message.objects.create(
            recipient=person,
            key=key,
            kind=DIGEST,
            subject=_("Your messages of the last day: %(count)s") % {"count": len(rows)},
            body=render_to_string(
                "notices/digest.txt", {"rows": rows, "site": settings.SITE_URL}
            ).strip(),
        )
    Delivery.objects.create(message=written, channel=Delivery.Channel.EMAIL, due_at=now)
    bundle(rows, written)
    return True


def _key(now) -> str:
    return f"digest:{timezone.localdate(now).isoformat()}"
