from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from filings.models.consortium import Consortium
from filings.models.content import MONEY
from filings.models.member import Member
from filings.querysets import MilestoneQuerySet


class KeyTask(models.Model):
    """A research task of the consortium (clause 1), with its budget in 10k CNY."""

    consortium = models.ForeignKey(
        Consortium, models.CASCADE, related_name="tasks", verbose_name=_("consortium")
    )
    title = models.CharField(_("title"), max_length=300)
    goal = models.TextField(_("goal and indicators"))
    led_by_lead = models.BooleanField(_("the lead unit takes part"), default=True)
    members = models.ManyToManyField(
        Member,
        related_name="tasks",
        blank=True,
        verbose_name=_("members that take part"),
    )
    budget = models.DecimalField(_("budget"), null=True, blank=True, **MONEY)
    own_funds = models.DecimalField(_("of which own funds"), null=True, blank=True, **MONEY)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("key task")
        verbose_name_plural = _("key tasks")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.title


class Milestone(models.Model):
    """What a task reaches by the end of a month of the term (1 = the first month)."""

    # The columns that stand for a row where a form keeps the milestones as one list.
    KEPT = ("month", "title")

    task = models.ForeignKey(
        KeyTask, models.CASCADE, related_name="milestones", verbose_name=_("key task")
    )
    title = models.CharField(_("milestone"), max_length=300)
    month = models.PositiveSmallIntegerField(
        _("month of the term"), validators=[MinValueValidator(1)]
    )

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["month", "pk"]

    def __str__(self):
        return self.title

    @property
    def line(self) -> str:
        return gettext("Month %(month)s: %(title)s") % {"month": self.month, "title": self.title}
