from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
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
def labelled(cells: list[SafeString], headers: list[dict]) -> list[SafeString]:
    """The cells of a row in a list of the admin, each with the name of its column: where a row is
    a card, no head stands above it. The box that chooses a row and its name itself need none."""
    return [
        format_html('<td data-label="{}"', capfirst(header["text"]))
        + SafeString(cell[len("<td") :])
        if cell.startswith('<td class="field-')
        else cell
        for cell, header in zip(cells, headers, strict=False)
    ]


@register.filter
def role_names(user) -> list[str]:
    """What an officer is in the bureau, in words; nothing for everybody else."""
    roles = roles_of(user)
    return [str(label) for role, label in LABELS.items() if role in roles]
