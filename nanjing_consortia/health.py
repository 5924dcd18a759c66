"""Is the process up (/healthz), and can it work (/readyz)?

A middleware answers, not a view: a probe knows no host name, has no session, and must get its
answer when the database that holds the sessions is away.
"""

import logging
import uuid

from celery import current_app
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.utils.cache import add_never_cache_headers

from filings import scanning
from filings.runs import overdue
from nanjing_consortia.dead_letters import dead_letters

log = logging.getLogger(__name__)


class HealthMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.answers = {"/healthz": healthz, "/readyz": readyz}

    def __call__(self, request):
        if request.path not in self.answers:
            return self.get_response(request)
        response = self.answers[request.path]()
        add_never_cache_headers(response)
        return response


def healthz():
    return HttpResponse("ok", content_type="text/plain")


def readyz():
    """200 when database, broker, storage and, if there is one, the virus scanner answer; 503
    naming each that does not.

    A sweep that is overdue is named too, and how many messages could not be sent: no reason to take
    the portal off the net.
    """
    probes = {"database": _database, "broker": _broker, "storage": _storage}
    if settings.CLAMD_URL:
        probes["scanner"] = scanning.ping
    failed = {}
    for name, probe in probes.items():
        try:
            probe()
        except Exception as error:  # noqa: BLE001 - whatever a part raises, it is not ready
            # The kind of failure is enough for a probe; addresses and users stay in the log.
            log.warning("not ready: %s: %s", name, error)
            failed[name] = type(error).__name__
    late, dead = ([], None) if "database" in failed else (overdue(), dead_letters())
    answer = {"ready": not failed, "failed": failed, "overdue_sweeps": late, "dead_letters": dead}
    return JsonResponse(answer, status=503 if failed else 200)


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _broker():
    with current_app.connection_for_write() as link:
        link.ensure_connection(max_retries=1, timeout=2)


def _storage():
    name = default_storage.save(f"probe-{uuid.uuid4().hex}", ContentFile(b"ready"))
    default_storage.delete(name)
