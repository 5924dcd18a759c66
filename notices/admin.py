"""The ledger of what was told to whom, and the list of copies that were given up.

Oversight reads both; an administrator sends again what failed, one or many, and it is logged.
"""

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.admin_base import ReadOnlyInline, RoleAdmin
from accounts.roles import Role, has_role
from notices.delivery import send_again
from notices.models import Delivery, Message

OVERSIGHT = (Role.ADMINISTRATOR, Role.AUDITOR)
STATE = ["status", "attempts", "doubts", "due_at", "sent_at", "error"]


class DeliveryInline(ReadOnlyInline):
    model = Delivery
    fk_name = "message"
    fields = readonly_fields = ["channel", *STATE]


@admin.register(Message)
class MessageAdmin(RoleAdmin):
    view_roles = OVERSIGHT
    list_display = ["created_at", "recipient", "subject", "read_at"]
    list_filter = ["kind"]
    list_select_related = ["recipient"]
    search_fields = ["subject", "recipient__full_name", "recipient__email", "key"]
    actions = None
    inlines = [DeliveryInline]
    fields = readonly_fields = [
        "recipient", "kind", "key", "subject", "body", "url", "created_at", "read_at",
    ]  # fmt: skip


@admin.register(Delivery)
class DeliveryAdmin(RoleAdmin):
    view_roles = OVERSIGHT
    list_display = ["message", "to", "channel", "status", "attempts", "due_at", "error"]
    list_filter = ["status", "channel"]
    list_select_related = ["message__recipient"]
    search_fields = [
        "message__subject", "message__recipient__full_name", "message__recipient__email",
    ]  # fmt: skip
    actions = ["resend"]
    fields = readonly_fields = ["message", "to", "channel", *STATE, "digest"]

    @admin.display(description=_("to"))
    def to(self, obj):
        person = obj.message.recipient
        number = obj.channel == Delivery.Channel.SMS
        return f"{person} · {person.masked_phone if number else person.email}"

    def has_resend_permission(self, request):
        return has_role(request.user, Role.ADMINISTRATOR)

    @admin.action(description=_("Send again what was given up"), permissions=["resend"])
    def resend(self, request, queryset):
        """Back to the start of their attempts; the minutely delivery takes them."""
        failed = queryset.failed()
        said = str(_("Sent again"))
        LogEntry.objects.log_actions(request.user.pk, failed, CHANGE, said, single_object=False)
        count = send_again(failed)
        text = ngettext(
            "%(count)s copy will be tried again.", "%(count)s copies will be tried again.", count
        )
        messages.success(request, text % {"count": count})
