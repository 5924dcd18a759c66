from django.conf import settings
from django.core.management import BaseCommand, call_command


class Command(BaseCommand):
    help = "Bring translations, database and static files up to date. Harmless when repeated."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--demo", action="store_true", help="fill an empty database with demonstration data"
        )

    def handle(self, *, demo, **options):
        call_command("catalogues")
        call_command("migrate", interactive=False, verbosity=0)
        if demo:
            call_command("demo", if_empty=True)
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write(f"Data: {settings.DATA_DIR}")
