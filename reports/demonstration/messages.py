"""A daily e-mail of somebody who chose so, and a copy of a message that could not be sent."""

from django.utils import timezone

from filings.models import Member
from filings.notifications import ask_member
from notices.digest import write_digest
from notices.kinds import Group, When
from notices.models import Delivery, Preference

FULL = "SMTPRecipientsRefused: 552 5.2.2 mailbox full"


def build_messages(people) -> None:
    """The member's unit is asked to confirm its part in drafts; the reviewer's mailbox was full."""
    member = people["member"]
    Preference.objects.create(user=member, group=Group.UNITS, when=When.DAILY)
    asked = Member.objects.waiting_for(timezone.localdate())
    for row in asked.filter(unit__memberships__user=member).order_by("pk")[:2]:
        ask_member(row)
    copies = Delivery.objects.filter(channel=Delivery.Channel.EMAIL)
    copies.filter(message__recipient=member, status="held").update(due_at=timezone.now())
    write_digest(member.pk)
    copy = copies.filter(message__recipient=people["reviewer"]).order_by("pk").first()
    if copy is not None:
        copy.delete()
        Delivery.objects.create(
            message=copy.message, channel=copy.channel, status=Delivery.Status.FAILED, attempts=6,
            due_at=copy.due_at, error=FULL,
        )  # fmt: skip
