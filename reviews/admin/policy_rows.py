"""Rows of a policy, which a new one takes over from the one in force."""

from django.contrib import admin
from django.utils import timezone

from accounts.roles import Role, has_role
from reviews.policies import may_be_edited


class PolicyRows(admin.TabularInline):
    """A policy's rows open and close with its page: one that has been applied is readable only."""

    def rows_in_force(self) -> list[dict]:
        """What a new policy starts from."""
        raise NotImplementedError

    def get_extra(self, request, obj=None, **kwargs):
        return 1 if obj else len(self.rows_in_force())

    def has_view_permission(self, request, obj=None):
        return has_role(request.user, *Role)

    def has_change_permission(self, request, obj=None):
        allowed = has_role(request.user, Role.ADMINISTRATOR)
        return allowed and (obj is None or bool(may_be_edited(obj, timezone.localdate())))

    has_add_permission = has_delete_permission = has_change_permission
