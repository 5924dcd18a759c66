"""Applications to the province (clause 2): reported ones are checked, others recorded here."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, has_role
from filings import provincial
from filings.admin_steps import Step, StepAdmin
from filings.models import Consortium, ProvincialApplication
from filings.permissions import may_report_provincial
from reviews.admin.links import FilingLink
from reviews.permissions import may_check_application
from reviews.provincial_forms import SAID, OutcomeForm, RecordForm, RefuseForm

RECORDERS = (Role.REVIEWER, Role.DECIDER)
READ = ("filing", "year", "outcome", "decided_on", "title", "number", "evidence")


def said(data: dict) -> dict:
    return {name: data[name] for name in SAID}


class RecordStep(Step):
    """On the page of a filed consortium."""

    name = "provincial"
    label = _("Record a provincial application")
    tone = "quiet"
    form_class = RecordForm
    done = _("Recorded and counted; the lead unit has been told.")

    def concerns(self, user, obj: Consortium) -> bool:
        return has_role(user, *RECORDERS)

    def shown(self, user, obj: Consortium) -> bool:
        return bool(self.answer(user, obj))

    def answer(self, user, obj: Consortium):
        return may_report_provincial(user, obj)

    def consequence(self, obj: Consortium) -> str:
        return _(
            "One entry per application and year. It counts at once, and the public register names "
            "what was granted; what it said before stays in the history."
        )

    def run(self, obj: Consortium, user, data: dict) -> None:
        provincial.report(obj, user=user, said=said(data), upload=data["upload"] or None)


class OutcomeStep(Step):
    name = "outcome"
    label = _("Record the outcome, or correct it")
    tone = "secondary"
    form_class = OutcomeForm
    done = RecordStep.done

    def concerns(self, user, obj):
        return has_role(user, *RECORDERS)

    def answer(self, user, obj):
        return may_report_provincial(user, obj.consortium)

    def consequence(self, obj):
        return _("It counts at once as confirmed; what it said before stays in the history.")

    def run(self, obj, user, data):
        provincial.report(
            obj.consortium,
            user=user,
            said=said(data),
            upload=data["upload"] or None,
            application=obj,
        )


class ConfirmStep(Step):
    name = "confirm"
    label = _("Confirm")
    read = READ
    done = _("Confirmed: it counts, and the lead unit has been told.")

    def concerns(self, user, obj):
        return has_role(user, *RECORDERS)

    def shown(self, user, obj):
        return bool(self.answer(user, obj))

    def answer(self, user, obj):
        return may_check_application(user, obj)

    def consequence(self, obj):
        return _(
            "You state that it is as the province's document says. It is counted, and the public "
            "register names what was granted."
        )

    def run(self, obj, user, data):
        provincial.check(obj, user=user, confirmed=True)


class RefuseStep(ConfirmStep):
    name = "refuse"
    label = _("Do not confirm")
    tone = "danger"
    form_class = RefuseForm
    done = _("Not confirmed: the lead unit has been told why.")

    def consequence(self, obj):
        return _("It is not counted. The lead unit may report again with the right evidence.")

    def run(self, obj, user, data):
        provincial.check(obj, user=user, confirmed=False, reason=data["reason"])


@admin.register(ProvincialApplication)
class ProvincialApplicationAdmin(FilingLink, StepAdmin):
    steps = (ConfirmStep(), RefuseStep(), OutcomeStep())
    list_display = ["year", "consortium", "outcome", "decided_on", "title", "standing"]
    list_filter = ["standing", "outcome", "year"]
    list_select_related = ["consortium"]
    search_fields = ["consortium__name", "consortium__filing_number", "title", "number"]
    actions = None
    fields = [
        *READ, "standing", "answer", "reported_by", "reported_at", "checked_by", "checked_at",
    ]  # fmt: skip
    readonly_fields = fields

    @admin.display(description=_("evidence"))
    def evidence(self, obj):
        if obj.document is None:
            return "–"
        address = reverse("filings:document_view", args=[obj.consortium_id, obj.document_id])
        return format_html('<a href="{}">{}</a>', address, obj.document)
