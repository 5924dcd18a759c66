"""A session lives on while somebody works, and is not written at every request."""

import time_machine
from django.contrib.sessions.models import Session

from tests.people import as_


def test_a_session_is_renewed_while_somebody_works_and_ends_after_half_an_hour(
    lead_owner, settings
):
    # The cache in front of the sessions has a clock of its own, which can't be moved (Redis).
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
    with time_machine.travel("2026-03-02T09:00+08:00", tick=False) as clock:
        client = as_(lead_owner)
        client.get("/filings/")
        first = Session.objects.get().expire_date
        clock.shift(60)
        client.get("/filings/")
        assert Session.objects.get().expire_date == first
        clock.shift(25 * 60)
        assert client.get("/filings/").status_code == 200
        assert Session.objects.get().expire_date > first
        clock.shift(29 * 60)
        assert client.get("/filings/").status_code == 200
        clock.shift(31 * 60)
        assert client.get("/filings/").status_code == 302
