from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def money(value: Decimal | None) -> str:
    """An amount in 10k CNY (万元), grouped, two decimals; a dash where none was given."""
    if value is None or value == "":
        return "—"
    amount = number_format(value, 2, use_l10n=True, force_grouping=True)
    return _("%(amount)s × 10,000 CNY") % {"amount": amount}
