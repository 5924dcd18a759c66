from django.conf import settings
from django.core.management import BaseCommand
from django.utils.translation.reloader import translation_file_changed

from nanjing_consortia.catalogues import compile_all


class Command(BaseCommand):
    help = "Compile the translations (like compilemessages, but without the gettext tools)."
    requires_system_checks = []

    def handle(self, **options):
        for path in compile_all(settings.LOCALE_PATHS):
            # What comes next in this process (demonstration data) speaks by the new one.
            translation_file_changed(self, path)
            self.stdout.write(f"compiled {path.relative_to(settings.BASE_DIR)}")
