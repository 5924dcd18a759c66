from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from accounts.roles import LABELS, roles_of

register = template.Library()


@register.filter
def money(value: Decimal | None) -> str:
    """An amount in 10k CNY (万元), grouped, two decimals; a dash where none was given."""
    if value is None or value == "":
        return "—"
    return _("%(amount)s × 10,000 CNY") % {"amount": amount(value)}


@register.filter
def amount(value: Decimal | None) -> str:
    """The same without its measure, for a table that says it once."""
    if value is None or value == "":
        return "—"
    # Grouped by hand: Django's Chinese formats have no thousands separator.
    return f"{Decimal(value):,.2f}"


@register.filter
def role_names(user) -> list[str]:
    """What an officer is in the bureau, in words; nothing for everybody else."""
    roles = roles_of(user)
    return [str(label) for role, label in LABELS.items() if role in roles]
