from django.contrib import admin, messages
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.admin_base import RoleAdmin
from accounts.roles import Role, has_role
from notices.models import Message


@admin.register(Message)
class MessageAdmin(RoleAdmin):
    """The ledger of what was told to whom; only an e-mail that failed can be tried again."""

    view_roles = (Role.ADMINISTRATOR, Role.AUDITOR)
    list_display = ["created_at", "recipient", "subject", "email_status", "email_attempts"]
    list_filter = ["email_status", "kind"]
    list_select_related = ["recipient"]
    search_fields = ["subject", "recipient__full_name", "recipient__email", "key"]
    actions = ["resend"]
    fields = [
        "recipient", "kind", "key", "subject", "body", "url", "created_at", "read_at",
        "email_status", "email_attempts", "email_due_at", "email_sent_at", "email_error",
    ]  # fmt: skip
    readonly_fields = fields

    def has_resend_permission(self, request):
        return has_role(request.user, Role.ADMINISTRATOR)

    @admin.action(description=_("Send failed e-mails again"), permissions=["resend"])
    def resend(self, request, queryset):
        """Put failed ones back to the start of their attempts; the minutely delivery takes them."""
        count = queryset.filter(email_status=Message.EmailStatus.FAILED).update(
            email_status=Message.EmailStatus.PENDING,
            email_attempts=0,
            email_due_at=timezone.now(),
        )
        text = ngettext(
            "%(count)s e-mail will be tried again.", "%(count)s e-mails will be tried again.", count
        )
        messages.success(request, text % {"count": count})
