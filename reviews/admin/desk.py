"""Claiming, releasing and assigning a filing as steps, and assigning many on one page."""

import re

from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from accounts.roles import ASSIGNERS, CASE_OFFICERS, has_role
from filings.admin_steps import Step
from filings.holding import FREE
from filings.models import Consortium
from reviews import batch, sharing
from reviews.admin.queue import QueueList
from reviews.forms import AssignForm, AssignManyForm
from reviews.permissions import may_assign, may_claim, may_release


class ClaimStep(Step):
    name = "claim"
    label = _("Claim")
    at_once = True
    done = _("You have this filing now; your colleagues see it.")

    def concerns(self, user, obj: Consortium) -> bool:
        return has_role(user, *CASE_OFFICERS)

    def shown(self, user, obj: Consortium) -> bool:
        return sharing.holder_of(obj) is None and bool(may_claim(user, obj))

    def answer(self, user, obj: Consortium):
        return may_claim(user, obj)

    def consequence(self, obj: Consortium) -> str:
        return _("The queue shows your colleagues that you are at it. You can release it any time.")

    def run(self, obj: Consortium, user, data: dict) -> None:
        sharing.claim(obj.pk, user=user)


class ReleaseStep(Step):
    name = "release"
    label = _("Release")
    at_once = True
    done = _("The filing is free again.")

    def concerns(self, user, obj: Consortium) -> bool:
        return has_role(user, *CASE_OFFICERS, *ASSIGNERS)

    def shown(self, user, obj: Consortium) -> bool:
        holder = sharing.holder_of(obj)
        return holder is not None and bool(may_release(user, holder))

    def answer(self, user, obj: Consortium):
        holder = sharing.holder_of(obj)
        return may_release(user, holder) if holder else FREE

    def consequence(self, obj: Consortium) -> str:
        return _("Nobody has the filing then; every officer of its role sees it in the queue.")

    def run(self, obj: Consortium, user, data: dict) -> None:
        sharing.release(obj.pk, user=user)


class AssignStep(Step):
    name = "assign"
    label = _("Assign to an officer")
    form_class = AssignForm
    done = _("Assigned: the officer has been told.")

    def concerns(self, user, obj: Consortium) -> bool:
        return has_role(user, *ASSIGNERS)

    def shown(self, user, obj: Consortium) -> bool:
        return bool(may_assign(user, obj))

    def answer(self, user, obj: Consortium):
        return may_assign(user, obj)

    def consequence(self, obj: Consortium) -> str:
        holder = sharing.holder_of(obj)
        if holder is None:
            return _(
                "Nobody has it yet. The least busy officer is suggested; choose as you see fit."
            )
        return _("%(who)s has it now and would no longer.") % {"who": holder.officer}

    def run(self, obj: Consortium, user, data: dict) -> None:
        sharing.assign(obj.pk, user=user, **data)


DESK_STEPS = (ClaimStep(), ReleaseStep(), AssignStep())


class AssignPages(QueueList):
    """Adds the page on which several filings are given to one officer."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_assign_many"
        view = self.admin_site.admin_view(self.assign_many)
        return [path("assign/", view, name=name), *super().get_urls()]

    def assign_many(self, request):
        if not self.has_assign_permission(request):
            raise Http404
        keys = [int(key) for key in re.findall(r"\b\d{1,18}\b", request.GET.get("ids", ""))]
        chosen = self.get_queryset(request).filter(pk__in=keys[: batch.MOST]).order_by("pk")
        form = AssignManyForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            officer = form.cleaned_data["officer"]
            self.run_batch(
                request,
                chosen,
                lambda pk: sharing.assign(pk, user=request.user, officer=officer),
            )
            return HttpResponseRedirect(self.address("changelist") + "?queue=all")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Assign to an officer"),
            "chosen": [(consortium, sharing.holder_of(consortium)) for consortium in chosen],
            "form": form,
            "back": self.address("changelist"),
        }
        return TemplateResponse(request, "reviews/assign.html", context)
