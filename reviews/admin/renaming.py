"""Renamings of units: the registry's document is read, the bureau takes note."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, has_role
from filings import renaming
from filings.admin_steps import Step
from filings.forms.steps import ReasonForm
from filings.models import Renaming
from filings.reading import renaming_file_opened
from reviews.admin.evidence import EvidencePage


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
class RenamingAdmin(EvidencePage):
    steps = (NoteStep(), ReturnStep())
    opened = staticmethod(renaming_file_opened)
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

    @admin.display(description=_("document of renaming"))
    def evidence(self, obj):
        return super().evidence(obj)
