from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts.database import promise
from reports.database import TRIGGERS


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports and support")

    def ready(self):
        promise(TRIGGERS)
