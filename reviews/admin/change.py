from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, has_role
from filings.admin_steps import Step, StepAdmin
from filings.models import Change
from reviews import services
from reviews.admin.links import FilingLink
from reviews.filters import OpenChangeFilter
from reviews.permissions import may_note_change


class NoteStep(Step):
    name = "note"
    label = _("Take note")
    read = ("consortium", "description", "reason", "effective_on")
    done = _("The bureau has taken note of the change.")

    def concerns(self, user, obj):
        return has_role(user, Role.REVIEWER)

    def answer(self, user, obj):
        return may_note_change(user, obj)

    def consequence(self, obj):
        return _(
            "A change needs no approval (clause 5.3). You state that the bureau has seen it with "
            "its supplementary agreement; the lead unit explains it in the yearly report."
        )

    def run(self, obj, user, data):
        services.note_change(obj, user=user)


@admin.register(Change)
class ChangeAdmin(FilingLink, StepAdmin):
    steps = (NoteStep(),)
    list_display = ["kind", "consortium", "effective_on", "reported_at", "noted_at", "noted_by"]
    list_filter = [OpenChangeFilter, "kind"]
    list_select_related = ["consortium", "noted_by"]
    search_fields = ["consortium__name", "consortium__filing_number", "description"]
    actions = None
    fields = [
        "filing", "kind", "description", "reason", "effective_on", "agreement", "reported_by",
        "reported_at", "noted_by", "noted_at",
    ]  # fmt: skip
    readonly_fields = fields

    @admin.display(description=_("supplementary agreement"))
    def agreement(self, obj):
        document = obj.supplementary_agreement
        address = reverse("filings:document", args=[obj.consortium_id, document.pk])
        return format_html('<a href="{}">{}</a>', address, document)
