from django.db import models
from django.utils.translation import gettext_lazy as _

from filings.models.policy import Policy


class ReportGrade(models.Model):
    """A grade that an accepted yearly report gets under a policy. The guideline names none, and a
    policy without grades asks for none."""

    policy = models.ForeignKey(
        Policy, models.CASCADE, related_name="report_grades", verbose_name=_("policy")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    code = models.SlugField(
        _("code"),
        max_length=20,
        help_text=_("Stays the same from policy to policy: statistics count by it."),
    )
    name = models.CharField(_("name"), max_length=30)

    class Meta:
        verbose_name = _("grade of yearly reports")
        verbose_name_plural = _("grades of yearly reports")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["policy", "code"], name="report_grade_once")]

    def __str__(self):
        return self.name
