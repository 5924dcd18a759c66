"""Notices and letters, to be read by every officer; the moves of filings make them."""

from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import RoleAdmin
from filings.models import Letter, NoticeEntry, PublicNotice
from reviews.admin.links import FilingLink, to_filing


@admin.register(PublicNotice)
class PublicNoticeAdmin(RoleAdmin):
    list_display = ["title", "starts_on", "ends_on", "days", "filings", "published_by"]
    list_select_related = ["published_by"]
    search_fields = ["title", "entries__consortium__name"]
    actions = None
    fields = [
        "title", "text", "starts_on", "ends_on", "days", "published_by", "published_at", "inside",
        "page",
    ]  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request):
        # Counted aside: a search joins the entries, and would count those that match alone.
        inside = NoticeEntry.objects.filter(notice=OuterRef("pk")).order_by().values("notice")
        counted = Subquery(inside.annotate(number=Count("pk")).values("number"))
        return super().get_queryset(request).annotate(filings=counted)

    @admin.display(description=_("filings"), ordering="filings")
    def filings(self, obj):
        return obj.filings

    @admin.display(description=_("filings"))
    def inside(self, obj):
        entries = obj.entries.select_related("consortium")
        return format_html_join("", "{}<br>", ((to_filing(e.consortium),) for e in entries))

    @admin.display(description=_("public page"))
    def page(self, obj):
        address = reverse("filings:public_notice_sheet", args=[obj.pk])
        return format_html('<a href="{0}">{0}</a>', address)


@admin.register(Letter)
class LetterAdmin(FilingLink, RoleAdmin):
    class Media:
        css = {"all": ["css/workbench.css"]}

    list_display = ["number", "kind", "subject", "addressee", "issued_on", "withdrawn_at"]
    list_filter = ["kind", "year"]
    search_fields = ["number", "subject", "addressee"]
    actions = None
    fields = [
        "number", "kind", "filing", "subject", "addressee", "issued_on", "clause", "reason",
        "due_on", "remedy", "withdrawn_at", "sheet",
    ]  # fmt: skip
    readonly_fields = fields

    @admin.display(description=_("letter"))
    def sheet(self, obj):
        address = reverse("filings:letter", args=[obj.consortium_id, obj.pk])
        return format_html('<a href="{}">{} (PDF)</a>', address, obj.number)
