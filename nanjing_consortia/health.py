"""Is the process up (/healthz), and can it work (/readyz)?"""

import uuid

from celery import current_app
from django.contrib.auth.decorators import login_not_required
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpResponse, JsonResponse


@login_not_required
def healthz(request):
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def readyz(request):
    """200 when database, broker and storage answer; 503 naming each that does not."""
    failed = {}
    for name, probe in (("database", _database), ("broker", _broker), ("storage", _storage)):
        try:
            probe()
        except Exception as error:  # noqa: BLE001 - whatever a part raises, it is not ready
            # The kind of failure is enough for a probe; addresses and users stay in the log.
            failed[name] = type(error).__name__
    return JsonResponse(
        {"ready": not failed, "failed": failed}, status=503 if failed else 200
    )


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _broker():
    with current_app.connection_for_write() as link:
        link.ensure_connection(max_retries=1, timeout=2)


def _storage():
    name = default_storage.save(f"probe-{uuid.uuid4().hex}", ContentFile(b"ready"))
    default_storage.delete(name)
