"""The record of the sweeps: what ran, for which day, what it did, and whether one is missing."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.models import SweepRun

# What the sweeps count, in words; older runs counted the same under their own names.
DONE = {
    "expired": _("Expired"),
    "lapsed": _("Lapsed"),
    "uploads_dropped": _("Uploads dropped"),
    "members_reminded": _("Members reminded"),
    "reminded": _("Messages"),
    "reports_opened": _("Reports opened"),
    "reports_reminded": _("Messages"),
    "desk_reminded": _("Messages"),
    "traced": _("Traces made"),
}
# Sweeps run every hour; so long after midnight one of them must have finished for the new day.
GRACE = timedelta(hours=3)
# Runs are looked up when something went wrong, and that shows within months.
KEPT = timedelta(days=400)


def recorded(name: str, work: Callable[[date], dict[str, int]], on: date | None = None) -> dict:
    """Run a sweep for `on` (today by default) and keep what came of it. Raises what it raised."""
    day = on or timezone.localdate()
    SweepRun.objects.filter(started_at__lt=timezone.now() - KEPT).delete()
    run = SweepRun.objects.create(name=name, day=day, started_at=timezone.now())
    try:
        run.done = work(day)
    except Exception as error:
        run.error = f"{type(error).__name__}: {error}"[:2000]
        raise
    finally:
        run.finished_at = timezone.now()
        run.save(update_fields=["done", "error", "finished_at"])
    return run.done


def overdue(now: datetime | None = None) -> list[str]:
    """The names of the sweeps that have not gone through for the day that began `GRACE` ago."""
    moment = timezone.localtime(now) - GRACE
    midnight = timezone.make_aware(datetime.combine(moment.date(), time.min))
    through = SweepRun.objects.filter(finished_at__gte=midnight, error="")
    days = dict(through.values_list("name").annotate(last=Max("day")).order_by())
    return [name for name in SweepRun.Name.values if days.get(name, date.min) < moment.date()]


def overdue_in_words(now: datetime | None = None) -> list[str]:
    """The same, as people call them."""
    return [SweepRun.Name(name).label for name in overdue(now)]


def next_runs(now: datetime | None = None) -> list[tuple[str, datetime]]:
    """When beat will start each sweep next, by its schedule, in the order of their times."""
    moment = timezone.localtime(now)
    found = []
    for name in SweepRun.Name:
        schedule = settings.CELERY_BEAT_SCHEDULE[f"sweep-{name.value}"]["schedule"]
        begin, wait, _now = schedule.remaining_delta(moment, tz=moment.tzinfo)
        found.append((name.label, begin + wait))
    return sorted(found, key=lambda run: run[1])
