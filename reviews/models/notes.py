from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from filings.models import Consortium
from filings.sections import Section


class Note(models.Model):
    """What officers tell each other about a filing. It never leaves the bureau: no room that makes
    a page, a paper or an export for others can see this model."""

    consortium = models.ForeignKey(
        Consortium, models.CASCADE, related_name="notes", verbose_name=_("consortium")
    )
    section = models.CharField(_("section"), max_length=20, choices=Section.choices)
    field = models.CharField(_("field"), max_length=60, blank=True)
    text = models.TextField(_("note"), max_length=2000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author")
    )
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        ordering = ["pk"]

    def __str__(self):
        return self.text[:60]


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
