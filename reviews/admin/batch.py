"""Moves of many filings from the list: a page that asks, then a page that reports."""

from functools import partial

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from filings.admin_steps import StepAdmin
from filings.models import Policy
from filings.states import Action
from reviews.decision_forms import BatchForm, BatchNoticeForm
from reviews.decisions import BATCH, MOST, Prospect, perform_each, prospects
from reviews.moves import batch_consequence, concerns

_LABELS = {
    Action.ACCEPT: gettext_lazy("Accept the selected filings for review"),
    Action.RECOMMEND: gettext_lazy("Recommend the selected filings"),
    Action.PUBLISH: gettext_lazy("Publish the selected filings in one notice"),
    Action.FILE: gettext_lazy("File the selected filings"),
}


class BatchPages(StepAdmin):
    """Adds to the list of filings what may be done with many at once, to each role its own."""

    def get_actions(self, request):
        found = super().get_actions(request)
        if IS_POPUP_VAR in request.GET:
            return found
        own = {
            f"batch_{action}": (partial(_ask, action), f"batch_{action}", _LABELS[action])
            for action in BATCH
            if concerns(request.user, action)
        }
        return {**found, **own}

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_batch"
        view = self.admin_site.admin_view(self.batch_view)
        return [
            *(
                path(f"batch/{action}/", view, {"action": action}, name=f"{name}_{action}")
                for action in BATCH
            ),
            *super().get_urls(),
        ]

    def batch_view(self, request, action):
        """What would go and what would not; once confirmed, what went and what did not."""
        if not concerns(request.user, action):
            raise Http404
        if request.method == "POST":
            versions = _versions(request.POST.getlist("row"))
            chosen = self._chosen(request, versions)
            form = self._form(action, request.POST)
            if versions and form.is_valid():
                given = form.cleaned_data
                results = perform_each(request.user, action, chosen, versions, **given)
                return self._report(request, action, results)
            error = "" if versions else _("Choose at least one filing.")
        else:
            chosen = self._chosen(request, _numbers(request.GET.get("ids", "").split(",")))
            form, error, versions = self._form(action), "", None
        rows = prospects(request.user, action, chosen)
        context = {
            "rows": [(row, _is_ticked(row, versions)) for row in rows],
            "able": sum(bool(row.answer) for row in rows),
            "form": form,
            "error": error,
            "consequence": batch_consequence(action),
            "label": action.label,
        }
        return self._page(request, action, "reviews/batch.html", context)

    def _chosen(self, request, keys):
        found = self.get_queryset(request).filter(pk__in=list(keys)[:MOST])
        return list(found.order_by("submitted_at", "pk"))

    def _form(self, action, data=None):
        days = Policy.objects.in_force(timezone.localdate()).public_notice_days
        with_notice = action == Action.PUBLISH and days
        return (BatchNoticeForm if with_notice else BatchForm)(data)

    def _report(self, request, action, results):
        context = {
            "went": [result for result in results if result.event],
            "stayed": [result for result in results if not result.event],
        }
        return self._page(request, action, "reviews/batch_report.html", context)

    def _page(self, request, action, template, context):
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _LABELS[action],
            "back": self.address("changelist"),
        }
        return TemplateResponse(request, template, context)


def _ask(action, modeladmin, request, queryset):
    """The list's button: on to the page that asks, with the first of what was selected."""
    keys = list(queryset.order_by("submitted_at", "pk").values_list("pk", flat=True)[: MOST + 1])
    if len(keys) > MOST:
        messages.warning(
            request,
            ngettext(
                "Only the first %(most)s filing is taken at once.",
                "Only the first %(most)s filings are taken at once; take the rest afterwards.",
                MOST,
            )
            % {"most": MOST},
        )
    ids = ",".join(map(str, keys[:MOST]))
    return HttpResponseRedirect(f"{modeladmin.address(f'batch_{action}')}?ids={ids}")


def _numbers(words) -> list[int]:
    return [int(word) for word in words if word.isascii() and word.isdecimal() and len(word) < 18]


def _versions(rows) -> dict[int, int]:
    """`pk:version` of each ticked row; what is neither is left out."""
    pairs = (_numbers(row.split(":")) for row in rows)
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


def _is_ticked(row: Prospect, versions) -> bool:
    """All that can go, until the person has chosen otherwise."""
    return bool(row.answer) and (versions is None or row.consortium.pk in versions)
