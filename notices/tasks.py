import logging

from celery import shared_task
from kombu.exceptions import OperationalError

from notices import delivery, digest
from notices.models import Delivery

log = logging.getLogger(__name__)


@shared_task
def deliver(delivery_id: int) -> bool | None:
    """Send one copy of a message."""
    return delivery.deliver(delivery_id)


@shared_task
def deliver_due() -> int:
    """Every minute: try what is due, also what was left when the broker or a worker was down."""
    return delivery.deliver_round()


@shared_task
def write_digests() -> int:
    """Every five minutes from 08:00: the daily e-mails; `deliver_due` sends them."""
    return digest.write_digests()


def deliver_soon(keys: set[str], recipient_ids: set[int]) -> None:
    """Hand fresh copies to a worker. Without a broker they wait for `deliver_due`."""
    fresh = Delivery.objects.filter(
        message__key__in=keys, message__recipient__in=recipient_ids, status="pending"
    )
    try:
        for pk in fresh.values_list("pk", flat=True):
            deliver.delay(pk)
    except OperationalError:
        log.warning("no broker: messages of %s wait for the next delivery", ", ".join(keys))
