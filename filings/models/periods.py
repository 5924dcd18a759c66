"""The times that a policy sets: how long everybody has, and when they are reminded of it.

The guideline leaves both open; the end of the term and the year's end for reports (clauses 5.1 and
5.2) are counted in days of the calendar, what the bureau's procedure asks in working days.
"""

from django.core.validators import (
    MaxValueValidator,
    MinValueValidator,
    validate_comma_separated_integer_list,
)
from django.db import models
from django.utils.translation import gettext_lazy as _

from filings.ladder import Ladder


class Periods(models.Model):
    """How long a step may take."""

    public_notice_days = models.PositiveSmallIntegerField(
        _("public notice, working days"),
        default=5,
        help_text=_("0 skips the public notice."),
    )
    correction_days = models.PositiveSmallIntegerField(
        _("time for correction, working days"),
        default=10,
        validators=[MinValueValidator(1)],
    )
    intake_days = models.PositiveSmallIntegerField(
        _("time for intake, working days"), default=5, validators=[MinValueValidator(1)]
    )
    review_days = models.PositiveSmallIntegerField(
        _("time for review, working days"),
        default=20,
        validators=[MinValueValidator(1)],
    )
    statement_days = models.PositiveSmallIntegerField(
        _("time for a unit's statement, working days"),
        default=10,
        validators=[MinValueValidator(1)],
    )
    decision_days = models.PositiveSmallIntegerField(
        _("time to decide after the public notice, working days"),
        default=5,
        validators=[MinValueValidator(1)],
    )
    objection_days = models.PositiveSmallIntegerField(
        _("time to answer an objection, working days"),
        default=5,
        validators=[MinValueValidator(1)],
    )
    change_note_days = models.PositiveSmallIntegerField(
        _("time to take note of a change, working days"),
        default=10,
        validators=[MinValueValidator(1)],
    )
    case_days = models.PositiveSmallIntegerField(
        _("time for each step of a credit case at the bureau, working days"),
        default=10,
        validators=[MinValueValidator(1)],
    )
    report_review_days = models.PositiveSmallIntegerField(
        _("time to examine a yearly report, working days"),
        default=20,
        validators=[MinValueValidator(1)],
    )
    member_change_days = models.PositiveSmallIntegerField(
        _("time to replace a member on record, working days"),
        default=30,
        validators=[MinValueValidator(1)],
    )
    term_months = models.PositiveSmallIntegerField(
        _("term, months"),
        default=36,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    closing_summary_days = models.PositiveSmallIntegerField(
        _("the end is near, days before the last day of the term"),
        default=90,
        validators=[MinValueValidator(1)],
        help_text=_("From then on a closing summary is asked for, and it may be applied anew."),
    )

    class Meta:
        abstract = True


class Reminding(models.Model):
    """The ladders of reminders, each a list of days that is empty where nobody is reminded."""

    expiry_reminder_days = models.CharField(
        _("reminders before the end of the term, days"),
        max_length=60,
        default="180,90,30,7,1",
        validators=[validate_comma_separated_integer_list],
    )
    report_reminder_days = models.CharField(
        _("reminders before a report is due, days"),
        max_length=60,
        default="30,14,7,1",
        validators=[validate_comma_separated_integer_list],
    )
    correction_reminder_days = models.CharField(
        _("reminders before a correction is due, working days"),
        max_length=60,
        default="3,1",
        validators=[validate_comma_separated_integer_list],
    )
    member_reminder_days = models.CharField(
        _("reminders to members that have not answered, days after they were asked"),
        max_length=60,
        default="3,7,14",
        validators=[validate_comma_separated_integer_list],
    )
    statement_reminder_days = models.CharField(
        _("reminders before a statement is due, working days"),
        max_length=60,
        default="5,1",
        validators=[validate_comma_separated_integer_list],
    )
    duty_reminder_days = models.CharField(
        _("reminders before a member is to be replaced, working days"),
        max_length=60,
        default="10,3,1",
        validators=[validate_comma_separated_integer_list],
    )
    bureau_reminder_days = models.CharField(
        _("reminders to officers before their work is due, working days"),
        max_length=60,
        default="1",
        validators=[validate_comma_separated_integer_list],
    )

    class Meta:
        abstract = True

    @property
    def expiry_ladder(self) -> Ladder:
        return Ladder(self.rungs(self.expiry_reminder_days))

    @property
    def report_ladder(self) -> Ladder:
        return Ladder(self.rungs(self.report_reminder_days), weekly=True)

    @property
    def correction_ladder(self) -> Ladder:
        return Ladder(self.rungs(self.correction_reminder_days), in_workdays=True)

    @property
    def report_correction_ladder(self) -> Ladder:
        rungs = self.rungs(self.correction_reminder_days)
        return Ladder(rungs, in_workdays=True, weekly=True)

    @property
    def statement_ladder(self) -> Ladder:
        return Ladder(self.rungs(self.statement_reminder_days), in_workdays=True)

    @property
    def duty_ladder(self) -> Ladder:
        return Ladder(self.rungs(self.duty_reminder_days), in_workdays=True)

    @property
    def bureau_ladder(self) -> Ladder:
        return Ladder(self.rungs(self.bureau_reminder_days), in_workdays=True)

    @staticmethod
    def rungs(days: str) -> tuple[int, ...]:
        """The rungs of a reminder ladder, farthest first: "30,7,1" → (30, 7, 1)."""
        return tuple(sorted({int(day) for day in days.split(",") if day}, reverse=True))
