from django.core.management.base import BaseCommand

from filings.search import rebuild


class Command(BaseCommand):
    help = "Make the search index of filings anew. Safe to repeat, and while the portal is in use."

    def handle(self, **options):
        self.stdout.write(f"filings in the search index: {rebuild()}")
