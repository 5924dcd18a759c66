"""Names that mean one unit, texts that mean one piece of work, and those that do not."""

import pytest

from reviews.likeness import core, name_keys, names_alike, text_keys, texts_alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("南京示例星火智能装备有限公司", "江苏省南京市示例星火智能装备股份有限公司"),
        ("示例星火智能装备（集团）有限公司", "示例星火智能装备(集团)有限责任公司"),
        ("南京示例星火智能装备有限公司", "南京示例星火智能设备有限公司"),
        ("Example Robotics Co., Ltd.", "ＥＸＡＭＰＬＥ ROBOTICS CO LTD"),
    ],
)
def test_names_of_one_unit_are_found_and_judged_alike(one, other):
    assert name_keys(one) & name_keys(other)
    assert names_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("南京示例第1装备有限公司", "南京示例第2装备有限公司"),
        ("示例第一医院", "示例第二医院"),
        ("南京示例星火智能装备有限公司", "南京示例星火生物医药有限公司"),
        ("云帆软件", "远航软件"),
    ],
)
def test_other_units_stay_apart(one, other):
    assert not names_alike(one, other)


@pytest.mark.parametrize("name", ["南京", "有限公司", "南京集团", "中国"])
def test_a_name_of_places_and_forms_alone_keeps_something(name):
    assert core(name)


def test_a_milestone_in_nearly_the_same_words_is_found():
    one, other = "完成谐波减速器样机试制并通过验收", "完成谐波减速器样机试制，并通过专家验收"
    assert text_keys(one) & text_keys(other)
    assert texts_alike(one, other)
    assert not texts_alike(one, "完成谐波减速器生产线建设及批量供货")


def test_what_everybody_says_is_no_trace():
    assert text_keys("完成样机") == set()
