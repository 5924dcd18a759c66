"""Questions that are asked of many support requests at once."""

from django.db import models

from accounts.querysets import EDITING
from accounts.roles import is_officer
from reports.support.kinds import Kind
from reports.support.states import SUPPORTED, Status


class SupportRequestQuerySet(models.QuerySet):
    def of_units(self, user):
        """Those that the units of `user` ask, whatever the person is there.

        Neither the lead of a member that asks, nor the members of a lead, read them: some name
        persons, others say what money is wanted.
        """
        return self.filter(unit__memberships__user=user)

    def visible_to(self, user):
        """What the bureau was sent, for its officers; else what the own units ask."""
        return self.sent() if is_officer(user) else self.of_units(user)

    def edited_by(self, user):
        """Those of units that `user` may act for."""
        return self.filter(unit__memberships__user=user, unit__memberships__role__in=EDITING)

    def sent(self):
        """All but what is being written, and what was taken back to be."""
        return self.exclude(status=Status.DRAFT)

    def supported(self):
        """Those that the bureau recommended or passed on, whatever came of it."""
        return self.filter(status__in=SUPPORTED)

    def to_share(self):
        """Financing needs that were approved and may be passed on to institutions (clause 4.3)."""
        return self.filter(
            kind=Kind.FINANCING,
            status__in=(Status.RECOMMENDED, Status.FORWARDED),
            consent=True,
        )

    def for_list(self):
        return self.select_related("consortium__lead_unit", "unit")
