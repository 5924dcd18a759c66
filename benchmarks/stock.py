"""Django's stock changelist over the same table: what the queue is measured against.

The same columns and page size, and nothing but what the framework does by itself; ordered by the
primary key, which of all orders costs it least."""

from django.contrib.admin import AdminSite, ModelAdmin
from django.urls import path

from filings.models import Consortium
from nanjing_consortia.urls import urlpatterns as of_the_portal

site = AdminSite(name="stock")


class StockAdmin(ModelAdmin):
    change_list_template = "admin/change_list.html"
    list_display = [
        "name", "lead_unit", "focus_field", "status", "action_due_on", "submitted_at",
    ]  # fmt: skip
    list_filter = ["status", "focus_field"]
    list_select_related = ["lead_unit", "focus_field"]
    list_per_page = 25
    search_fields = ["name", "filing_number", "lead_unit__name", "lead_unit__uscc"]
    ordering = ["-pk"]


site.register(Consortium, StockAdmin)
urlpatterns = [path("stock/", site.urls), *of_the_portal]
