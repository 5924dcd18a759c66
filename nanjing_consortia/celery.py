import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nanjing_consortia.settings")
app = Celery("nanjing_consortia")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
