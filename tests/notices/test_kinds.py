"""The table of kinds: complete, and each in one group."""

from pathlib import Path

import pytest
from django.conf import settings

from notices.kinds import (
    KINDS,
    OTHERS,
    OUTSIDE,
    Group,
    has_urgent,
    kind_of,
    names_of,
)

TEMPLATES = {path.stem for path in Path(settings.BASE_DIR / "templates" / "mail").glob("*.txt")}


def test_every_row_has_its_template():
    assert set(KINDS) | OUTSIDE <= TEMPLATES, "a row of notices/kinds.py has no template"


def test_a_kind_of_tomorrow_is_told_by_e_mail_and_can_be_chosen():
    kind = kind_of("a_kind_of_tomorrow")
    assert kind == OTHERS
    assert not kind.group.fixed
    assert not kind.urgent


@pytest.mark.parametrize("name", sorted(TEMPLATES - OUTSIDE))
def test_every_template_belongs_to_a_group_of_the_preferences(name):
    assert kind_of(name).group in Group


def test_decisions_alone_are_fixed():
    assert [group for group in Group if group.fixed] == [Group.DECISIONS]


def test_the_groups_share_out_the_kinds():
    assert sorted(name for group in Group for name in names_of(group)) == sorted(KINDS)
    assert {group for group in Group if has_urgent(group)} == {Group.DECISIONS, Group.DEADLINES}
