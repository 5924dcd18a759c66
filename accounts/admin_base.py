"""The bureau's pages answer by role: who sees a list, who may add, who may change. Nobody deletes.

Every admin class of the portal stands on `RoleAdmin`, so that the auditor's promise (sees all,
changes nothing) is kept in one place.
"""

from functools import cache

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.text import capfirst

from accounts.paging import CappedPaginator
from accounts.roles import Role, has_role


@cache
def name_of(model, field: str):
    """A field that shows what a foreign key leads to by its name alone."""

    @admin.display(description=model._meta.get_field(field).verbose_name)
    def name(obj):
        return getattr(obj, field) or "–"

    name.__name__ = field
    return name


class OpenLinks:
    """Fields that are only read link to what they name, but only for those who may open that."""

    def get_fieldsets(self, request, obj=None):
        read_only = not self.has_change_permission(request, obj)
        fixed = super().get_readonly_fields(request, obj)
        return [
            (title, options | {"fields": self._named(request, options["fields"], read_only, fixed)})
            for title, options in super().get_fieldsets(request, obj)
        ]

    def get_readonly_fields(self, request, obj=None):
        return self._named(request, super().get_readonly_fields(request, obj), True)

    def _named(self, request, fields, read_only, fixed=()):
        return [
            name_of(self.model, field)
            if (read_only or field in fixed) and self._leads_nowhere(request, field)
            else field
            for field in fields
        ]

    def _leads_nowhere(self, request, name) -> bool:
        field = {f.name: f for f in self.model._meta.fields}.get(name)
        pages = self.admin_site._registry.get(field.related_model) if field else None
        return pages is not None and not pages.has_view_permission(request)


class RoleAdmin(OpenLinks, admin.ModelAdmin):
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
        if request.method == "POST" and not self.get_actions(request):
            raise PermissionDenied
        context = {
            "title": capfirst(self.opts.verbose_name_plural),
            # Nothing is filled in on a list: it needs none of the scripts that forms do, but those
            # and the sheets that its class names.
            "media": forms.Media(js=["admin/js/actions.js"])
            + forms.Media(getattr(self, "Media", None)),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        self._hide_from_others(request)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise Http404
        return super().add_view(request, form_url, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        raise Http404

    def history_view(self, request, object_id, extra_context=None):
        self._hide_from_others(request)
        if request.method == "POST":
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def _hide_from_others(self, request) -> None:
        # A page that is not for this role does not exist for it.
        if not self.has_view_permission(request):
            raise Http404


class ReadOnlyInline(OpenLinks, admin.TabularInline):
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
