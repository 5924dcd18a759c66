from django.conf import settings
from django.core.management import BaseCommand

from nanjing_consortia.catalogues import compile_all


class Command(BaseCommand):
    help = "Compile the translations (like compilemessages, but without the gettext tools)."
    requires_system_checks = []

    def handle(self, **options):
        for path in compile_all(settings.LOCALE_PATHS):
            self.stdout.write(f"compiled {path.relative_to(settings.BASE_DIR)}")
