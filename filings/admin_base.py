"""The roles' answers to the admin, for the rooms above; they live where the roles do."""

from accounts.admin_base import ReadOnlyInline, RoleAdmin

__all__ = ["ReadOnlyInline", "RoleAdmin"]
