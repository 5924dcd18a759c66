"""Links from the pages of one thing to the filing it belongs to."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _


def to_filing(consortium):
    address = reverse("admin:filings_consortium_change", args=[consortium.pk])
    return format_html('<a href="{}">{}</a>', address, consortium.name)


class FilingLink:
    """Gives an admin of something with a `consortium` the column and field `filing`."""

    @admin.display(description=_("consortium"))
    def filing(self, obj):
        return to_filing(obj.consortium)
