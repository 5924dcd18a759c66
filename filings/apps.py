from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts.database import promise
from filings.database import TRIGGERS


class FilingsConfig(AppConfig):
    name = "filings"
    verbose_name = _("Filings")

    def ready(self):
        promise(TRIGGERS)
