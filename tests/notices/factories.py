"""Messages and copies that wait, without going through `notify`."""

from django.utils import timezone

from notices.models import Delivery, Message


def message(user, key="a", **fields) -> Message:
    fields = {"subject": "待补正", "body": "请尽快补正。", "kind": "filing_return"} | fields
    return Message.objects.create(recipient=user, key=key, **fields)


def waiting(user, key="a", *, channel="email", about=None, **fields) -> Delivery:
    """A copy that is due now; `about` are the message's own fields."""
    fields = {"due_at": timezone.now()} | fields
    return Delivery.objects.create(
        message=message(user, key, **(about or {})), channel=channel, **fields
    )
