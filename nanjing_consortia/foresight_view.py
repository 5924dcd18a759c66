"""The workbench's page for looking ahead: choose a day, read who will be told what, and why."""

from datetime import timedelta
from itertools import islice

from django import forms
from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.forms.fields import DayField
from nanjing_consortia.foresight import expected_on

# A call to all consortia may tell thousands: nobody reads them all to know that they are told.
MOST = 1000
PER_PAGE = 50
FARTHEST = timedelta(days=366)


class DayForm(forms.Form):
    day = DayField(label=_("Day"))

    def clean_day(self):
        day, today = self.cleaned_data["day"], timezone.localdate()
        if not today <= day <= today + FARTHEST:
            raise forms.ValidationError(_("Choose a day from today on, within a year."))
        return day


def messages_to_come(request, each_context):
    today = timezone.localdate()
    form = DayForm(request.GET if "day" in request.GET else {"day": today + timedelta(days=1)})
    day = form.cleaned_data["day"] if form.is_valid() else None
    found = list(islice(expected_on(day, today), MOST + 1)) if day else []
    context = {
        **each_context,
        "title": _("Messages to come"),
        "form": form,
        "day": day,
        "page_obj": Paginator(found[:MOST], PER_PAGE).get_page(request.GET.get("page")),
        "more": MOST if len(found) > MOST else 0,
        "query": f"day={day.isoformat()}" if day else "",
    }
    return TemplateResponse(request, "admin/messages_to_come.html", context)
