from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from accounts.audit import workers
from accounts.audit.connections import introduce
from accounts.database import before_migrate, install_triggers


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts and units")

    def ready(self):
        workers.connect()
        connection_created.connect(introduce, dispatch_uid="accounts.audit")
        pre_migrate.connect(before_migrate, sender=self, dispatch_uid="accounts.triggers")
        post_migrate.connect(install_triggers, sender=self, dispatch_uid="accounts.triggers")
