"""What a public notice says, and how a filing enters one; its days follow the policy in force."""

from datetime import date

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from filings.models import Consortium, NoticeEntry, Policy, PublicNotice
from filings.refusals import Refused
from filings.workdays import add_workdays


def usual_title(name: str = "") -> str:
    """The title of a notice over one filing, or over many; in Chinese, as all official papers."""
    with translation.override("zh-hans"):
        if name:
            return _("Public notice on the intended filing of “%(name)s”") % {"name": name}
        return _("Public notice on the intended filing of municipal innovation consortia")


def usual_text() -> str:
    with translation.override("zh-hans"):
        return _(
            "Under the guideline on municipal innovation consortia, the bureau has examined the "
            "filings below and intends to put them on file. They are made public herewith."
        )


def refuse_unless_of_today(notice: PublicNotice, actor, day: date, policy: Policy) -> None:
    """A filing joins a notice only as part of the act that made it, so that none has fewer days
    than the others. Raises Refused."""
    if (notice.starts_on, notice.days) != (day, policy.public_notice_days):
        raise Refused(
            _("The notice began on %(day)s: publish this filing in a notice of its own.")
            % {"day": date_format(notice.starts_on)}
        )
    if notice.published_by_id != actor.pk:
        raise Refused(_("The notice is another officer's: publish this filing in one of your own."))


def enter(
    consortium: Consortium,
    *,
    actor,
    day: date,
    policy: Policy,
    notice: PublicNotice | None = None,
    title: str = "",
    text: str = "",
) -> PublicNotice | None:
    """Put a filing into `notice`, or into a new one; None where the policy asks for no days."""
    days = policy.public_notice_days
    consortium.notice_starts_on, consortium.notice_ends_on = day, add_workdays(day, days)
    if not days:
        return None
    if notice is None:
        notice = PublicNotice.objects.create(
            title=title.strip() or usual_title(consortium.name),
            text=text.strip() or usual_text(),
            starts_on=day,
            ends_on=consortium.notice_ends_on,
            days=days,
            published_by=actor,
        )
    NoticeEntry.objects.create(notice=notice, consortium=consortium)
    return notice
