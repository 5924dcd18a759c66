"""Whom the bureau may not ask: found under any spelling of a name."""

import pytest

from reviews.conflicts import conflict, parties
from tests.factories import code_of

BEHIND = parties(
    [("南京示例星火（集团）有限公司", code_of(1)), ("示例江东理工大学", code_of(2, "12320000"))],
    ["Contact@Example.com"],
    "丙样本",
)
FREE = {"name": "戊示例", "unit": "示例评审研究院", "uscc": "", "email": "e@example.com"}


def test_nothing_is_held_against_a_stranger():
    assert not conflict(**FREE, parties=BEHIND)
    assert not conflict(**FREE | {"uscc": code_of(3)}, parties=BEHIND)


@pytest.mark.parametrize(
    "change",
    [
        {"unit": "南京示例星火（集团）有限公司"},
        {"unit": " 南京示例星火(集团) 有限公司 "},
        {"unit": "示例江东理工大学"},
        {"uscc": code_of(2, "12320000")},
        {"email": "contact@example.com"},
        {"name": "丙 样本"},
    ],
)
def test_who_belongs_to_the_filing_is_found(change):
    assert conflict(**FREE | change, parties=BEHIND)


def test_no_chief_expert_is_nobody():
    nobody = parties([("甲", code_of(1))], [], "")
    assert not conflict(**FREE | {"name": ""}, parties=nobody)
