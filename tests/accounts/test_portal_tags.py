from datetime import date
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation


def shown(source, value, language):
    with translation.override(language):
        return Template("{% load portal %}" + source).render(Context({"value": value}))


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        (Decimal("186400"), "186,400.00"),
        (Decimal("1234567.5"), "1,234,567.50"),
        (Decimal("999.99"), "999.99"),
        (Decimal("-1200.01"), "-1,200.01"),
        (Decimal("999999999999.99"), "999,999,999,999.99"),
        (0, "0.00"),
    ],
)
def test_money_is_grouped_and_has_two_decimals_in_either_language(value, amount):
    assert shown("{{ value|money }}", value, "zh-hans") == f"{amount} 万元"
    assert shown("{{ value|money }}", value, "en") == f"{amount} × 10,000 CNY"


@pytest.mark.parametrize("value", [None, ""])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_money_that_was_not_given_is_a_dash_and_never_a_zero(value, language):
    assert shown("{{ value|money }}", value, language) == "—"


def test_a_date_is_written_the_way_of_the_language():
    day = date(2026, 3, 1)
    assert shown('{{ value|date:"DATE_FORMAT" }}', day, "zh-hans") == "2026年3月1日"
    assert shown('{{ value|date:"DATE_FORMAT" }}', day, "en") == "March 1, 2026"


def test_an_officer_is_named_by_its_roles_and_nobody_else(reviewer, stranger):
    source = "{{ value|role_names|join:', ' }}"
    assert shown(source, reviewer, "en") == "Reviewing officer"
    assert shown(source, stranger, "en") == ""
