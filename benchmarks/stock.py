"""Django's stock changelist over the same table: what the queue is measured against.

The same columns, filters of the same kind and the same page size, and nothing but what the
framework does by itself. "stock" searches what the queue's search looks through; "kind" is kinder
than fair: it orders by the primary key, and searches name, number and lead unit alone.
"""

from django.contrib.admin import AdminSite, ModelAdmin
from django.urls import path

from filings.models import Consortium
from nanjing_consortia.urls import urlpatterns as of_the_portal


class StockAdmin(ModelAdmin):
    # The portal's own templates for these pages are for the portal's own lists.
    change_list_template = "admin/change_list.html"
    list_display = [
        "name", "lead_unit", "focus_field", "status", "action_due_on", "submitted_at",
    ]  # fmt: skip
    list_filter = ["status", "focus_field"]
    list_per_page = 25
    search_fields = [
        "name", "filing_number", "lead_unit__name", "lead_unit__uscc", "members__name",
        "bottleneck", "goals", "nanjing_strength", "standing", "open_sharing", "mechanism",
        "mechanism_innovation", "advisory_committee", "chief_expert", "results_sharing",
        "income_sharing",
    ]  # fmt: skip


class KindAdmin(StockAdmin):
    ordering = ["-pk"]
    search_fields = ["name", "filing_number", "lead_unit__name", "lead_unit__uscc"]


stock, kind = AdminSite(name="stock"), AdminSite(name="kind")
stock.register(Consortium, StockAdmin)
kind.register(Consortium, KindAdmin)
urlpatterns = [path("stock/", stock.urls), path("kind/", kind.urls), *of_the_portal]
