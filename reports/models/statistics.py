from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Picture(models.Model):
    """The figures of the whole programme as they were at one moment, counted at once.

    A page shows them without counting again, however many consortia there are, and says the moment.
    """

    taken_at = models.DateTimeField(_("as of"))
    # Expiry and delay are facts of the calendar, so the figures are those of a day.
    day = models.DateField(_("day"))
    figures = models.JSONField(_("figures"))

    class Meta:
        verbose_name = _("statistics")
        verbose_name_plural = _("statistics")
        ordering = ["-taken_at", "-pk"]

    def __str__(self):
        return str(self.day)


class StatisticsReport(models.Model):
    """A yearly statistics report of the programme: asked for, then made step by step.

    How far it is shows in what is there: the figures, the paper, the workbook.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("requested by"),
    )
    requested_at = models.DateTimeField(_("requested at"), editable=False)
    taken_at = models.DateTimeField(_("figures as of"), null=True, editable=False)
    figures = models.JSONField(_("figures"), default=dict, editable=False)
    paper = models.FileField(_("paper (PDF)"), upload_to="statistics", editable=False)
    paper_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    workbook = models.FileField(_("workbook (Excel)"), upload_to="statistics", editable=False)
    workbook_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    finished_at = models.DateTimeField(_("finished at"), null=True, editable=False)
    error = models.TextField(_("what stopped it"), blank=True, editable=False)

    class Meta:
        verbose_name = _("statistics report")
        verbose_name_plural = _("statistics reports")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(finished_at__isnull=True, error=""),
                name="statistics_one_in_work",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True)
                | (Q(taken_at__isnull=False) & ~Q(paper="") & ~Q(workbook="")),
                name="statistics_finished_is_whole",
            ),
        ]

    def __str__(self):
        return _("Statistics of %(year)s") % {"year": self.year}

    @property
    def is_in_work(self) -> bool:
        return self.finished_at is None and not self.error
