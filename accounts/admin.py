"""People and units, for the administrator; the auditor looks on."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.admin_base import ReadOnlyInline, RoleAdmin
from accounts.audit.admin import AuditEntryAdmin
from accounts.models import AuditEntry, Invitation, JoinRequest, Membership, Unit, User
from accounts.roles import LABELS, Role, has_role
from accounts.staff import StaffChangeForm, StaffCreationForm

OVERSIGHT = (Role.ADMINISTRATOR, Role.AUDITOR)

# Roles are given on the person's page; addresses and second factors are the person's own.
for model in (Group, EmailAddress, Authenticator):
    admin.site.unregister(model)
admin.site.register(AuditEntry, AuditEntryAdmin)


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return LABELS.items()

    def queryset(self, request, queryset):
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


class MembershipInline(ReadOnlyInline):
    model = Membership
    fields = readonly_fields = ["user", "unit", "role", "created_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "unit")


class PlaceInline(MembershipInline):
    """The administrator gives a unit whose owner is gone another one out of its own people."""

    fields = ["user", "role", "created_at"]
    readonly_fields = ["user", "created_at"]

    def has_change_permission(self, request, obj=None):
        return has_role(request.user, Role.ADMINISTRATOR)


class InvitationInline(ReadOnlyInline):
    model = Invitation
    fields = readonly_fields = [
        "email", "role", "invited_by", "created_at", "expires_at", "accepted_at", "revoked_at",
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("invited_by", "unit")


class JoinRequestInline(ReadOnlyInline):
    model = JoinRequest
    fields = readonly_fields = [
        "user", "created_at", "outcome", "decided_by", "decided_at", "reason",
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "unit", "decided_by")


@admin.register(User)
class PersonAdmin(RoleAdmin, UserAdmin):
    view_roles = OVERSIGHT
    change_roles = add_roles = (Role.ADMINISTRATOR,)
    form = StaffChangeForm
    add_form = StaffCreationForm
    add_form_template = None
    list_display = ["username", "full_name", "email", "roles", "is_active", "last_login"]
    list_filter = [RoleFilter, "is_active"]
    search_fields = ["username", "full_name", "email"]
    filter_horizontal = []
    actions = None
    inlines = [MembershipInline]
    fieldsets = [
        (
            None,
            {"fields": ["username", "full_name", "email", "masked_phone", "language", "password"]},
        ),
        (pgettext_lazy("of a person", "Rights"), {"fields": ["is_active", "groups"]}),
        (_("Times"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "full_name", "email", "language"]}),
        (_("Password"), {"fields": ["password1", "password2"]}),
        (pgettext_lazy("of a person", "Rights"), {"fields": ["groups"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("roles"))
    def roles(self, obj):
        return ", ".join(
            str(LABELS[Role(group.name)]) for group in obj.groups.all() if group.name in list(Role)
        )

    def has_change_permission(self, request, obj=None):
        # Else an administrator could give itself a superuser's password.
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def user_change_password(self, request, id, form_url=""):
        person = self.get_object(request, id)
        if person is None or not self.has_change_permission(request, person):
            raise Http404
        return super().user_change_password(request, id, form_url)

    def get_readonly_fields(self, request, obj=None):
        times = ["masked_phone", "last_login", "date_joined"]
        # Nobody gives a role to oneself, nor locks oneself out.
        return [*times, "is_active", "groups"] if obj == request.user else times

    def get_inlines(self, request, obj):
        return self.inlines if obj else []


@admin.register(Unit)
class UnitAdmin(RoleAdmin):
    """The administrator mends a unit's data; its code is the key of the legal entity and stays."""

    change_roles = (Role.ADMINISTRATOR,)
    list_display = ["name", "uscc", "kind", "place"]
    list_filter = ["kind", "place"]
    search_fields = ["name", "uscc"]
    actions = None
    inlines = [PlaceInline, InvitationInline, JoinRequestInline]
    fields = [
        "uscc", "name", "kind", "place", "address", "legal_representative", "contact_name",
        "contact_phone", "created_at",
    ]  # fmt: skip
    readonly_fields = ["uscc", "created_at"]


@admin.register(LogEntry)
class LogEntryAdmin(RoleAdmin):
    """What was changed through forms of the workbench: people, units, policies, fields."""

    view_roles = OVERSIGHT
    list_display = ["action_time", "user", "content_type", "object_repr", "what"]
    list_filter = ["action_flag"]
    list_select_related = ["user", "content_type"]
    search_fields = ["object_repr", "user__full_name", "user__username"]
    actions = None
    fields = readonly_fields = ["action_time", "user", "content_type", "object_repr", "what"]

    @admin.display(description=_("what"))
    def what(self, obj):
        return obj.get_change_message() or obj.get_action_flag_display()
