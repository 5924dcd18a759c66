import logging

from celery import shared_task
from kombu.exceptions import OperationalError

from notices import delivery
from notices.models import Message

log = logging.getLogger(__name__)


@shared_task
def deliver(message_id: int) -> bool | None:
    """Send the e-mail copy of one message."""
    return delivery.deliver(message_id)


@shared_task
def deliver_due() -> int:
    """Every minute: try what is due, also what was left when the broker or a worker was down."""
    return delivery.deliver_round()


def deliver_soon(keys: set[str], recipient_ids: set[int]) -> None:
    """Hand fresh messages to a worker. Without a broker they wait for `deliver_due`."""
    messages = Message.objects.filter(key__in=keys, recipient__in=recipient_ids)
    try:
        for pk in messages.values_list("pk", flat=True):
            deliver.delay(pk)
    except OperationalError:
        log.warning("no broker: messages of %s wait for the next delivery", ", ".join(keys))
