"""Files of what a list of the workbench shows, for lists of every room."""

from functools import wraps

from django.contrib.admin.options import IncorrectLookupParameters
from django.http import Http404, HttpResponseRedirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SheetPages:
    """Mixed into a StepAdmin: views that get the rows which the list's address filters."""

    def filtered(self, view, allow=require_safe):
        """A view of those rows; nonsense in the address leads back to the list."""

        @wraps(view)
        def with_rows(request):
            if not self.has_view_permission(request):
                raise Http404
            try:
                found = self.get_changelist_instance(request).queryset
            except IncorrectLookupParameters:
                return HttpResponseRedirect(self.address("changelist"))
            return view(request, found)

        return self.admin_site.admin_view(allow(with_rows))


def as_file(response, name: str):
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
