from itertools import islice

from django.core.management import BaseCommand, CommandError

from accounts.audit import chain
from accounts.models import AuditSeal

SHOWN = 20


class Command(BaseCommand):
    help = "Find any edit, gap or insertion in the audit trail."

    def add_arguments(self, parser):
        parser.add_argument(
            "--expect",
            metavar="POSITION:HASH",
            action="append",
            default=[],
            help="a seal that the log told: finds a trail that was cut off with its seals",
        )

    def handle(self, *, expect, **options):
        chain.seal()
        flaws = [str(flaw) for flaw in islice(chain.verify(), SHOWN)]
        for told in expect:
            position, _colon, head = told.partition(":")
            if not position.isdecimal():
                raise CommandError(f"{told} is not POSITION:HASH.")
            if not chain.was_sealed(int(position), head):
                flaws.append(f"{position}: not what the log told")
        if flaws:
            raise CommandError("\n".join(["The audit trail has been tampered with:", *flaws]))
        self.stdout.write(f"The audit trail is whole: {AuditSeal.objects.latest('position')}")
