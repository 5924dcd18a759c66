from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, has_role
from filings.models import Objection
from reviews import services
from reviews.admin.links import FilingLink
from reviews.admin.steps import Step, StepAdmin
from reviews.filters import OpenObjectionFilter
from reviews.forms import AnswerForm
from reviews.permissions import may_answer_objection


class AnswerStep(Step):
    name = "answer"
    label = _("Answer and close")
    form_class = AnswerForm
    read = ("consortium", "objector", "contact", "text")
    done = _("The objection has been answered.")

    def concerns(self, user, obj):
        return has_role(user, Role.DECIDER)

    def answer(self, user, obj):
        return may_answer_objection(user, obj)

    def consequence(self, obj):
        return _(
            "The objection is closed with your answer. Tell the objector by the contact above; "
            "the filing can be decided once no objection is open."
        )

    def run(self, obj, user, data):
        services.answer_objection(obj, user=user, text=data["text"])


@admin.register(Objection)
class ObjectionAdmin(FilingLink, StepAdmin):
    steps = (AnswerStep(),)
    list_display = ["objector", "consortium", "received_at", "closed_at", "closed_by"]
    list_filter = [OpenObjectionFilter]
    list_select_related = ["consortium", "closed_by"]
    search_fields = ["objector", "consortium__name", "consortium__filing_number"]
    ordering = ["-received_at", "-pk"]
    actions = None
    fields = [
        "filing", "objector", "contact", "text", "received_at", "answer", "closed_by", "closed_at",
    ]  # fmt: skip
    readonly_fields = fields
