import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.models.consortium import Consortium
from filings.models.policy import Policy
from filings.models.provincial import ProvincialApplication
from filings.sections import Section
from filings.states import Action, Entry, Status


def new_code() -> str:
    """What verifies a paper of ours; nobody guesses it, and it says nothing by itself."""
    return secrets.token_urlsafe(12)


class Frozen(models.Model):
    """What was handed in, whole and signed, as it was then: of a filing or of a report."""

    number = models.PositiveSmallIntegerField(_("number"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("submitted by"),
    )
    submitted_at = models.DateTimeField(_("submitted at"), default=timezone.now)
    policy = models.ForeignKey(Policy, models.PROTECT, verbose_name=_("policy"))
    content = models.JSONField(_("content"))
    findings = models.JSONField(_("findings"))
    justifications = models.JSONField(_("justifications"), default=dict)
    digest = models.CharField(_("digest"), max_length=64)
    # Who stood in for the truth of it by typing the name under the statement.
    signed_name = models.CharField(_("signed by"), max_length=60, blank=True)
    receipt_code = models.CharField(
        _("receipt code"), max_length=32, unique=True, default=new_code, editable=False
    )

    class Meta:
        abstract = True


class Submission(Frozen):
    """The whole filing as it was filed: what the officer reviews, and what nobody edits later."""

    consortium = models.ForeignKey(
        Consortium,
        models.PROTECT,
        related_name="submissions",
        verbose_name=_("consortium"),
    )

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["consortium", "number"], name="submission_number_once")
        ]

    def __str__(self):
        return _("Submission %(number)s") % {"number": self.number}


class Justification(models.Model):
    """Why a filing departs from what the guideline asks in principle (a WARN finding)."""

    consortium = models.ForeignKey(
        Consortium,
        models.CASCADE,
        related_name="justifications",
        verbose_name=_("consortium"),
    )
    rule = models.CharField(_("rule"), max_length=60)
    text = models.TextField(_("justification"), max_length=2000)
    updated_at = models.DateTimeField(_("last saved"), auto_now=True)

    class Meta:
        verbose_name = _("justification")
        verbose_name_plural = _("justifications")
        constraints = [
            models.UniqueConstraint(fields=["consortium", "rule"], name="justification_once")
        ]

    def __str__(self):
        return self.rule


class Event(models.Model):
    """One entry of a consortium's history. Append-only: the database refuses to alter it."""

    consortium = models.ForeignKey(
        Consortium, models.PROTECT, related_name="events", verbose_name=_("consortium")
    )
    action = models.CharField(_("action"), max_length=20, choices=Action.choices + Entry.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"))
    from_status = models.CharField(_("from"), max_length=20, choices=Status.choices)
    to_status = models.CharField(_("to"), max_length=20, choices=Status.choices)
    reason = models.TextField(_("reason"), blank=True)
    data = models.JSONField(_("what it saw"), default=dict, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["consortium", "at"], name="event_timeline")]

    def __str__(self):
        return self.get_action_display()

    @property
    def said(self) -> str:
        """What it tells beside its name, in the reader's language where that is made of data."""
        # Entries of before keep the words themselves, in Chinese.
        if self.action == Entry.PROVINCIAL and not self.reason:
            return ProvincialApplication.in_words(self.data)
        return self.reason


class Untold(models.Model):
    """An event of the calendar whose people are still to be told: written with the event, deleted
    with the writing of their messages."""

    event = models.OneToOneField(
        Event, models.CASCADE, primary_key=True, related_name="+", verbose_name=_("event")
    )

    def __str__(self):
        return str(self.event_id)


class Remark(models.Model):
    """What an officer asks the lead unit to mend, with its answer: of a filing or of a report."""

    field = models.CharField(_("field"), max_length=60, blank=True)
    text = models.TextField(_("what to mend"), max_length=2000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("author"),
    )
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    # None until the return that sent it: the bureau tells all defects at once.
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True, editable=False)
    answer = models.TextField(_("answer of the lead unit"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    # Done as asked, with nothing to add: counts as an answer.
    resolved = models.BooleanField(_("marked as done"), default=False, editable=False)

    class Meta:
        abstract = True


class InternalNote(models.Model):
    """What officers tell each other about a filing or a report. It never leaves the bureau: nothing
    that makes a page, a paper or an export for others may read it."""

    field = models.CharField(_("field"), max_length=60, blank=True)
    text = models.TextField(_("note"), max_length=2000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author")
    )
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self):
        return self.text[:60]


class Comment(Remark):
    """What an officer asks the lead unit to mend, at the section and field it is about."""

    consortium = models.ForeignKey(
        Consortium,
        models.CASCADE,
        related_name="comments",
        verbose_name=_("consortium"),
    )
    submission = models.ForeignKey(
        Submission,
        models.PROTECT,
        related_name="comments",
        verbose_name=_("submission"),
    )
    section = models.CharField(_("section"), max_length=20, choices=Section.choices)
    # The bureau cancelled the return: the text stays, nothing is asked any more.
    recalled_at = models.DateTimeField(_("taken back at"), null=True, editable=False)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["pk"]

    def __str__(self):
        return self.text[:60]

    @property
    def place(self) -> str:
        return self.get_section_display()
