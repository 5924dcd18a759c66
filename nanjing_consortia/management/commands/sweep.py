from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from filings import sweep as filings_sweep
from filings.models import SweepRun
from filings.runs import recorded
from nanjing_consortia.foresight import expected_on
from reports import sweep as reports_sweep
from reviews import sweep as reviews_sweep


class Command(BaseCommand):
    help = "Do what the calendar asks: expire, lapse, open calls, remind. Safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("--on", metavar="YYYY-MM-DD", help="the day to act for (today)")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="only say which consortia would be moved, and who would be told what and why",
        )

    def handle(self, *args, on=None, dry_run=False, **options):
        try:
            day = date.fromisoformat(on) if on else None
        except ValueError as error:
            raise CommandError(f"--on takes a day like 2026-03-01, not {on!r}") from error
        if dry_run:
            self._foretell(day or timezone.localdate())
            return
        done = recorded(SweepRun.Name.FILINGS, filings_sweep.run, day)
        done |= recorded(SweepRun.Name.REPORTS, reports_sweep.run, day)
        done |= recorded(SweepRun.Name.DESK, reviews_sweep.run, day)
        for what, count in done.items():
            self.stdout.write(f"{what}: {count}")

    def _foretell(self, day: date) -> None:
        for what, due in filings_sweep.outlook(day).items():
            self.stdout.write(f"{what}: {due.count()}")
            for consortium in due.iterator():
                self.stdout.write(f"  {consortium.filing_number or consortium.pk} {consortium}")
        count = 0
        for count, told in enumerate(expected_on(day, timezone.localdate()), start=1):
            what = f"{told.deadline.label}: {told.deadline.subject}"
            self.stdout.write(f"  {count}. {told.person} ({told.why}) · {what} · {told.when}")
        self.stdout.write(f"messages: {count}")
