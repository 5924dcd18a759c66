"""The bureau's pages answer by role: who sees a list, who may add, who may change. Nobody deletes.

Every admin class of the portal stands on `RoleAdmin`, so that the auditor's promise (sees all,
changes nothing) is kept in one place.
"""

from django.contrib import admin
from django.http import Http404
from django.utils.text import capfirst

from accounts.paging import CappedPaginator
from accounts.roles import Role, has_role


class RoleAdmin(admin.ModelAdmin):
    """A model's pages, open to `view_roles`; the other two lists are empty until a class says."""

    view_roles: tuple[Role, ...] = tuple(Role)
    change_roles: tuple[Role, ...] = ()
    add_roles: tuple[Role, ...] = ()

    # Counts beside every filter would be a query each.
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 25
    paginator = CappedPaginator
    list_max_show_all = 0
    # The unfiltered total is one more count over the whole table, and tells nobody anything.
    show_full_result_count = False

    def has_module_permission(self, request):
        return has_role(request.user, *self.view_roles)

    def has_view_permission(self, request, obj=None):
        return has_role(request.user, *self.view_roles, *self.change_roles)

    def has_change_permission(self, request, obj=None):
        return has_role(request.user, *self.change_roles)

    def has_add_permission(self, request):
        return has_role(request.user, *self.add_roles)

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        self._hide_from_others(request)
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        self._hide_from_others(request)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def history_view(self, request, object_id, extra_context=None):
        self._hide_from_others(request)
        return super().history_view(request, object_id, extra_context)

    def _hide_from_others(self, request) -> None:
        # A page that is not for this role does not exist for it.
        if not self.has_view_permission(request):
            raise Http404


class ReadOnlyInline(admin.TabularInline):
    """Rows that belong to the page's object, to be read; what writes them is elsewhere."""

    extra = 0
    can_delete = False
    show_change_link = False

    def has_view_permission(self, request, obj=None):
        return has_role(request.user, *Role)

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
