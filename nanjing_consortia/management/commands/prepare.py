import hashlib
import io
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
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
        # What fell due while the portal was off is caught up before anybody looks.
        call_command("sweep", stdout=io.StringIO())
        self.collect_static()
        self.stdout.write(f"Data: {settings.DATA_DIR}")

    def collect_static(self) -> None:
        """Collect what the pages load, unless that is what was collected last time."""
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        sources = fingerprint_of_sources()
        if stamp.exists() and stamp.read_text() == sources:
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(sources)


def fingerprint_of_sources() -> str:
    """Changes with every static file that is added, removed or written."""
    files = sorted(
        (path, Path(storage.path(path)).stat())
        for finder in get_finders()
        for path, storage in finder.list([])
    )
    lines = (f"{path} {stat.st_mtime_ns} {stat.st_size}\n" for path, stat in files)
    return hashlib.sha256("".join(lines).encode()).hexdigest()
