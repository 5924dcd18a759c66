"""What an officer goes through at intake and at review, and what it answered (clauses of the
policy's day). The rules answer first; whoever says otherwise says why."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filings.models.history import Submission
from filings.models.policy import Policy
from filings.states import Action


class ChecklistItem(models.Model):
    """A question of the policy, with the clause it rests on."""

    class Stage(models.TextChoices):
        INTAKE = "intake", _("Intake")
        REVIEW = "review", pgettext_lazy("stage", "Review")

    policy = models.ForeignKey(
        Policy, models.CASCADE, related_name="checklist_items", verbose_name=_("policy")
    )
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    clause = models.CharField(_("clause"), max_length=10, blank=True)
    text = models.CharField(_("question"), max_length=200)
    rule = models.CharField(
        _("answered by the rule"),
        max_length=60,
        blank=True,
        help_text=_("What it found fills the answer in; none: the officer answers."),
    )

    class Meta:
        verbose_name = _("checklist item")
        verbose_name_plural = _("checklist items")
        ordering = ["stage", "order", "pk"]

    def __str__(self):
        return self.text


# The moves that ask for a whole checklist, and for which.
ASKED_BY = {
    Action.ACCEPT: ChecklistItem.Stage.INTAKE,
    Action.RECOMMEND: ChecklistItem.Stage.REVIEW,
}


class ChecklistAnswer(models.Model):
    """An officer's answer about one submission. A later answer takes its place; what was there
    before stays in the audit trail, and an overruled rule in the history too."""

    class Value(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        NOT_APPLICABLE = "na", _("Not applicable")

    item = models.ForeignKey(
        ChecklistItem, models.PROTECT, related_name="answers", verbose_name=_("checklist item")
    )
    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="answers", verbose_name=_("submission")
    )
    value = models.CharField(_("answer"), max_length=5, choices=Value.choices)
    note = models.CharField(_("note"), max_length=500, blank=True)
    # What the rule had answered, and why the officer says otherwise.
    ruled = models.CharField(_("answer of the rule"), max_length=5, choices=Value, blank=True)
    reason = models.CharField(_("reason against the rule"), max_length=500, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered at"), default=timezone.now)

    class Meta:
        verbose_name = _("checklist answer")
        verbose_name_plural = _("checklist answers")
        constraints = [
            models.UniqueConstraint(fields=["item", "submission"], name="checklist_answer_once"),
            models.CheckConstraint(
                condition=Q(ruled="") | Q(ruled=F("value")) | ~Q(reason=""),
                name="checklist_overruled_with_reason",
                violation_error_message=_("Say why you answer otherwise than the rule."),
            ),
        ]

    def __str__(self):
        return self.get_value_display()
