from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "nanjing_consortia.admin_site.PortalAdminSite"
