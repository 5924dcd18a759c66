"""Renamings of units: the registry's document is read, the bureau takes note."""

from django.contrib import admin
from django.http import Http404
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.roles import Role, has_role
from filings import renaming
from filings.admin_steps import Step, StepAdmin
from filings.forms.steps import ReasonForm
from filings.models import Renaming
from filings.reading import renaming_file_opened
from filings.serving import pdf


class RenamingStep(Step):
    read = ("unit", "old_name", "new_name", "renamed_on", "evidence")

    def concerns(self, user, obj):
        return has_role(user, Role.REVIEWER)

    def answer(self, user, obj):
        return renaming.may_answer(user, obj)


class NoteStep(RenamingStep):
    name = "note"
    label = _("Take note")
    done = _("The unit has its new name.")

    def consequence(self, obj):
        return _(
            "The credit code stays, so it is the same legal entity. From now on the unit has its "
            "new name wherever it is named; filings, certificates and letters keep the old one."
        )

    def run(self, obj, user, data):
        renaming.note_renaming(obj, user=user)


class ReturnStep(RenamingStep):
    name = "return"
    label = _("Return to be mended")
    tone = "secondary"
    form_class = ReasonForm
    done = _("The unit has been told what to mend.")

    def consequence(self, obj):
        return _("The unit keeps its name for now and reports the renaming anew.")

    def run(self, obj, user, data):
        renaming.return_renaming(obj, user=user, reason=data["reason"])


@admin.register(Renaming)
class RenamingAdmin(StepAdmin):
    steps = (NoteStep(), ReturnStep())
    list_display = ["old_name", "new_name", "renamed_on", "status", "reported_at", "decided_by"]
    list_filter = ["status"]
    list_select_related = ["decided_by"]
    search_fields = ["old_name", "new_name", "unit__uscc"]
    ordering = ["-reported_at", "-pk"]
    actions = None
    fields = [
        "unit", "old_name", "new_name", "renamed_on", "evidence", "status", "reported_by",
        "reported_at", "to_mend", "decided_by", "decided_at",
    ]  # fmt: skip
    readonly_fields = fields

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_file"
        view = self.admin_site.admin_view(require_safe(self.file_view))
        return [path("<int:pk>/file/", view, name=name), *super().get_urls()]

    @admin.display(description=_("document of renaming"))
    def evidence(self, obj):
        address = self.address("file", obj.pk)
        return format_html('<a href="{}">{}</a>', address, obj.original_name)

    def file_view(self, request, pk):
        """The registry's document, for officers alone, never run by a browser."""
        obj = self.get_object(request, str(pk))
        if obj is None or not self.has_view_permission(request):
            raise Http404
        renaming_file_opened(obj)
        return pdf(obj)
