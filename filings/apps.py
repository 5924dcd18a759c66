from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from accounts.database import promise
from filings.database import TRIGGERS, install_search


class FilingsConfig(AppConfig):
    name = "filings"
    verbose_name = _("Filings")

    def ready(self):
        promise(TRIGGERS)
        post_migrate.connect(install_search, sender=self, dispatch_uid="filings.search")
