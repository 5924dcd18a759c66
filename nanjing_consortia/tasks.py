from celery import shared_task
from django.contrib.sessions.models import Session
from django.utils import timezone


@shared_task(name="forget_sessions")
def forget_sessions() -> int:
    """Nightly: sessions that have run out hold nothing that anybody needs."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
