from django.db import models


class Counter(models.Model):
    """The last number given in a year; its row is the lock that keeps numbers gapless."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.year}: {self.last}"


class FilingCounter(Counter):
    """Counts filing numbers."""


class LetterCounter(Counter):
    """Counts letters of the bureau, whatever their kind."""
