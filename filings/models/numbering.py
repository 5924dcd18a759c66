from django.db import models


class FilingCounter(models.Model):
    """The last filing number given in a year; its row is the lock that keeps numbers gapless."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.year}: {self.last}"
