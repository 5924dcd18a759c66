"""Filing numbers as documents write them and as people type them."""

import pytest
from django.db import transaction

from filings.numbering import read, take_next, written


@pytest.mark.parametrize(
    "text",
    [
        "宁创联备〔2026〕12号", "宁创联备[2026]12号", "宁创联备（2026）12号", "宁创联备(2026)12",
        "宁创联备【2026】12号", " 宁创联备 〔 ２０２６ 〕 １２ 号 ", "宁创联备〔2026〕012号",
    ],
)  # fmt: skip
def test_it_is_read_in_every_way_it_is_typed(text):
    assert read(text) == (2026, 12)


@pytest.mark.parametrize(
    "text", ["", "2026", "宁创联备", "宁创联备〔26〕1号", "苏创联备〔2026〕1号", "宁创联备〔2026〕号",
             "宁创联备〔2026〕1号之二", "宁创联备〔2026〕99999999号"],
)  # fmt: skip
def test_what_is_no_number_is_none(text):
    assert read(text) is None


@pytest.mark.parametrize("serial", [1, 9, 10, 1234567])
def test_what_is_written_is_read_back(serial):
    assert read(written(2026, serial)) == (2026, serial)
    assert written(2026, 1) == "宁创联备〔2026〕1号"


@pytest.mark.django_db
def test_each_year_counts_from_one_without_a_gap():
    with transaction.atomic():
        assert [take_next(2026), take_next(2026), take_next(2027)] == [1, 2, 1]
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        take_next(2026)
        raise ZeroDivisionError
    with transaction.atomic():
        assert take_next(2026) == 3
