from django.db import models

from notices.kinds import DIGEST, KINDS, OTHERS, Group, names_of


class MessageQuerySet(models.QuerySet):
    def inbox_of(self, user):
        """What `user` reads in its inbox; daily e-mails only repeat what is there."""
        return self.filter(recipient=user).exclude(kind=DIGEST)

    def unread(self):
        return self.filter(read_at__isnull=True)

    def of_group(self, group: Group):
        """Those of a group; kinds without a row of their own are in that of `OTHERS`."""
        if group == OTHERS.group:
            named = [name for name, kind in KINDS.items() if kind.group != group]
            return self.exclude(kind__in=named)
        return self.filter(kind__in=names_of(group))


class DeliveryQuerySet(models.QuerySet):
    def due(self, now):
        """What is to be tried now, the longest waiting first."""
        return self.filter(status="pending", due_at__lte=now).order_by("due_at", "pk")

    def held(self, now):
        """What the next daily e-mail takes."""
        return self.filter(status="held", due_at__lte=now).order_by("pk")

    def failed(self):
        return self.filter(status="failed")
