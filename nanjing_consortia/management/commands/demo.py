import logging
import random
from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import Unit, User
from filings.models import Consortium
from reports.demonstration.changes import build_changes
from reports.demonstration.consortia import Builder
from reports.demonstration.ending import build_endings
from reports.demonstration.messages import build_messages
from reports.demonstration.reporting import build_reports
from reports.demonstration.support import build_support
from reports.demonstration.units import ACCOUNTS, PASSWORD, build_accounts, build_units
from reviews.demonstration import build_credit_case, build_experts


@contextmanager
def no_word_of_the_broker():
    """The broker starts after the data; what is to be sent waits for it, as after any outage."""
    log = logging.getLogger("notices.tasks")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)


class Command(BaseCommand):
    help = "Fill an empty portal with demonstration data; refused where there is anything else."

    def add_arguments(self, parser):
        parser.add_argument("--consortia", type=int, default=60, metavar="N")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where there is data"
        )
        parser.add_argument("--accounts", action="store_true", help="only print the accounts")

    def handle(self, *args, consortia, seed, if_empty, accounts, **options):
        if accounts:
            self.print_accounts()
            return
        if User.objects.exists() or Unit.objects.exists() or Consortium.objects.exists():
            if if_empty:
                return
            raise CommandError(
                "There is data already; demonstration data goes into an empty portal."
            )
        if consortia < 1:
            raise CommandError("--consortia takes a number from 1 on")
        with no_word_of_the_broker():
            self.build(consortia, random.Random(seed))  # noqa: S311 - invented figures, no secrets
        self.stdout.write(f"{consortia} demonstration consortia are in place.")

    @transaction.atomic
    def build(self, count: int, rng: random.Random) -> None:
        today = timezone.localdate()
        units = build_units(max(16, count // 5), rng)
        people = build_accounts()
        Builder(units, people, rng, today).build(count)
        build_changes(people, units)
        build_credit_case(people)
        build_reports(people, today)
        build_endings(people, today)
        build_support(people)
        build_experts(people, today)
        build_messages(people)

    def print_accounts(self) -> None:
        if not User.objects.filter(username=ACCOUNTS[0].username).exists():
            return
        self.stdout.write(f"Demonstration accounts, all with the password {PASSWORD}:")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.username:<10} {account.role}")
