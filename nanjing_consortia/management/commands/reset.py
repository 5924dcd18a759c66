import shutil

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import connection

from nanjing_consortia import embedded

KEPT_BY_THE_PORTAL = ("db.sqlite3*", "media", "mail", "cache", "redis*", "beat*")


class Command(BaseCommand):
    help = "Throw away all data of the embedded portal in DATA_DIR."
    requires_system_checks = []

    def handle(self, **options):
        if settings.PRODUCTION or connection.vendor != "sqlite":
            raise CommandError("Only the data of an embedded portal can be thrown away.")
        try:
            embedded.check_folder(settings.REDIS_SOCKET)
        except embedded.StartError as running:
            raise CommandError(str(running)) from None
        for pattern in KEPT_BY_THE_PORTAL:
            for path in settings.DATA_DIR.glob(pattern):
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()
        self.stdout.write(f"The data in {settings.DATA_DIR} is gone.")
