from django.contrib import admin

from accounts.admin_base import RoleAdmin
from accounts.roles import Role
from reviews.models import CommentTemplate


@admin.register(CommentTemplate)
class CommentTemplateAdmin(RoleAdmin):
    """Comments to begin from. One that is no longer used is not offered any more."""

    change_roles = add_roles = (Role.REVIEWER, Role.ADMINISTRATOR)
    list_display = ["title", "section", "is_active"]
    list_filter = ["section", "is_active"]
    search_fields = ["title", "text"]
    actions = None
    fields = ["section", "title", "text", "is_active"]
