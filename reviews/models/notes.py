from django.db import models
from django.utils.translation import gettext_lazy as _

from filings.models import Consortium
from filings.models.history import InternalNote
from filings.sections import Section


class Note(InternalNote):
    consortium = models.ForeignKey(
        Consortium, models.CASCADE, related_name="notes", verbose_name=_("consortium")
    )
    section = models.CharField(_("section"), max_length=20, choices=Section.choices)

    class Meta(InternalNote.Meta):
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")

    @property
    def place(self) -> str:
        return self.get_section_display()


class CommentTemplate(models.Model):
    """A comment that officers write again and again, to begin from."""

    section = models.CharField(_("section"), max_length=20, choices=Section.choices)
    title = models.CharField(_("title"), max_length=60)
    text = models.TextField(_("text"), max_length=2000)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("comment template")
        verbose_name_plural = _("comment templates")
        ordering = ["section", "title", "pk"]

    def __str__(self):
        return self.title
