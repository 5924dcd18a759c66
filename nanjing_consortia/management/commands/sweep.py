from datetime import date

from django.core.management.base import BaseCommand, CommandError

from filings import sweep as filings_sweep
from reports import sweep as reports_sweep
from reviews import sweep as reviews_sweep


class Command(BaseCommand):
    help = "Do what the calendar asks: expire, lapse, open calls, remind. Safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("--on", metavar="YYYY-MM-DD", help="the day to act for (today)")

    def handle(self, *args, on=None, **options):
        try:
            day = date.fromisoformat(on) if on else None
        except ValueError as error:
            raise CommandError(f"--on takes a day like 2026-03-01, not {on!r}") from error
        for what, count in {
            **filings_sweep.run(day),
            **reports_sweep.run(day),
            **reviews_sweep.run(day),
        }.items():
            self.stdout.write(f"{what}: {count}")
