from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import uscc
from accounts.fields import fault_message
from filings.models import Consortium, FocusField, Policy, Submission
from filings.states import Status


class Expert(models.Model):
    """Somebody the bureau asks for an opinion. No account: the link of an invitation is enough."""

    name = models.CharField(_("name"), max_length=60)
    unit = models.CharField(_("unit"), max_length=200)
    uscc = models.CharField(
        _("unified social credit code"),
        max_length=18,
        blank=True,
        help_text=_("With it a conflict of interest is found under any name."),
    )
    title = models.CharField(_("title"), max_length=60, blank=True)
    fields = models.ManyToManyField(
        FocusField, blank=True, related_name="experts", verbose_name=_("fields of expertise")
    )
    email = models.EmailField(_("e-mail"))
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="expert_once",
                violation_error_message=_("An expert with this e-mail address is on the list."),
            )
        ]

    def __str__(self):
        return f"{self.name} · {self.unit}"

    def clean(self):
        self.uscc = uscc.normalise(self.uscc)
        fault = uscc.explain(self.uscc) if self.uscc else None
        if fault is not None:
            raise ValidationError({"uscc": fault_message(self.uscc, fault)})


class ExpertCriterion(models.Model):
    """What experts score under a policy, and how much it weighs; the weights add up to 100."""

    policy = models.ForeignKey(
        Policy, models.CASCADE, related_name="criteria", verbose_name=_("policy")
    )
    name = models.CharField(_("criterion"), max_length=60)
    hint = models.CharField(_("what to look at"), max_length=300, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    class Meta:
        verbose_name = _("criterion of expert review")
        verbose_name_plural = _("criteria of expert review")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "name"], name="criterion_once_in_a_policy")
        ]

    def __str__(self):
        return self.name


class ExpertRound(models.Model):
    """Experts asked about one submission; scores are open when all are in, or it is closed."""

    consortium = models.ForeignKey(
        Consortium, models.PROTECT, related_name="expert_rounds", verbose_name=_("consortium")
    )
    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="expert_rounds", verbose_name=_("submission")
    )
    policy = models.ForeignKey(
        Policy, models.PROTECT, related_name="expert_rounds", verbose_name=_("policy")
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("started by")
    )
    opened_at = models.DateTimeField(_("started at"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
    )
    closed_reason = models.TextField(_("reason of closing"), blank=True)

    class Meta:
        verbose_name = _("expert review")
        verbose_name_plural = _("expert reviews")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(closed_at__isnull=True),
                name="expert_round_open_once",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True)
                | (Q(closed_by__isnull=False) & ~Q(closed_reason="")),
                name="expert_round_closed_with_reason",
                violation_error_message=_("An expert review is closed with a reason."),
            ),
        ]

    def __str__(self):
        return f"{self.consortium} · {self.submission}"

    @property
    def is_running(self) -> bool:
        """Whether scores are still taken: it is not closed, and the filing still under review."""
        return self.closed_at is None and self.consortium.status == Status.UNDER_REVIEW


class ExpertInvitation(models.Model):
    """One expert in one round: declares a conflict or none, then scores and hands in, once.

    The link goes out by e-mail; only the digest of its token is kept.
    """

    round = models.ForeignKey(
        ExpertRound, models.PROTECT, related_name="invitations", verbose_name=_("expert review")
    )
    expert = models.ForeignKey(
        Expert, models.PROTECT, related_name="invitations", verbose_name=_("expert")
    )
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField(_("asked at"), default=timezone.now)
    # Empty when the mail server did not take the letter: a new link is to be sent.
    mailed_at = models.DateTimeField(_("e-mail sent at"), null=True, blank=True)
    expires_on = models.DateField(_("link holds until"))
    declared_at = models.DateTimeField(_("declared at"), null=True, blank=True)
    conflict = models.TextField(_("conflict of interest"), blank=True)
    opinion = models.TextField(_("overall opinion"), blank=True)
    submitted_at = models.DateTimeField(_("handed in at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation of an expert")
        verbose_name_plural = _("invitations of experts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "expert"], name="expert_once_in_a_round"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True)
                | Q(declared_at__isnull=False, conflict="", withdrawn_at__isnull=True),
                name="expert_scores_without_conflict",
            ),
        ]

    def __str__(self):
        return str(self.expert)

    @property
    def is_over(self) -> bool:
        """Nothing more is expected: handed in, withdrawn, or ended by a conflict."""
        return bool(self.submitted_at or self.withdrawn_at or self.conflict)

    def is_live_on(self, day) -> bool:
        """Whether its link still opens the filing."""
        ended = bool(self.withdrawn_at or self.conflict)
        return not ended and self.expires_on >= day and self.round.is_running

    @property
    def state(self):
        """Where it stands, in words."""
        if self.withdrawn_at:
            return _("Withdrawn")
        if self.conflict:
            return _("Conflict of interest declared")
        if self.submitted_at:
            return _("Scores handed in")
        if self.expires_on < timezone.localdate():
            return _("Link expired")
        return _("Scoring") if self.declared_at else _("Not answered yet")


class Score(models.Model):
    invitation = models.ForeignKey(
        ExpertInvitation, models.CASCADE, related_name="scores", verbose_name=_("invitation")
    )
    criterion = models.ForeignKey(
        ExpertCriterion, models.PROTECT, related_name="+", verbose_name=_("criterion")
    )
    points = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["criterion", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "criterion"], name="score_once"),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__lte=100), name="score_at_most_100"
            ),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.points}"
