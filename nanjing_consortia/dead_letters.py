"""What could not be sent: a number on the overview of those who may do something about it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import Role, has_role
from notices.models import Delivery
from reviews.queue import Card


def dead_letters() -> int:
    return Delivery.objects.failed().count()


def dead_letter_cards(user) -> list[Card]:
    """Nothing while everything could be sent."""
    if not has_role(user, Role.ADMINISTRATOR, Role.AUDITOR):
        return []
    count = dead_letters()
    address = reverse("admin:notices_delivery_changelist") + "?status__exact=failed"
    return [Card(_("Messages that could not be sent"), count, address, True)] if count else []
