from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from nanjing_consortia import celery_app
from nanjing_consortia.tasks import forget_sessions


def test_what_beat_asks_for_exists():
    celery_app.loader.import_default_modules()
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert entry["task"] in celery_app.tasks


def test_sessions_that_have_run_out_are_forgotten(db):
    now = timezone.now()
    for key, end in (("old", now - timedelta(minutes=1)), ("new", now + timedelta(minutes=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=end)
    assert forget_sessions() == 1
    assert forget_sessions() == 0
    assert Session.objects.get().session_key == "new"
