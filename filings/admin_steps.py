"""Buttons on an object's page: each leads to a page that names the consequence, asks, and acts.

A step is thin: who it concerns, whether it is possible, and the function of the room that does it.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin.utils import display_for_value, label_for_field, unquote
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import RoleAdmin
from filings.forms.steps import StepForm
from filings.permissions import Answer
from filings.refusals import Refused


class Step:
    """One thing that an officer can do with an object."""

    name = ""
    label = ""
    # Empty for what usually comes next; "danger" for what ends something; "secondary", "quiet".
    tone = ""
    form_class = StepForm
    done = _("Done.")
    # What must be before the eyes while deciding: fields of the object, or columns of its admin,
    # shown above the form.
    read = ()
    # A part of the page between those and the form.
    template = ""
    # Fields that a link to the step may fill in beforehand.
    prefilled = ()
    # Whether a press of the button on the object's page does it, without a page that asks.
    at_once = False

    def concerns(self, user, obj) -> bool:
        """Whether the step is ever one for this person; for others it does not exist."""
        raise NotImplementedError

    def shown(self, user, obj) -> bool:
        """Whether the object's page offers it, possible or not."""
        return self.concerns(user, obj)

    def answer(self, user, obj) -> Answer:
        """Whether it is possible now, and if not, why."""
        raise NotImplementedError

    def consequence(self, obj) -> str:
        raise NotImplementedError

    def caution(self, user, obj) -> str:
        """What does not forbid the step, but must be known before it is taken."""
        return ""

    def context(self, obj) -> dict:
        """What `template` shows."""
        return {}

    def run(self, obj, user, data: dict) -> None:
        """Do it, or raise Refused; it asks permission itself, since things may have moved on.

        ValidationError is for what only its doing can find wrong with a field, like a file.
        """
        raise NotImplementedError

    def after(self, user, obj) -> str:
        """Where it leads to when it is done; empty for the object's page."""
        return ""


@dataclass(frozen=True, slots=True)
class Button:
    """A step as the page shows it: a link, or the reason why it is none."""

    step: Step
    url: str
    answer: Answer


class StepAdmin(RoleAdmin):
    """An admin whose objects are changed by steps alone."""

    steps: tuple[Step, ...] = ()
    change_form_template = "workbench/object.html"

    def get_urls(self):
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            *(
                path(
                    f"<int:pk>/{step.name}/",
                    self.admin_site.admin_view(self.step_view),
                    {"step": step},
                    name=f"{prefix}_{step.name}",
                )
                for step in self.steps
            ),
            *super().get_urls(),
        ]

    def address(self, name: str, *args) -> str:
        return reverse(
            f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args
        )

    def buttons(self, user, obj) -> list[Button]:
        return [
            Button(step, self.address(step.name, obj.pk), step.answer(user, obj))
            for step in self.steps
            if step.shown(user, obj)
        ]

    def details(self, obj) -> dict:
        """What the object's page shows besides its fields."""
        return {}

    def change_view(self, request, object_id, form_url="", extra_context=None):
        obj = self.get_object(request, unquote(object_id))
        context = {}
        if obj:
            context = {"buttons": self.buttons(request.user, obj)} | self.details(obj)
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def step_view(self, request, pk, step):
        obj = self.get_object(request, str(pk))
        if obj is None or not step.concerns(request.user, obj):
            raise Http404
        posted = request.method == "POST"
        given = {name: request.GET[name] for name in step.prefilled if name in request.GET}
        sent = (request.POST, request.FILES) if posted else ()
        form = step.form_class(*sent, subject=obj, initial=given)
        refusal = ""
        if not posted:
            answer = step.answer(request.user, obj)
            refusal = "" if answer else answer.reason
        elif form.is_valid():
            try:
                step.run(obj, request.user, form.cleaned_data)
            except Refused as refused:
                refusal = refused.message
            except ValidationError as unfit:
                form.add_error(None, unfit)
            else:
                messages.success(request, step.done)
                after = step.after(request.user, obj)
                return HttpResponseRedirect(after or self.address("change", pk))
        # A refusal after the form was sent keeps the form, with what was typed in it.
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": step.label,
            "object": obj,
            "step": step,
            "form": form if posted or not refusal else None,
            "refusal": refusal,
            "consequence": step.consequence(obj),
            "caution": step.caution(request.user, obj),
            "readings": [self._reading(obj, name) for name in step.read],
            "back": self.address("change", pk),
            **step.context(obj),
        }
        return TemplateResponse(request, "workbench/step.html", context)

    def _reading(self, obj, name: str) -> tuple[str, str]:
        shown = getattr(self, name, None)
        value = shown(obj) if shown else getattr(obj, name)
        return label_for_field(name, self.model, self), display_for_value(value, "–")
