from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.parts import ONE, Part


class AtPlace(models.Model):
    """What is about a part of a report, or about a field or a row of it, named by `field`."""

    part = models.CharField(_("part"), max_length=20, choices=Part.choices)
    # What the row ("milestones-12") was called when this was written: it may be gone.
    row = models.CharField(_("row"), max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def place(self) -> str:
        return " · ".join(filter(None, (self.get_part_display(), self.row_named)))

    @property
    def row_named(self) -> str:
        """The row that it is about, in words."""
        return ONE[self.field.partition("-")[0]] % {"row": self.row} if self.row else ""
