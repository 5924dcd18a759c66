from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from filings.database import install_search, install_triggers


class FilingsConfig(AppConfig):
    name = "filings"
    verbose_name = _("Filings")

    def ready(self):
        post_migrate.connect(install_triggers, sender=self, dispatch_uid="filings.triggers")
        post_migrate.connect(install_search, sender=self, dispatch_uid="filings.search")
