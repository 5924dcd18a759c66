from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from accounts.database import promise
from filings.database import TRIGGERS, install_search


class FilingsConfig(AppConfig):
    name = "filings"
    verbose_name = _("Filings")

    def ready(self):
        promise(TRIGGERS)
        post_migrate.connect(install_search, sender=self, dispatch_uid="filings.search")
        # Rooms above this one may not be imported here, but have guards and knowledge of their own.
        autodiscover_modules("filing_guards", "closing_sources", "receipt_sources")
