import io
import sys
import time
from threading import Thread
from urllib.request import urlopen

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from nanjing_consortia import embedded


class Command(BaseCommand):
    help = "Run the whole portal (web, worker, beat, and Redis where none is named) until Ctrl-C."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--check", action="store_true", help="only see whether it can start")

    def handle(self, *, host, check, **options):
        redis_socket = None if settings.REDIS_URL else settings.REDIS_SOCKET
        where = {"host": host, "port": settings.PORT, "redis_socket": redis_socket}
        try:
            embedded.check(**where)
        except embedded.StartError as refusal:
            raise CommandError(str(refusal)) from None
        if check:
            return
        words = self.welcome(host)
        Thread(target=announce, args=(host, words), daemon=True).start()
        sys.exit(embedded.run(embedded.processes(data_dir=settings.DATA_DIR, **where)))

    def welcome(self, host: str) -> str:
        accounts = io.StringIO()
        call_command("demo", accounts=True, stdout=accounts)
        name = "localhost" if host in ("127.0.0.1", "0.0.0.0") else host  # noqa: S104 - compared only
        lines = [
            f"The portal is ready: http://{name}:{settings.PORT}/",
            accounts.getvalue().strip(),
        ]
        if path := getattr(settings, "EMAIL_FILE_PATH", None):
            lines.append(f"E-mails are written into {path}/")
        lines.append("Ctrl-C stops it.")
        return "\n\n".join(filter(None, lines))


def announce(host: str, words: str) -> None:
    """Say where the portal is once it answers; what is printed before is lost among the logs."""
    for _attempt in range(120):
        time.sleep(0.5)
        try:
            with urlopen(f"http://{host}:{settings.PORT}/readyz", timeout=5):
                break
        except OSError:
            continue
    else:
        return
    print(f"\n{words}\n", flush=True)  # noqa: T201 - beside the manager's own output
