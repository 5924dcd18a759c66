from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from filings.eligibility.text import Text, characters, decode, encode

DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("100 %(day)s %", "100 %(day)s %"),
        (36, "36"),
        (Decimal("11930.50"), "11,930.50"),
        (("a", "b"), "a, b"),
        ((), ""),
        ((Text("Research"), Text("Production")), "Research, Production"),
        (DAY, "March 1, 2026"),
    ],
)
def test_a_value_is_shown_as_the_language_writes_it(value, shown):
    with override("en"):
        assert str(Text("<%(value)s>", {"value": value})) == f"<{shown}>"


def test_a_date_is_written_the_chinese_way_to_a_chinese_reader():
    with override("zh-hans"):
        assert str(Text("%(day)s", {"day": DAY})) == "2026年3月1日"


@pytest.mark.parametrize(
    "value",
    ["text", 3, None, True, Decimal("1.50"), DAY, ("a", (DAY, None)), Text("x", {"a": (DAY,)})],
)
def test_a_value_comes_back_as_it_was(value):
    back = decode(encode(value))
    assert back == value
    assert type(back) is type(value)


def test_blanks_are_no_characters():
    assert characters(" 创新 联合体\u3000\n") == 5
