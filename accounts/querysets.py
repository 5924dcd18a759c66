"""Who belongs to what: the one place that tells who may act for a unit from who only reads.

The rooms above ask here and keep no list of roles of their own.
"""

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef

OWNER, EDITOR, READER = "owner", "editor", "reader"
# Those who file, report and answer for their unit; a reader opens the same pages, and only reads.
EDITING = (OWNER, EDITOR)


class UnitQuerySet(models.QuerySet):
    def of(self, user):
        """The units that `user` belongs to, in any role."""
        return self.filter(memberships__user=user)

    def edited_by(self, user):
        """The units that `user` may act for."""
        return self.filter(memberships__user=user, memberships__role__in=EDITING)


class MembershipQuerySet(models.QuerySet):
    def active(self):
        """Locked accounts do not count."""
        return self.filter(user__is_active=True)

    def editing(self):
        """The places of those who may act for their unit."""
        return self.active().filter(role__in=EDITING)

    def owning(self):
        """The places of those who decide who belongs to their unit."""
        return self.active().filter(role=OWNER)


class InvitationQuerySet(models.QuerySet):
    def unanswered(self):
        """Neither used nor taken back; what is over its time is among them."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def with_sender(self):
        """Whether who sent it still owns the unit; without that nobody enters by it.

        So a stranger who had registered a unit and was locked out has no friends to let in.
        """
        memberships = self.model._meta.apps.get_model("accounts", "Membership").objects
        owning = memberships.owning().filter(unit=OuterRef("unit"), user=OuterRef("invited_by"))
        return self.annotate(sender_owns=Exists(owning))

    def standing(self, now: datetime):
        """Those by which somebody can enter."""
        return self.with_sender().unanswered().filter(expires_at__gt=now, sender_owns=True)


class JoinRequestQuerySet(models.QuerySet):
    def pending(self):
        return self.filter(outcome="pending")

    def to_decide(self):
        """Those that an owner is shown: whose asker has proved its address and can still enter."""
        return self.pending().filter(
            user__is_active=True,
            user__emailaddress__verified=True,
            user__emailaddress__primary=True,
        )

    def for_owner(self, user):
        """What waits for a decision of `user`."""
        return self.to_decide().filter(unit__memberships__user=user, unit__memberships__role=OWNER)

    def shown_to(self, user):
        """What `user` asked for and still has to know: what waits, and what was declined."""
        shown = self.filter(user=user, outcome__in=("pending", "declined"))
        return shown.exclude(unit__memberships__user=user).order_by("-created_at")
