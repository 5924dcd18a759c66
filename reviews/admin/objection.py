from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, has_role
from filings.admin_steps import Step
from filings.models import Objection
from filings.reading import objection_file_opened
from reviews import services
from reviews.admin.evidence import EvidencePage
from reviews.admin.links import FilingLink
from reviews.decision_forms import AnswerForm
from reviews.filters import OpenObjectionFilter
from reviews.permissions import may_answer_objection


class AnswerStep(Step):
    name = "answer"
    label = _("Answer and close")
    form_class = AnswerForm
    read = ("consortium", "objector", "contact", "text", "evidence")
    done = _("The objection has been answered; the objector reads it by its code.")

    def concerns(self, user, obj):
        return has_role(user, Role.DECIDER)

    def answer(self, user, obj):
        return may_answer_objection(user, obj)

    def consequence(self, obj):
        return _(
            "The objection is closed with your answer, and the objector reads it by its code. If "
            "it is not upheld, the filing can be granted once no objection is open. If it is "
            "upheld, the filing can only be rejected; the lead unit may mend it and file it anew."
        )

    def run(self, obj, user, data):
        services.answer_objection(obj, user=user, **data)


@admin.register(Objection)
class ObjectionAdmin(FilingLink, EvidencePage):
    steps = (AnswerStep(),)
    opened = staticmethod(objection_file_opened)
    list_display = ["objector", "consortium", "received_at", "outcome", "closed_at", "closed_by"]
    list_filter = [OpenObjectionFilter, "outcome"]
    list_select_related = ["consortium", "closed_by"]
    search_fields = ["objector", "code", "consortium__name", "consortium__filing_number"]
    ordering = ["-received_at", "-pk"]
    actions = None
    fields = [
        "filing", "objector", "contact", "text", "evidence", "received_at", "code", "outcome",
        "answer", "closed_by", "closed_at",
    ]  # fmt: skip
    readonly_fields = fields
